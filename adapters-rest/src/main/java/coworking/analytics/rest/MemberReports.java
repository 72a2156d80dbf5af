package coworking.analytics.rest;

import static coworking.analytics.rest.Table.Field.field;

import coworking.analytics.application.port.in.SpaceAnalytics;
import coworking.analytics.application.port.in.SpaceAnalytics.About;
import coworking.analytics.application.port.in.SpaceAnalytics.DormancyQuestion;
import coworking.analytics.application.port.in.SpaceAnalytics.Page;
import coworking.analytics.application.port.in.SpaceAnalytics.VisitsQuestion;
import coworking.analytics.application.port.in.SpaceAnalytics.VisitsQuestion.Order;
import coworking.analytics.domain.Dormancy;
import coworking.analytics.domain.Member;
import coworking.analytics.domain.MemberVisits;
import coworking.analytics.domain.MetricDefinition;
import coworking.analytics.domain.Name;
import coworking.analytics.domain.Visit;
import coworking.analytics.rest.Inquiry.Outcome;
import coworking.analytics.rest.Inquiry.Sink;
import coworking.analytics.rest.Parameters.Paged;
import coworking.analytics.rest.Table.Field;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Reports with a row for each user or visit: what each takes, and what a row of it is. They have pages, and can be had as a whole. */
final class MemberReports {

    private static final Parameter<Boolean> COUNTS_USED = Parameter.choice("count", false, Words.of("issued", false, "used", true));
    private static final Pattern TRUTH = Pattern.compile("true|false");
    private static final Parameter<Optional<Boolean>> ACTIVE = Parameter.optional("active", "true, false",
            text -> Optional.of(text).filter(TRUTH.asMatchPredicate()).map(Boolean::valueOf), active -> active);
    private static final Parameter<Long> LEAST_VISITS = Parameter.number("min_visits", 1, 1, Long.MAX_VALUE);
    private static final Parameter<Order> SORT = Parameter.choice("sort", Order.MOST_VISITS, orders());

    private static final Pattern DECIMAL = Pattern.compile("\\d{1,3}(\\.\\d{1,9})?");
    private static final double GREATEST_FACTOR = 100;
    private static final Parameter<Double> FACTOR = new Parameter<>("factor", "a number greater than 0, at most 100, as in 1.5", 2.0,
            MemberReports::factor, factor -> factor);
    private static final Parameter<Long> LEAST_DAYS = Parameter.number("min_visits", 3, 2, 1_000);

    private static final Pattern ID = Pattern.compile("0|-?[1-9]\\d{0,18}");

    private final SpaceAnalytics analytics;
    private final Supplier<LocalDateTime> clock;

    MemberReports(SpaceAnalytics analytics, Supplier<LocalDateTime> clock) {
        this.analytics = analytics;
        this.clock = clock;
    }

    private static Map<String, Order> orders() {
        var orders = new LinkedHashMap<String, Order>();
        orders.put("-visits", Order.MOST_VISITS);
        orders.put("visits", Order.FEWEST_VISITS);
        orders.put("id", Order.ID);
        return orders;
    }

    private static Optional<Double> factor(String text) {
        return Optional.of(text).filter(DECIMAL.asMatchPredicate()).map(Double::valueOf)
                .filter(factor -> factor > 0 && factor <= GREATEST_FACTOR);
    }

    Inquiry<?> userVisits(Reading reading) {
        var asked = Parameters.asked(reading, clock.get());
        var countsUsed = reading.get(COUNTS_USED);
        var active = reading.get(ACTIVE);
        var least = reading.get(LEAST_VISITS);
        var order = reading.get(SORT);
        var paged = Paged.of(reading);
        var question = new VisitsQuestion(countsUsed, active, least, order, paged.wantsNames());
        return inquiry(userVisits(question), MetricDefinition.USER_VISITS, new Definitions()
                .of("visits", MetricDefinition.USER_VISITS).of("issued", MetricDefinition.ISSUED_TOKENS)
                .of("used", MetricDefinition.USED_TOKENS), paged,
                () -> outcome(analytics.userVisits(asked, question, paged.paging())),
                sink -> analytics.userVisits(asked, question, new Rows<>(sink)));
    }

    private static Table<MemberVisits> userVisits(VisitsQuestion question) {
        return Table.<MemberVisits>of(
                field("user_id", row -> row.member().userId()),
                field("visits", question.countsUsed() ? MemberVisits::used : MemberVisits::issued),
                field("issued", MemberVisits::issued), field("used", MemberVisits::used))
                .and(known(MemberVisits::member)).and(names(MemberVisits::member, question.withNames()));
    }

    Inquiry<?> dormant(Reading reading) {
        var asked = Parameters.asked(reading, clock.get());
        var factor = reading.get(FACTOR);
        var least = reading.get(LEAST_DAYS);
        var paged = Paged.of(reading);
        var question = new DormancyQuestion(factor, least.intValue(), paged.wantsNames());
        return inquiry(dormant(question), MetricDefinition.DORMANT_MEMBERS, new Definitions()
                .of("median_gap_days", MetricDefinition.MEDIAN_GAP).of("absent_days", MetricDefinition.DORMANT_MEMBERS), paged,
                () -> outcome(analytics.dormant(asked, question, paged.paging())),
                sink -> analytics.dormant(asked, question, new Rows<>(sink)));
    }

    private static Table<Dormancy> dormant(DormancyQuestion question) {
        return Table.<Dormancy>of(
                field("user_id", row -> row.member().userId()), field("visit_days", Dormancy::visitDays),
                field("last_visit", Dormancy::lastVisit), field("median_gap_days", Dormancy::medianGapDays),
                field("absent_days", Dormancy::absentDays))
                .and(known(Dormancy::member)).and(names(Dormancy::member, question.withNames()));
    }

    Inquiry<?> visitsOf(String id, Reading reading) {
        var asked = Parameters.asked(reading, clock.get());
        var paged = Paged.of(reading);
        var table = Table.<Visit>of(
                field("token_id", Visit::tokenId), field("created_at", Visit::countsAt), field("used_at", Visit::usedAt));
        return inquiry(table, MetricDefinition.USED_TOKENS, new Definitions().of("token_id", MetricDefinition.USED_TOKENS), paged, () -> {
            var answer = analytics.visitsOf(userId(id), asked, paged.wantsNames(), paged.paging()).orElseThrow(MemberReports::unknown);
            var user = user(answer.data().member(), paged.wantsNames());
            return outcome(answer.data().visits(), answer.about(), Map.of("user", user));
        }, sink -> {
            if (!analytics.visitsOf(userId(id), asked, new Rows<>(sink))) {
                throw unknown();
            }
        });
    }

    /** What is no number is nobody's id, like a number that is nobody's. */
    private static long userId(String id) {
        try {
            return Optional.of(id).filter(ID.asMatchPredicate()).map(Long::valueOf).orElseThrow(MemberReports::unknown);
        } catch (NumberFormatException tooLong) {
            throw unknown();
        }
    }

    private static Refusal unknown() {
        return new Refusal(Problem.unknownUser());
    }

    private static Map<String, Object> user(Member member, boolean withName) {
        var fields = Table.<Member>of(field("user_id", Member::userId)).and(known(Function.identity()))
                .and(names(Function.identity(), withName)).fields();
        var user = new LinkedHashMap<String, Object>();
        fields.forEach(field -> user.put(field.name(), field.value().apply(member)));
        return user;
    }

    private static <R> List<Field<R>> known(Function<R, Member> member) {
        return List.of(field("joined_at", row -> member.apply(row).joinedAt()), field("active", row -> member.apply(row).isActive()));
    }

    private static <R> List<Field<R>> names(Function<R, Member> member, boolean areWanted) {
        return !areWanted
                ? List.of()
                : List.of(field("first_name", row -> member.apply(row).name().map(Name::first)),
                        field("last_name", row -> member.apply(row).name().map(Name::last)));
    }

    private static <R> Inquiry<R> inquiry(
            Table<R> table,
            MetricDefinition definition,
            Definitions definitions,
            Paged paged,
            Supplier<Outcome<R>> page,
            Consumer<Sink<R>> everything) {
        return new Inquiry<>(table, definition, definitions, paged.wantsNames(), page,
                paged.isOnePage() ? Optional.empty() : Optional.of(everything));
    }

    private static <R> Outcome<R> outcome(SpaceAnalytics.Answer<Page<R>> answer) {
        return outcome(answer.data(), answer.about(), Map.of());
    }

    private static <R> Outcome<R> outcome(Page<R> page, About about, Map<String, Object> more) {
        var further = new LinkedHashMap<String, Object>();
        further.put("total_count", page.total());
        further.putAll(more);
        return new Outcome<>(page.rows(), about, further, page.next());
    }

    /** All rows, on their way out of the hexagon. */
    private record Rows<R>(Sink<R> sink) implements SpaceAnalytics.Export<R> {

        @Override
        public void begin(About about) {
            sink.begin(about, Optional.empty());
        }

        @Override
        public void row(R row) {
            sink.row(row);
        }
    }
}
