package coworking.analytics.rest;

import static coworking.analytics.rest.Table.Field.field;
import static coworking.analytics.rest.Table.Field.list;

import coworking.analytics.application.port.in.SpaceAnalytics;
import coworking.analytics.domain.Arrivals;
import coworking.analytics.domain.DailySeries;
import coworking.analytics.domain.DailySeries.Point;
import coworking.analytics.domain.Fill;
import coworking.analytics.domain.Finding;
import coworking.analytics.domain.Interval;
import coworking.analytics.domain.Membership;
import coworking.analytics.domain.Metric;
import coworking.analytics.domain.MetricDefinition;
import coworking.analytics.domain.Retention;
import coworking.analytics.domain.Retention.Cohort;
import coworking.analytics.domain.Summary;
import coworking.analytics.domain.Summary.Peak;
import coworking.analytics.rest.Inquiry.Outcome;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Reports on the space as a whole: what each takes, and what a row of it is. Their length is bounded by their days. */
final class SpaceReports {

    private static final Parameter<Metric> METRIC = Parameter.choice("metric", Metric.USED, Words.of(Metric.values()));
    private static final Parameter<Fill> FILL = Parameter.choice("fill", Fill.ZERO, Words.of(Fill.values()));
    private static final Parameter<Boolean> IS_AVERAGE = Parameter.choice("metric", false, Words.of("total", false, "average", true));
    private static final Parameter<Interval> COHORT = Parameter.choice("cohort", Interval.WEEK, Words.of(Interval.WEEK, Interval.MONTH));
    private static final Parameter<Long> PERIODS = Parameter.number("periods", 12, 1, 52);

    private static final int HOURS = 24;

    private static final Table<Point> DAILY_USAGE = Table.of(
            field("name", Point::name), field("from", point -> point.days().first()), field("to", point -> point.days().last()),
            field("value", Point::value),
            field("before_from", point -> point.before().map(before -> before.days().first())),
            field("before_to", point -> point.before().map(before -> before.days().last())),
            field("before", point -> point.before().map(DailySeries.Before::value)),
            field("change_percent", Point::changePercent), field("partial", Point::isPartial));

    private static final Table<Period> SUMMARY = Table.of(
            field("period", Period::name), field("from", period -> period.summary().days().first()),
            field("to", period -> period.summary().days().last()), field("issued", period -> period.summary().usage().issued()),
            field("used", period -> period.summary().usage().used()), field("share_used", period -> period.summary().shareUsed()),
            field("visiting_members", period -> period.summary().visitingMembers()),
            field("new_members", period -> period.summary().newMembers()),
            field("busiest_day", period -> period.summary().busiestDay().map(Peak::when)),
            field("busiest_day_used", period -> period.summary().busiestDay().map(Peak::used)),
            field("busiest_hour", period -> period.summary().busiestHour().map(Peak::when)),
            field("busiest_hour_used", period -> period.summary().busiestHour().map(Peak::used)));

    private static final Table<Arrivals.Row> ARRIVALS = Table.of(
            field("weekday", row -> Words.word(row.weekday())), field("days", Arrivals.Row::days),
            list("hours", "hour_%02d", 0, HOURS, Arrivals.Row::hours));

    private static final Table<Membership.Point> MEMBERS = Table.of(
            field("name", Membership.Point::name), field("from", point -> point.days().first()), field("to", point -> point.days().last()),
            field("joined", Membership.Point::joined), field("cumulative", Membership.Point::cumulative),
            field("partial", Membership.Point::isPartial));

    private static final Table<InPeriod> RETENTION = Table.of(
            field("cohort", row -> row.cohort().name()), field("cohort_from", row -> row.cohort().first()),
            field("size", row -> row.cohort().size()), field("period", row -> row.cell().period()),
            field("members", row -> row.cell().members()), field("share", row -> row.cell().share()),
            field("complete", row -> row.cell().isComplete()));

    private static final Table<Finding> DATA_QUALITY = Table.of(
            field("finding", finding -> finding.kind().definition().id()), field("count", Finding::count),
            field("sample_of", finding -> finding.kind() == Finding.Kind.USER_NEVER_SEEN ? "users" : "tokens"),
            list("samples", "sample_%d", 1, Finding.MOST_SAMPLES, Finding::samples));

    private final SpaceAnalytics analytics;
    private final Supplier<LocalDateTime> clock;

    SpaceReports(SpaceAnalytics analytics, Supplier<LocalDateTime> clock) {
        this.analytics = analytics;
        this.clock = clock;
    }

    Inquiry<?> dailyUsage(Reading reading) {
        var asked = Parameters.asked(reading, clock.get());
        var metric = reading.get(METRIC);
        var interval = reading.get(Parameters.INTERVAL);
        var fill = reading.get(FILL);
        var comparison = reading.get(Parameters.COMPARE);
        return Inquiry.whole(DAILY_USAGE, metric.definition(), new Definitions().of("value", metric.definition()), () -> {
            var answer = analytics.dailyUsage(asked, metric, interval, fill, comparison);
            return outcome(answer, answer.data().points(), Map.of("total_value", answer.data().total()));
        });
    }

    Inquiry<?> summary(Reading reading) {
        var asked = Parameters.asked(reading, clock.get());
        var comparison = reading.get(Parameters.COMPARE);
        return Inquiry.whole(SUMMARY, MetricDefinition.USED_TOKENS, new Definitions()
                .of("issued", MetricDefinition.ISSUED_TOKENS).of("used", MetricDefinition.USED_TOKENS)
                .of("share_used", MetricDefinition.SHARE_USED).of("visiting_members", MetricDefinition.VISITING_MEMBERS)
                .of("new_members", MetricDefinition.NEW_MEMBERS).of("busiest_day", MetricDefinition.BUSIEST_DAY)
                .of("busiest_hour", MetricDefinition.BUSIEST_HOUR), () -> {
                    var answer = analytics.summary(asked, comparison);
                    return outcome(answer, ofDays(answer, Period.of(answer.data())), Map.of());
                });
    }

    Inquiry<?> arrivals(Reading reading) {
        var asked = Parameters.asked(reading, clock.get());
        var isAverage = reading.get(IS_AVERAGE);
        return Inquiry.whole(ARRIVALS, MetricDefinition.ARRIVALS, new Definitions().of("hours", MetricDefinition.ARRIVALS), () -> {
            var answer = analytics.arrivals(asked, isAverage);
            return outcome(answer, ofDays(answer, answer.data().rows()), Map.of());
        });
    }

    Inquiry<?> members(Reading reading) {
        var asked = Parameters.asked(reading, clock.get());
        var interval = reading.get(Parameters.INTERVAL);
        return Inquiry.whole(MEMBERS, MetricDefinition.JOINED_MEMBERS, new Definitions()
                .of("joined", MetricDefinition.JOINED_MEMBERS).of("cumulative", MetricDefinition.CUMULATIVE_MEMBERS)
                .of("active", MetricDefinition.ACTIVE_MEMBERS), () -> {
                    var answer = analytics.members(asked, interval);
                    return outcome(answer, answer.data().points(), Map.of("members_now", now(answer.data())));
                });
    }

    private static Map<String, Object> now(Membership members) {
        var now = new LinkedHashMap<String, Object>();
        now.put("active", members.active());
        now.put("inactive", members.inactive());
        now.put("undated", members.undated());
        return now;
    }

    Inquiry<?> retention(Reading reading) {
        var asked = Parameters.asked(reading, clock.get());
        var cohort = reading.get(COHORT);
        var periods = reading.get(PERIODS);
        return Inquiry.whole(RETENTION, MetricDefinition.RETENTION, new Definitions()
                .of("members", MetricDefinition.RETENTION).of("share", MetricDefinition.RETENTION), () -> {
                    var answer = analytics.retention(asked, cohort, periods.intValue());
                    return outcome(answer, answer.data().cohorts().stream().flatMap(InPeriod::of).toList(), Map.of());
                });
    }

    Inquiry<?> dataQuality(Reading reading) {
        var asked = Parameters.asked(reading, clock.get());
        return Inquiry.whole(DATA_QUALITY, MetricDefinition.DATA_QUALITY, new Definitions().of("count", MetricDefinition.DATA_QUALITY),
                () -> {
                    var answer = analytics.dataQuality(asked);
                    return outcome(answer, answer.data(), Map.of());
                });
    }

    /** Where no days were meant there is nothing to say of them. */
    private static <R> List<R> ofDays(SpaceAnalytics.Answer<?> answer, List<R> rows) {
        return answer.about().days().isPresent() ? rows : List.of();
    }

    private static <R> Outcome<R> outcome(SpaceAnalytics.Answer<?> answer, List<R> rows, Map<String, Object> further) {
        return new Outcome<>(rows, answer.about(), further, Optional.empty());
    }

    /** A row of the summary. */
    private record Period(String name, Summary summary) {

        static List<Period> of(Summary.Compared compared) {
            return Stream.concat(Stream.of(new Period("current", compared.now())),
                    compared.before().stream().map(before -> new Period("before", before))).toList();
        }
    }

    /** A cohort in one of its periods. */
    private record InPeriod(Cohort cohort, Retention.Cell cell) {

        static Stream<InPeriod> of(Cohort cohort) {
            return cohort.cells().stream().map(cell -> new InPeriod(cohort, cell));
        }
    }
}
