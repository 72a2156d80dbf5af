package coworking.analytics.domain.report;

import static coworking.analytics.domain.ExampleFacts.FOUR_O_CLOCK;
import static coworking.analytics.domain.ExampleFacts.unused;
import static coworking.analytics.domain.ExampleFacts.usedAtCreation;
import static coworking.analytics.domain.report.ComparisonMode.NONE;
import static coworking.analytics.domain.report.ComparisonMode.PREVIOUS;
import static coworking.analytics.domain.report.ComparisonMode.YEAR;
import static coworking.analytics.domain.report.GapFill.ZERO;
import static coworking.analytics.domain.report.UsageMetric.ISSUED;
import static coworking.analytics.domain.report.UsageMetric.MEMBERS;
import static coworking.analytics.domain.report.UsageMetric.USED;
import static coworking.analytics.domain.time.DayStart.MIDNIGHT;
import static coworking.analytics.domain.time.Interval.DAY;
import static coworking.analytics.domain.time.Interval.MONTH;
import static coworking.analytics.domain.time.Interval.WEEK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import coworking.analytics.domain.HalfYearDomain;
import coworking.analytics.domain.fact.HourCounts;
import coworking.analytics.domain.fact.Token;
import coworking.analytics.domain.fact.TokenCounts;
import coworking.analytics.domain.fact.Visit;
import coworking.analytics.domain.report.UsageSeries.UsagePoint;
import coworking.analytics.domain.time.AsOf;
import coworking.analytics.domain.time.DateRange;
import coworking.analytics.domain.time.Interval;
import coworking.analytics.domain.time.TimeSpan;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(HalfYearDomain.class)
@Domain(DomainContext.Global.class)
class UsageSeriesTest {

    private static final AsOf LATER = new AsOf(LocalDateTime.parse("2027-06-01T00:00"), MIDNIGHT);

    @Example
    void hasALineForEachDayEvenWhereNothingHappened() {
        var tokens = List.of(usedAtCreation(1, "2026-03-01T09:00"), usedAtCreation(1, "2026-03-02T09:00"),
                usedAtCreation(2, "2026-03-04T09:00"),
                unused(2, "2026-03-03T09:00"));
        var march = days("2026-03-01", "2026-03-05");

        assertThat(series(USED, DAY, ZERO, NONE, march, tokens, LATER).points())
                .extracting(UsagePoint::label, UsagePoint::value)
                .containsExactly(
                        tuple("2026-03-01", 1L), tuple("2026-03-02", 1L), tuple("2026-03-03", 0L), tuple("2026-03-04", 1L),
                        tuple("2026-03-05", 0L));
        assertThat(series(USED, DAY, GapFill.NONE, NONE, march, tokens, LATER).points())
                .extracting(UsagePoint::label)
                .containsExactly("2026-03-01", "2026-03-02", "2026-03-04");
        assertThat(series(ISSUED, DAY, ZERO, NONE, march, tokens, LATER).total()).hasValue(4);
    }

    @Example
    void groupsByIsoWeeksAcrossTheYearsEnd() {
        var tokens = List.of(usedAtCreation(1, "2026-12-28T09:00"), usedAtCreation(1, "2027-01-03T09:00"),
                usedAtCreation(1, "2027-01-04T09:00"));

        assertThat(series(USED, WEEK, ZERO, NONE, days("2026-12-28", "2027-01-10"), tokens, LATER).points())
                .extracting(UsagePoint::label, UsagePoint::value)
                .containsExactly(tuple("2026-W53", 2L), tuple("2027-W01", 1L));
    }

    @Example
    void countsATokenBeforeTheDaysStartToTheDayBefore() {
        var present = new AsOf(LATER.now(), FOUR_O_CLOCK);
        var tokens = List.of(usedAtCreation(1, "2026-03-02T03:59"), usedAtCreation(1, "2026-03-02T04:00"));

        assertThat(series(USED, DAY, ZERO, NONE, days("2026-03-01", "2026-03-02"), tokens, present).points())
                .extracting(UsagePoint::label, UsagePoint::value)
                .containsExactly(tuple("2026-03-01", 1L), tuple("2026-03-02", 1L));
    }

    @Example
    void comparesADayThatHasRunForSixHoursWithSixHoursOfTheDayBefore() {
        var now = new AsOf(LocalDateTime.parse("2026-03-10T06:00"), MIDNIGHT);
        var tokens = List.of(
                usedAtCreation(1, "2026-03-09T05:59:59.999999"), usedAtCreation(1, "2026-03-09T06:00"),
                usedAtCreation(1, "2026-03-09T18:00"),
                usedAtCreation(1, "2026-03-10T01:00"), usedAtCreation(2, "2026-03-10T02:00"), usedAtCreation(3, "2026-03-10T02:30"));
        var today = days("2026-03-10", "2026-03-10");

        var point = series(USED, DAY, ZERO, PREVIOUS, today, tokens, now).points().getFirst();

        assertThat(point.isPartial()).isTrue();
        assertThat(point.value()).isEqualTo(3);
        assertThat(point.comparison()).hasValue(new UsageSeries.ComparisonValue(days("2026-03-09", "2026-03-09"), 1));
        assertThat(point.changePercent()).hasValue(200);
    }

    @Example
    void comparesADayThatIsOverWithAWholeDay() {
        var tokens = List.of(usedAtCreation(1, "2026-03-09T23:00"), usedAtCreation(1, "2026-03-10T01:00"));

        var point = series(USED, DAY, ZERO, PREVIOUS, days("2026-03-10", "2026-03-10"), tokens, LATER).points().getFirst();

        assertThat(point.isPartial()).isFalse();
        assertThat(point.comparison()).hasValue(new UsageSeries.ComparisonValue(days("2026-03-09", "2026-03-09"), 1));
        assertThat(point.changePercent()).hasValue(0);
    }

    @Example
    void comparesTheNextIntervalsOfARunningRangeWithNothing() {
        var now = new AsOf(LocalDateTime.parse("2026-03-10T06:00"), MIDNIGHT);
        var tokens = List.of(usedAtCreation(1, "2026-03-03T07:00"), usedAtCreation(1, "2026-03-04T01:00"));

        assertThat(series(USED, DAY, ZERO, PREVIOUS, days("2026-03-10", "2026-03-11"), tokens, now).points())
                .extracting(point -> point.comparison().map(UsageSeries.ComparisonValue::value).orElse(-1L), UsagePoint::isPartial)
                .containsExactly(tuple(0L, true), tuple(-1L, true));
    }

    @Example
    void keepsWeekdaysAlignedAndPeriodsApart() {
        assertThat(before(DAY, PREVIOUS, "2026-03-01", "2026-03-03")).containsExactly(
                days("2026-02-22", "2026-02-22"), days("2026-02-23", "2026-02-23"), days("2026-02-24", "2026-02-24"));
        assertThat(before(DAY, PREVIOUS, "2026-03-02", "2026-03-02")).containsExactly(days("2026-03-01", "2026-03-01"));
        assertThat(before(DAY, PREVIOUS, "2026-03-02", "2026-03-08").getFirst()).isEqualTo(days("2026-02-23", "2026-02-23"));
        assertThat(before(DAY, PREVIOUS, "2026-03-01", "2026-03-08").getFirst()).isEqualTo(days("2026-02-15", "2026-02-15"));
        assertThat(before(WEEK, PREVIOUS, "2026-03-04", "2026-03-10"))
                .containsExactly(days("2026-02-25", "2026-03-01"), days("2026-03-02", "2026-03-03"));
        assertThat(before(WEEK, PREVIOUS, "2026-03-02", "2026-03-03")).containsExactly(days("2026-02-23", "2026-02-24"));
        assertThat(before(WEEK, YEAR, "2026-03-02", "2026-03-08")).containsExactly(days("2025-03-03", "2025-03-09"));
    }

    @Example
    void comparesAMonthWithAMonth() {
        assertThat(before(MONTH, PREVIOUS, "2026-03-01", "2026-03-31")).containsExactly(days("2026-02-01", "2026-02-28"));
        assertThat(before(MONTH, PREVIOUS, "2026-02-01", "2026-03-15"))
                .containsExactly(days("2025-12-01", "2025-12-31"), days("2026-01-01", "2026-01-15"));
        assertThat(before(MONTH, PREVIOUS, "2026-03-30", "2026-03-30")).containsExactly(days("2026-02-28", "2026-02-28"));
        assertThat(before(MONTH, YEAR, "2024-02-01", "2024-02-29")).containsExactly(days("2023-02-01", "2023-02-28"));
        assertThat(before(MONTH, YEAR, "2025-02-01", "2025-02-28")).containsExactly(days("2024-02-01", "2024-02-29"));
    }

    /** Up to noon of its last day, a month is compared with another one up to noon of its last day. */
    @Example
    void comparesAMonthOnItsLastDayWithAMonthOnItsLastDay() {
        var now = new AsOf(LocalDateTime.parse("2026-03-31T12:00"), MIDNIGHT);
        var tokens = List.of(usedAtCreation(1, "2026-02-28T11:59"), usedAtCreation(1, "2026-02-28T12:00"));

        assertThat(series(USED, MONTH, ZERO, PREVIOUS, days("2026-03-01", "2026-03-31"), tokens, now).points().getFirst().comparison())
                .hasValue(new UsageSeries.ComparisonValue(days("2026-02-01", "2026-02-28"), 1));
    }

    @Example
    void comparesALongMonthThatRunsWithAsManyDays() {
        var now = new AsOf(LocalDateTime.parse("2026-03-30T12:00"), MIDNIGHT);

        assertThat(series(USED, MONTH, ZERO, PREVIOUS, days("2026-03-01", "2026-03-31"), List.of(), now).points().getFirst().comparison())
                .hasValue(new UsageSeries.ComparisonValue(days("2026-01-30", "2026-02-28"), 0));
    }

    @Example
    void knowsNoChangeWhereThereWasNothing() {
        var tokens = List.of(usedAtCreation(1, "2026-03-10T01:00"));

        var point = series(USED, DAY, ZERO, PREVIOUS, days("2026-03-10", "2026-03-10"), tokens, LATER).points().getFirst();

        assertThat(point.comparison().orElseThrow().value()).isZero();
        assertThat(point.changePercent()).isEmpty();
    }

    @Example
    void countsTheMembersOfEachIntervalAndOfNoneTogether() {
        var tokens = List.of(usedAtCreation(1, "2026-03-02T09:00"), usedAtCreation(1, "2026-03-03T09:00"),
                usedAtCreation(2, "2026-03-03T10:00"),
                unused(3, "2026-03-03T10:00"));

        assertThat(series(MEMBERS, DAY, ZERO, NONE, days("2026-03-02", "2026-03-04"), tokens, LATER).points())
                .extracting(UsagePoint::value)
                .containsExactly(1L, 2L, 0L);
        assertThat(series(MEMBERS, WEEK, ZERO, NONE, days("2026-03-02", "2026-03-04"), tokens, LATER).points())
                .extracting(UsagePoint::value)
                .containsExactly(2L);
        assertThat(series(MEMBERS, DAY, ZERO, NONE, days("2026-03-02", "2026-03-04"), tokens, LATER).total()).isEmpty();
    }

    /** A store's infinities are its first and last day; nobody wants the millions of days between them. */
    @Example
    void skipsTheEmptyIntervalsOfManyYears() {
        var all = days("0001-01-01", "9999-12-31");
        var seen = List.of(LocalDate.parse("9999-12-31"), LocalDate.parse("0001-01-01"), LocalDate.parse("0001-01-02"));
        var tokens = List.of(usedAtCreation(1, "0001-01-01T00:10"), usedAtCreation(1, "0001-01-02T00:00"),
                usedAtCreation(1, "9999-12-31T23:59:59.999999"));
        var table = Buckets.of(seen, all, MONTH, NONE, LATER);

        assertThat(UsageSeries.ofTokenCounts(USED, table, ZERO, HourCounts.of(tokens, MIDNIGHT), List.of()).points())
                .extracting(UsagePoint::label, UsagePoint::value, UsagePoint::isPartial)
                .containsExactly(tuple("0001-01", 2L, false), tuple("9999-12", 1L, true));
    }

    @Property
    void filledHasTheTotalOfUnfilled(
            @ForAll UsageMetric metric,
            @ForAll Interval interval,
            @ForAll ComparisonMode comparison,
            @ForAll DateRange days,
            @ForAll List<Token> tokens,
            @ForAll AsOf present) {
        var filled = series(metric, interval, ZERO, comparison, days, tokens, present);
        var unfilled = series(metric, interval, GapFill.NONE, comparison, days, tokens, present);

        assertThat(filled.total()).isEqualTo(unfilled.total());
        assertThat(filled.points()).containsAll(unfilled.points()).hasSize(interval.split(days).size());
        assertThat(unfilled.points()).extracting(UsagePoint::value).doesNotContain(0L);
    }

    @Property
    void addsUpToTheSameWhateverItIsGroupedBy(
            @ForAll Interval interval, @ForAll DateRange days, @ForAll List<Token> tokens, @ForAll AsOf present) {
        assertThat(series(USED, interval, ZERO, NONE, days, tokens, present).total())
                .isEqualTo(OptionalLong.of(TokenCounts.of(tokens, present.dayStart().spanOf(days)).used()));
        assertThat(series(ISSUED, interval, ZERO, NONE, days, tokens, present).total())
                .isEqualTo(OptionalLong.of(TokenCounts.of(tokens, present.dayStart().spanOf(days)).issued()));
    }

    @Property
    void isTheReportOfTheFirstVersionWhereDaysBeginAtMidnight(@ForAll List<Token> tokens) {
        Assume.that(!tokens.isEmpty());
        var days = Token.extentOf(tokens, MIDNIGHT).orElseThrow();
        var first = DailyUsage.of(tokens).visits();

        assertThat(series(USED, DAY, ZERO, NONE, days, tokens, LATER).points()).allSatisfy(
                point -> assertThat(point.value()).isEqualTo(first.getOrDefault(point.range().first(), 0L)));
        assertThat(series(USED, DAY, ZERO, NONE, days, tokens, LATER).total()).hasValue(DailyUsage.of(tokens).total());
    }

    /** Each value can be counted token by token, over the spans that the timetable says. An interval without a span counts nothing. */
    @Property
    void countsTheTokensOfItsSpans(
            @ForAll Interval interval,
            @ForAll ComparisonMode comparison,
            @ForAll DateRange days,
            @ForAll List<Token> tokens,
            @ForAll AsOf present) {
        var table = Buckets.of(days, interval, comparison, present);
        var points = series(USED, interval, ZERO, comparison, days, tokens, present).points();

        assertThat(points.stream().limit(table.spans().size())).extracting(UsagePoint::value).isEqualTo(counted(tokens, table.spans()));
        assertThat(points.stream().skip(table.spans().size())).allSatisfy(point -> assertThat(point.value()).isZero());
        assertThat(points.stream().flatMap(point -> point.comparison().stream()))
                .extracting(UsageSeries.ComparisonValue::value)
                .isEqualTo(counted(tokens, table.comparisonSpans()));
    }

    @Property
    void comparesWithAsManyDaysAndAsMuchTime(@ForAll Interval interval, @ForAll ComparisonMode comparison, @ForAll DateRange days,
            @ForAll AsOf present) {
        Assume.that(interval != MONTH);
        var slots = Buckets.of(days, interval, comparison, present).buckets();
        var keepsDate = comparison == ComparisonMode.MONTH && interval == DAY;

        assertThat(slots).allSatisfy(slot -> slot.comparison().ifPresent(before -> {
            assertThat(before.range().dayCount()).isEqualTo(present.reachedPart(slot.period().range()).dayCount());
            assertThat(before.range().first().getDayOfWeek() == slot.period().range().first().getDayOfWeek())
                    .isEqualTo(keepsDate
                            ? before.range().first().plusDays(28).equals(slot.period().range().first())
                            : (days.dayCount() > 1 || interval == WEEK || comparison == YEAR || comparison == ComparisonMode.WEEK));
            assertThat(before.span().length()).isEqualTo(passed(slot.period().span(), present));
        }));
    }

    @Property
    void comparesWithTimeThatIsOver(@ForAll Interval interval, @ForAll DateRange days, @ForAll AsOf present) {
        var table = Buckets.of(days, interval, PREVIOUS, present);

        assertThat(table.comparisonSpans()).allSatisfy(span -> assertThat(span.to()).isBeforeOrEqualTo(table.period().span().from()));
        assertThat(table.comparisonSpans()).isSortedAccordingTo((one, next) -> one.to().isAfter(next.from()) ? 1 : -1);
    }

    @Property
    void tellsTheChangeInPerCent(@ForAll short value, @ForAll short before) {
        var point = new UsagePoint("", days("2026-03-02", "2026-03-02"), value,
                Optional.of(new UsageSeries.ComparisonValue(days("2026-03-01", "2026-03-01"), before)), false);

        if (before == 0) {
            assertThat(point.changePercent()).isEmpty();
        } else {
            assertThat(before + before * point.changePercent().orElseThrow() / 100).isCloseTo(value, within(1e-6));
        }
    }

    private static Duration passed(TimeSpan span, AsOf present) {
        var passed = Duration.between(span.from(), present.now());
        return passed.compareTo(span.length()) < 0 ? passed : span.length();
    }

    private static List<Long> counted(List<Token> tokens, List<TimeSpan> spans) {
        return spans.stream().map(span -> TokenCounts.of(tokens, span).used()).toList();
    }

    private static List<DateRange> before(Interval interval, ComparisonMode comparison, String first, String last) {
        return Buckets.of(days(first, last), interval, comparison, LATER).buckets().stream()
                .map(slot -> slot.comparison().orElseThrow().range())
                .toList();
    }

    private static UsageSeries series(
            UsageMetric metric, Interval interval, GapFill fill, ComparisonMode comparison, DateRange days, List<Token> tokens,
            AsOf present) {
        var table = Buckets.of(days, interval, comparison, present);
        var counts = table.period().elapsedCounts(
                HourCounts.of(tokens, present.dayStart()), present, span -> TokenCounts.of(tokens, span));
        return metric == MEMBERS
                ? UsageSeries.ofVisitorCounts(table, fill, visitors(tokens, table.spans()), visitors(tokens, table.comparisonSpans()))
                : UsageSeries.ofTokenCounts(metric, table, fill, counts, before(table, tokens, present));
    }

    private static List<Long> visitors(List<Token> tokens, List<TimeSpan> spans) {
        return spans.stream().map(span -> Visit.countVisitors(tokens, span)).toList();
    }

    private static List<HourCounts> before(Buckets table, List<Token> tokens, AsOf present) {
        var tallies = HourCounts.of(tokens, present.dayStart());
        return table.comparisonPeriod().map(then -> then.elapsedCounts(tallies, present, span -> TokenCounts.of(tokens, span)))
                .orElse(List.of());
    }

    private static DateRange days(String first, String last) {
        return new DateRange(LocalDate.parse(first), LocalDate.parse(last));
    }
}
