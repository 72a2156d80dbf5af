package coworking.analytics.domain;

import static coworking.analytics.domain.Comparison.NONE;
import static coworking.analytics.domain.Comparison.PREVIOUS;
import static coworking.analytics.domain.Comparison.YEAR;
import static coworking.analytics.domain.DayStart.MIDNIGHT;
import static coworking.analytics.domain.Examples.FOUR;
import static coworking.analytics.domain.Examples.unused;
import static coworking.analytics.domain.Examples.visit;
import static coworking.analytics.domain.Fill.ZERO;
import static coworking.analytics.domain.Interval.DAY;
import static coworking.analytics.domain.Interval.MONTH;
import static coworking.analytics.domain.Interval.WEEK;
import static coworking.analytics.domain.Metric.ISSUED;
import static coworking.analytics.domain.Metric.MEMBERS;
import static coworking.analytics.domain.Metric.USED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import coworking.analytics.domain.DailySeries.Point;
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

@Domain(Busy.class)
@Domain(DomainContext.Global.class)
class DailySeriesTest {

    private static final Present LATER = new Present(LocalDateTime.parse("2027-06-01T00:00"), MIDNIGHT);

    @Example
    void hasALineForEachDayEvenWhereNothingHappened() {
        var tokens = List.of(visit(1, "2026-03-01T09:00"), visit(1, "2026-03-02T09:00"), visit(2, "2026-03-04T09:00"),
                unused(2, "2026-03-03T09:00"));
        var march = days("2026-03-01", "2026-03-05");

        assertThat(series(USED, DAY, ZERO, NONE, march, tokens, LATER).points())
                .extracting(Point::name, Point::value)
                .containsExactly(
                        tuple("2026-03-01", 1L), tuple("2026-03-02", 1L), tuple("2026-03-03", 0L), tuple("2026-03-04", 1L),
                        tuple("2026-03-05", 0L));
        assertThat(series(USED, DAY, Fill.NONE, NONE, march, tokens, LATER).points())
                .extracting(Point::name)
                .containsExactly("2026-03-01", "2026-03-02", "2026-03-04");
        assertThat(series(ISSUED, DAY, ZERO, NONE, march, tokens, LATER).total()).hasValue(4);
    }

    @Example
    void groupsByIsoWeeksAcrossTheYearsEnd() {
        var tokens = List.of(visit(1, "2026-12-28T09:00"), visit(1, "2027-01-03T09:00"), visit(1, "2027-01-04T09:00"));

        assertThat(series(USED, WEEK, ZERO, NONE, days("2026-12-28", "2027-01-10"), tokens, LATER).points())
                .extracting(Point::name, Point::value)
                .containsExactly(tuple("2026-W53", 2L), tuple("2027-W01", 1L));
    }

    @Example
    void countsATokenBeforeTheDaysStartToTheDayBefore() {
        var present = new Present(LATER.now(), FOUR);
        var tokens = List.of(visit(1, "2026-03-02T03:59"), visit(1, "2026-03-02T04:00"));

        assertThat(series(USED, DAY, ZERO, NONE, days("2026-03-01", "2026-03-02"), tokens, present).points())
                .extracting(Point::name, Point::value)
                .containsExactly(tuple("2026-03-01", 1L), tuple("2026-03-02", 1L));
    }

    @Example
    void comparesADayThatHasRunForSixHoursWithSixHoursOfTheDayBefore() {
        var now = new Present(LocalDateTime.parse("2026-03-10T06:00"), MIDNIGHT);
        var tokens = List.of(
                visit(1, "2026-03-09T05:59:59.999999"), visit(1, "2026-03-09T06:00"), visit(1, "2026-03-09T18:00"),
                visit(1, "2026-03-10T01:00"), visit(2, "2026-03-10T02:00"), visit(3, "2026-03-10T02:30"));
        var today = days("2026-03-10", "2026-03-10");

        var point = series(USED, DAY, ZERO, PREVIOUS, today, tokens, now).points().getFirst();

        assertThat(point.isPartial()).isTrue();
        assertThat(point.value()).isEqualTo(3);
        assertThat(point.before()).hasValue(new DailySeries.Before(days("2026-03-09", "2026-03-09"), 1));
        assertThat(point.changePercent()).hasValue(200);
    }

    @Example
    void comparesADayThatIsOverWithAWholeDay() {
        var tokens = List.of(visit(1, "2026-03-09T23:00"), visit(1, "2026-03-10T01:00"));

        var point = series(USED, DAY, ZERO, PREVIOUS, days("2026-03-10", "2026-03-10"), tokens, LATER).points().getFirst();

        assertThat(point.isPartial()).isFalse();
        assertThat(point.before()).hasValue(new DailySeries.Before(days("2026-03-09", "2026-03-09"), 1));
        assertThat(point.changePercent()).hasValue(0);
    }

    @Example
    void comparesTheNextIntervalsOfARunningRangeWithNothing() {
        var now = new Present(LocalDateTime.parse("2026-03-10T06:00"), MIDNIGHT);
        var tokens = List.of(visit(1, "2026-03-03T07:00"), visit(1, "2026-03-04T01:00"));

        assertThat(series(USED, DAY, ZERO, PREVIOUS, days("2026-03-10", "2026-03-11"), tokens, now).points())
                .extracting(point -> point.before().map(DailySeries.Before::value).orElse(-1L), Point::isPartial)
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

    /** On 31 March the month has run for longer than February is. */
    @Example
    void comparesALongMonthThatRunsWithNoMoreThanAShortOne() {
        var now = new Present(LocalDateTime.parse("2026-03-31T12:00"), MIDNIGHT);
        var tokens = List.of(visit(1, "2026-02-28T23:59"), visit(1, "2026-03-01T00:00"));

        assertThat(series(USED, MONTH, ZERO, PREVIOUS, days("2026-03-01", "2026-03-31"), tokens, now).points().getFirst().before())
                .hasValue(new DailySeries.Before(days("2026-02-01", "2026-02-28"), 1));
    }

    @Example
    void knowsNoChangeWhereThereWasNothing() {
        var tokens = List.of(visit(1, "2026-03-10T01:00"));

        var point = series(USED, DAY, ZERO, PREVIOUS, days("2026-03-10", "2026-03-10"), tokens, LATER).points().getFirst();

        assertThat(point.before().orElseThrow().value()).isZero();
        assertThat(point.changePercent()).isEmpty();
    }

    @Example
    void countsTheMembersOfEachIntervalAndOfNoneTogether() {
        var tokens = List.of(visit(1, "2026-03-02T09:00"), visit(1, "2026-03-03T09:00"), visit(2, "2026-03-03T10:00"),
                unused(3, "2026-03-03T10:00"));

        assertThat(series(MEMBERS, DAY, ZERO, NONE, days("2026-03-02", "2026-03-04"), tokens, LATER).points())
                .extracting(Point::value)
                .containsExactly(1L, 2L, 0L);
        assertThat(series(MEMBERS, WEEK, ZERO, NONE, days("2026-03-02", "2026-03-04"), tokens, LATER).points())
                .extracting(Point::value)
                .containsExactly(2L);
        assertThat(series(MEMBERS, DAY, ZERO, NONE, days("2026-03-02", "2026-03-04"), tokens, LATER).total()).isEmpty();
    }

    /** A store's infinities are its first and last day; nobody wants the millions of days between them. */
    @Example
    void skipsTheEmptyIntervalsOfManyYears() {
        var all = days("0001-01-01", "9999-12-31");
        var seen = List.of(LocalDate.parse("9999-12-31"), LocalDate.parse("0001-01-01"), LocalDate.parse("0001-01-02"));
        var tokens = List.of(visit(1, "0001-01-01T00:10"), visit(1, "0001-01-02T00:00"), visit(1, "9999-12-31T23:59:59.999999"));
        var table = Timetable.of(seen, all, MONTH, NONE, LATER);

        assertThat(DailySeries.ofTokens(USED, table, ZERO, HourTally.of(tokens, MIDNIGHT), List.of()).points())
                .extracting(Point::name, Point::value, Point::isPartial)
                .containsExactly(tuple("0001-01", 2L, false), tuple("9999-12", 1L, true));
    }

    @Property
    void filledHasTheTotalOfUnfilled(
            @ForAll Metric metric,
            @ForAll Interval interval,
            @ForAll Comparison comparison,
            @ForAll Days days,
            @ForAll List<Token> tokens,
            @ForAll Present present) {
        var filled = series(metric, interval, ZERO, comparison, days, tokens, present);
        var unfilled = series(metric, interval, Fill.NONE, comparison, days, tokens, present);

        assertThat(filled.total()).isEqualTo(unfilled.total());
        assertThat(filled.points()).containsAll(unfilled.points()).hasSize(interval.split(days).size());
        assertThat(unfilled.points()).extracting(Point::value).doesNotContain(0L);
    }

    @Property
    void addsUpToTheSameWhateverItIsGroupedBy(
            @ForAll Interval interval, @ForAll Days days, @ForAll List<Token> tokens, @ForAll Present present) {
        assertThat(series(USED, interval, ZERO, NONE, days, tokens, present).total())
                .isEqualTo(OptionalLong.of(Usage.of(tokens, present.dayStart().spanOf(days)).used()));
        assertThat(series(ISSUED, interval, ZERO, NONE, days, tokens, present).total())
                .isEqualTo(OptionalLong.of(Usage.of(tokens, present.dayStart().spanOf(days)).issued()));
    }

    @Property
    void isTheReportOfTheFirstVersionWhereDaysBeginAtMidnight(@ForAll List<Token> tokens) {
        Assume.that(!tokens.isEmpty());
        var days = Days.extentOf(tokens, MIDNIGHT).orElseThrow();
        var first = DailyUsage.of(tokens).visits();

        assertThat(series(USED, DAY, ZERO, NONE, days, tokens, LATER).points()).allSatisfy(
                point -> assertThat(point.value()).isEqualTo(first.getOrDefault(point.days().first(), 0L)));
        assertThat(series(USED, DAY, ZERO, NONE, days, tokens, LATER).total()).hasValue(DailyUsage.of(tokens).total());
    }

    /** Each value can be counted token by token, over the spans that the timetable says. */
    @Property
    void countsTheTokensOfItsSpans(
            @ForAll Interval interval,
            @ForAll Comparison comparison,
            @ForAll Days days,
            @ForAll List<Token> tokens,
            @ForAll Present present) {
        var table = Timetable.of(days, interval, comparison, present);
        var points = series(USED, interval, ZERO, comparison, days, tokens, present).points();

        assertThat(points).extracting(Point::value).isEqualTo(counted(tokens, table.spans()));
        assertThat(points.stream().flatMap(point -> point.before().stream()))
                .extracting(DailySeries.Before::value)
                .isEqualTo(counted(tokens, table.spansBefore()));
    }

    @Property
    void comparesWithAsManyDaysAndAsMuchTime(@ForAll Interval interval, @ForAll Comparison comparison, @ForAll Days days,
            @ForAll Present present) {
        Assume.that(interval != MONTH);
        var slots = Timetable.of(days, interval, comparison, present).slots();

        assertThat(slots).allSatisfy(slot -> slot.before().ifPresent(before -> {
            assertThat(before.days().count()).isEqualTo(slot.whole().days().count());
            assertThat(before.days().first().getDayOfWeek() == slot.whole().days().first().getDayOfWeek())
                    .isEqualTo(days.count() > 1 || interval == WEEK || comparison == YEAR);
            assertThat(before.span().length()).isEqualTo(passed(slot.whole().span(), present));
        }));
    }

    @Property
    void comparesWithTimeThatIsOver(@ForAll Interval interval, @ForAll Days days, @ForAll Present present) {
        var table = Timetable.of(days, interval, PREVIOUS, present);

        assertThat(table.spansBefore()).allSatisfy(span -> assertThat(span.to()).isBeforeOrEqualTo(table.spans().getFirst().from()));
        assertThat(table.spansBefore()).isSortedAccordingTo((one, next) -> one.to().isAfter(next.from()) ? 1 : -1);
    }

    @Property
    void tellsTheChangeInPerCent(@ForAll short value, @ForAll short before) {
        var point = new Point("", days("2026-03-02", "2026-03-02"), value,
                Optional.of(new DailySeries.Before(days("2026-03-01", "2026-03-01"), before)), false);

        if (before == 0) {
            assertThat(point.changePercent()).isEmpty();
        } else {
            assertThat(before + before * point.changePercent().orElseThrow() / 100).isCloseTo(value, within(1e-6));
        }
    }

    private static Duration passed(TimeSpan span, Present present) {
        var passed = Duration.between(span.from(), present.now());
        return passed.compareTo(span.length()) < 0 ? passed : span.length();
    }

    private static List<Long> counted(List<Token> tokens, List<TimeSpan> spans) {
        return spans.stream().map(span -> Usage.of(tokens, span).used()).toList();
    }

    private static List<Days> before(Interval interval, Comparison comparison, String first, String last) {
        return Timetable.of(days(first, last), interval, comparison, LATER).slots().stream().map(slot -> slot.before().orElseThrow().days())
                .toList();
    }

    private static DailySeries series(
            Metric metric, Interval interval, Fill fill, Comparison comparison, Days days, List<Token> tokens, Present present) {
        var table = Timetable.of(days, interval, comparison, present);
        return metric == MEMBERS
                ? DailySeries.ofMembers(table, fill, visitors(tokens, table.spans()), visitors(tokens, table.spansBefore()))
                : DailySeries.ofTokens(metric, table, fill, HourTally.of(tokens, present.dayStart()), before(table, tokens, present));
    }

    private static List<Long> visitors(List<Token> tokens, List<TimeSpan> spans) {
        return spans.stream().map(span -> Visit.visitors(tokens, span)).toList();
    }

    private static List<HourTally> before(Timetable table, List<Token> tokens, Present present) {
        var tallies = HourTally.of(tokens, present.dayStart());
        return table.allBefore().map(then -> then.counted(tallies, present.dayStart(), span -> Usage.of(tokens, span))).orElse(List.of());
    }

    private static Days days(String first, String last) {
        return new Days(LocalDate.parse(first), LocalDate.parse(last));
    }
}
