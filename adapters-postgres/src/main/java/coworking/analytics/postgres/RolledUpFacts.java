package coworking.analytics.postgres;

import static coworking.analytics.postgres.RolledUpLedger.LATEST_WIPE;

import coworking.analytics.application.port.out.Facts;
import coworking.analytics.application.port.out.Version;
import coworking.analytics.domain.CohortTally;
import coworking.analytics.domain.DayStart;
import coworking.analytics.domain.Days;
import coworking.analytics.domain.Finding;
import coworking.analytics.domain.HourTally;
import coworking.analytics.domain.Interval;
import coworking.analytics.domain.JoinTally;
import coworking.analytics.domain.Member;
import coworking.analytics.domain.MemberVisits;
import coworking.analytics.domain.TimeSpan;
import coworking.analytics.domain.Usage;
import coworking.analytics.domain.Visit;
import coworking.analytics.domain.VisitDays;
import coworking.analytics.postgres.Conversation.Question;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What the roll-ups say together with the journal, each time in one statement; where only a look at the tokens can tell, what the tables
 * say, which is of the same snapshot.
 */
final class RolledUpFacts implements Facts {

    private static final List<String> NO_VALUES = List.of();

    /** Sums by a moment that all their tokens have in common: the beginning of their day. */
    private static final String DAYS = """
            SELECT at, sum(issued) AS issued, sum(used) AS used
            FROM (
                SELECT day::timestamp AS at, issued, used FROM coworking_analytics.by_day WHERE %1$s IS NULL
                UNION ALL
                SELECT day::timestamp, issued, used FROM coworking_analytics.journal WHERE day IS NOT NULL AND id > coalesce(%1$s, 0)
            ) AS counted
            GROUP BY at
            HAVING sum(issued) <> 0""".formatted(LATEST_WIPE);

    /** The same for that of their hour, of days that fulfil a condition which is asked twice. */
    private static final String HOURS = """
            SELECT day + hour * INTERVAL '1 hour' AS at, sum(issued) AS issued, sum(used) AS used
            FROM (
                SELECT day, hour, issued, used FROM coworking_analytics.by_hour WHERE %1$s IS NULL AND %2$s
                UNION ALL
                SELECT day, hour, issued, used FROM coworking_analytics.journal
                WHERE day IS NOT NULL AND id > coalesce(%1$s, 0) AND %2$s
            ) AS counted
            GROUP BY day, hour
            HAVING sum(issued) <> 0""";

    private static final String USERS = """
            SELECT user_id, sum(issued)::bigint AS issued, sum(used)::bigint AS used
            FROM (
                SELECT user_id, issued, used FROM coworking_analytics.by_user WHERE %1$s IS NULL
                UNION ALL
                SELECT user_id, issued, used FROM coworking_analytics.journal WHERE user_id IS NOT NULL AND id > coalesce(%1$s, 0)
                %2$s
            ) AS counted
            GROUP BY user_id
            HAVING sum(issued) <> 0""";

    private static final String WITHOUT_NEWER = """
            UNION ALL
            SELECT user_id, -1, CASE WHEN used_at IS NULL THEN 0 ELSE -1 END FROM tokens WHERE id > ?::bigint""";

    private static final String EVERYBODY = USERS.formatted(LATEST_WIPE, "");

    private final Conversation conversation;
    private final PlainFacts tables;
    private boolean isScanned;

    RolledUpFacts(Conversation conversation) {
        this.conversation = conversation;
        tables = new PlainFacts(conversation);
    }

    @Override
    public Source source() {
        return isScanned ? Source.SCAN : Source.ROLLUP;
    }

    private PlainFacts scan() {
        isScanned = true;
        return tables;
    }

    @Override
    public Optional<Version> version() {
        return conversation.all(new Question("version", RolledUpLedger.VERSION, NO_VALUES),
                row -> new Version(row.getString(1), row.getLong(2))).stream().findFirst();
    }

    /** Where days begin in the middle of an hour, only the tokens of the first and the last hour can tell what day that is. */
    @Override
    public Optional<Days> extent(DayStart dayStart) {
        var ends = ends(dayStart.equals(DayStart.MIDNIGHT) ? DAYS : HOURS.formatted(LATEST_WIPE, "true"));
        return ends.map(hours -> new Days(
                isCut(hours.from(), dayStart) ? within(hours.from(), dayStart).first() : dayStart.dayOf(hours.from()),
                isCut(hours.to(), dayStart) ? within(hours.to(), dayStart).last() : dayStart.dayOf(hours.to())));
    }

    private Optional<TimeSpan> ends(String sums) {
        var moment = Moments.finite("at");
        return conversation.one(new Question("extent", "SELECT %s, %s FROM (%s) AS sums".formatted(
                Moments.micros("min(" + moment + ")"), Moments.micros("max(" + moment + ")"), sums), NO_VALUES), row -> {
                    var last = Moments.moment(row, 2);
                    return Moments.moment(row, 1).flatMap(first -> last.map(end -> new TimeSpan(first, end)));
                });
    }

    private static boolean isCut(LocalDateTime hour, DayStart dayStart) {
        return !isWhole(dayStart) && hour.getHour() == dayStart.at().getHour();
    }

    private static boolean isWhole(DayStart dayStart) {
        return dayStart.at().getMinute() == 0;
    }

    private Days within(LocalDateTime moment, DayStart dayStart) {
        var hour = moment.truncatedTo(ChronoUnit.HOURS);
        return scan().extent(dayStart, new TimeSpan(hour, hour.plusHours(1))).orElseThrow();
    }

    @Override
    public List<HourTally> hourTallies(DayStart dayStart, Days days) {
        if (!isWhole(dayStart)) {
            return scan().hourTallies(dayStart, days);
        }
        var hours = hours(dayStart.spanOf(days));
        return conversation.all(new Question("hour tallies", """
            SELECT %s, %s, sum(issued)::bigint, sum(used)::bigint
            FROM (%s) AS hours
            GROUP BY 1, 2
            ORDER BY 1, 2""".formatted(Moments.day(Moments.finite("at"), dayStart), Moments.hour(Moments.finite("at")), hours.sql()),
                hours.values()), PlainFacts::hour);
    }

    /** The sums of the hours that begin within a span. */
    private static Subquery hours(TimeSpan span) {
        var days = Within.span("day", new TimeSpan(span.from().truncatedTo(ChronoUnit.DAYS), span.to()));
        var hours = Within.span("at", span);
        return new Subquery("SELECT at, issued, used FROM (%s) AS hours WHERE %s".formatted(
                HOURS.formatted(LATEST_WIPE, days.condition()), hours.condition()),
                Stream.of(days.values(), days.values(), hours.values()).flatMap(List::stream).toList());
    }

    /** Whole hours out of the roll-up, and what is left at both ends out of the tokens. */
    @Override
    public Usage usage(TimeSpan asked) {
        var span = Moments.known(asked);
        var first = nextHour(span.from());
        var last = span.to().truncatedTo(ChronoUnit.HOURS);
        if (!first.isBefore(last)) {
            return scan().usage(span);
        }
        return part(new TimeSpan(span.from(), first)).plus(wholeHours(new TimeSpan(first, last))).plus(part(new TimeSpan(last, span.to())));
    }

    private static LocalDateTime nextHour(LocalDateTime moment) {
        var hour = moment.truncatedTo(ChronoUnit.HOURS);
        return hour.equals(moment) ? hour : hour.plusHours(1);
    }

    private Usage part(TimeSpan span) {
        return span.from().equals(span.to()) ? Usage.NONE : scan().usage(span);
    }

    private Usage wholeHours(TimeSpan span) {
        var hours = hours(span);
        return conversation.one(new Question("usage", """
            SELECT coalesce(sum(issued), 0)::bigint, coalesce(sum(used), 0)::bigint
            FROM (%s) AS hours""".formatted(hours.sql()), hours.values()), PlainFacts::usage);
    }

    /**
     * Whole days out of the roll-up. Where a span ends in the middle of a day, that day's tokens tell who came on it only; where one begins there,
     * its tokens tell it all.
     */
    @Override
    public List<Long> visitors(List<TimeSpan> asked) {
        var spans = asked.stream().map(Moments::known).toList();
        if (!spans.stream().allMatch(span -> isMidnight(span.from()))) {
            return scan().visitors(spans);
        }
        var visitors = new ArrayList<>(visitorsOfDays(spans.stream().map(span -> new TimeSpan(span.from(), midnight(span.to()))).toList()));
        for (var i = 0; i < spans.size(); i++) {
            if (!isMidnight(spans.get(i).to())) {
                visitors.set(i, visitors.get(i) + scan().visitorsOfItsLastDayOnly(spans.get(i)));
            }
        }
        return visitors;
    }

    private static boolean isMidnight(LocalDateTime moment) {
        return moment.equals(midnight(moment));
    }

    private static LocalDateTime midnight(LocalDateTime moment) {
        return moment.truncatedTo(ChronoUnit.DAYS);
    }

    /** In a span of days everybody is counted once: on the first of them on which they come, for that is a return from before the span. */
    private List<Long> visitorsOfDays(List<TimeSpan> spans) {
        if (spans.isEmpty()) {
            return List.of();
        }
        return PlainFacts.byPlace(spans, conversation.all(new Question("visitors", """
            SELECT place, sum(members)::bigint
            FROM (
                SELECT width_bucket(day::timestamp, bounds) AS place, bounds, previous, members
                FROM (SELECT ?::timestamp[] AS bounds) AS asked, (
                    SELECT day, previous, members FROM coworking_analytics.by_return
                    WHERE %s IS NULL AND day >= ?::timestamp AND day < ?::timestamp
                    UNION ALL
                    SELECT day, previous, members FROM coworking_analytics.return_changes()
                ) AS counted
            ) AS returns
            WHERE previous = 'infinity' OR previous < bounds[place]
            GROUP BY place""".formatted(LATEST_WIPE),
                List.of(PlainFacts.bounds(spans), Moments.text(spans.getFirst().from()), Moments.text(spans.getLast().to()))),
                PlainFacts::visitors));
    }

    @Override
    public List<JoinTally> joins(DayStart dayStart) {
        return tables.joins(dayStart);
    }

    @Override
    public long joined(TimeSpan span) {
        return tables.joined(span);
    }

    @Override
    public OptionalLong newestToken() {
        return tables.newestToken();
    }

    @Override
    public void memberVisits(MemberQuestion question, Predicate<MemberVisits> reader) {
        if (question.span().isPresent()) {
            scan().memberVisits(question, reader);
        } else {
            MemberSql.visits(conversation, users(question), question, reader);
        }
    }

    @Override
    public long countMembers(MemberQuestion question) {
        return question.span().isPresent()
                ? scan().countMembers(question)
                : MemberSql.count(conversation, users(question), question);
    }

    private Subquery users(MemberQuestion question) {
        return question.upTo().stream().mapToObj(this::usersUpTo).findFirst()
                .orElseGet(() -> new Subquery(EVERYBODY, NO_VALUES));
    }

    /** Few tokens are newer, and the primary key finds them; mostly there are none. */
    private Subquery usersUpTo(long tokenId) {
        if (newestToken().orElse(Long.MIN_VALUE) <= tokenId) {
            return new Subquery(EVERYBODY, NO_VALUES);
        }
        isScanned = true;
        return new Subquery(USERS.formatted(LATEST_WIPE, WITHOUT_NEWER), List.of(Long.toString(tokenId)));
    }

    @Override
    public void visitDays(DayStart dayStart, TimeSpan span, OptionalLong afterUser, boolean withNames, Predicate<VisitDays> reader) {
        scan().visitDays(dayStart, span, afterUser, withNames, reader);
    }

    @Override
    public List<CohortTally> cohorts(DayStart dayStart, Interval interval, TimeSpan span) {
        return scan().cohorts(dayStart, interval, span);
    }

    @Override
    public List<Finding> findings(TimeSpan span) {
        return scan().findings(span, EVERYBODY);
    }

    @Override
    public Optional<Member> member(long userId, boolean withName) {
        return tables.known(userId, withName).or(() -> PlainFacts.unknown(userId, hasToken(userId)));
    }

    private boolean hasToken(long userId) {
        return conversation.one(new Question("member", "SELECT EXISTS (SELECT FROM (%s) AS seen WHERE user_id = ?::bigint)".formatted(
                EVERYBODY), List.of(Long.toString(userId))), row -> row.getBoolean(1));
    }

    @Override
    public void visits(long userId, TimeSpan span, Optional<VisitPosition> before, Predicate<Visit> reader) {
        scan().visits(userId, span, before, reader);
    }
}
