package coworking.analytics.domain.report;

import static coworking.analytics.domain.ExampleFacts.usedAtCreation;
import static coworking.analytics.domain.report.ComparisonMode.MONTH;
import static coworking.analytics.domain.report.ComparisonMode.NONE;
import static coworking.analytics.domain.report.ComparisonMode.PREVIOUS;
import static coworking.analytics.domain.report.ComparisonMode.WEEK;
import static coworking.analytics.domain.report.ComparisonMode.YEAR;
import static coworking.analytics.domain.time.DayStart.MIDNIGHT;
import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.domain.fact.HourCounts;
import coworking.analytics.domain.fact.Token;
import coworking.analytics.domain.fact.TokenCounts;
import coworking.analytics.domain.time.AsOf;
import coworking.analytics.domain.time.DateRange;
import coworking.analytics.domain.time.Interval;
import coworking.analytics.domain.time.TimeSpan;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** A space with one visit on every day: nothing ever changes, so a fair comparison says 0 per cent. */
class FairComparisonTest {

    private static final LocalDate FIRST_DAY = LocalDate.parse("2022-01-01");
    private static final List<Token> ONE_A_DAY = FIRST_DAY.datesUntil(LocalDate.parse("2027-01-01"))
            .map(day -> usedAtCreation(1, day + "T10:00"))
            .toList();
    private static final List<HourCounts> HOURS = HourCounts.of(ONE_A_DAY, MIDNIGHT);
    private static final AsOf LATER = at("2027-01-01T12:00");

    @Example
    void comparesPartsOfAMonthByMonth() {
        assertThat(comparisons(days("2026-02-28", "2026-02-28"), Interval.MONTH, PREVIOUS))
                .containsExactly(days("2026-01-28", "2026-01-28"));
        assertThat(comparisons(days("2026-02-22", "2026-02-28"), Interval.MONTH, PREVIOUS))
                .containsExactly(days("2026-01-22", "2026-01-28"));
        assertThat(comparisons(days("2026-02-15", "2026-02-28"), Interval.MONTH, PREVIOUS))
                .containsExactly(days("2026-01-15", "2026-01-28"));
        assertThat(comparisons(days("2026-03-29", "2026-03-31"), Interval.MONTH, PREVIOUS))
                .containsExactly(days("2026-02-26", "2026-02-28"));
        assertThat(comparisons(days("2026-03-28", "2026-03-29"), Interval.MONTH, PREVIOUS))
                .containsExactly(days("2026-02-27", "2026-02-28"));
        assertThat(comparisons(days("2025-02-28", "2025-02-28"), Interval.MONTH, YEAR)).containsExactly(days("2024-02-28", "2024-02-28"));
        assertThat(comparisons(days("2026-03-01", "2026-03-31"), Interval.MONTH, PREVIOUS))
                .containsExactly(days("2026-02-01", "2026-02-28"));
        assertThat(comparisons(days("2026-03-01", "2026-03-15"), Interval.MONTH, PREVIOUS))
                .containsExactly(days("2026-02-01", "2026-02-15"));
        assertThat(comparisons(days("2026-03-01", "2026-03-30"), Interval.MONTH, PREVIOUS))
                .containsExactly(days("2026-01-30", "2026-02-28"));
        assertThat(comparisons(days("2024-02-01", "2024-02-29"), Interval.MONTH, YEAR)).containsExactly(days("2023-02-01", "2023-02-28"));
        assertThat(comparisons(days("2026-03-01", "2026-03-31"), Interval.MONTH, MONTH)).containsExactly(days("2026-02-01", "2026-02-28"));
        assertThat(comparisons(days("2026-03-09", "2026-03-15"), Interval.MONTH, WEEK)).containsExactly(days("2026-03-02", "2026-03-08"));
    }

    @Example
    void comparesTwelveMonthsWithTheTwelveBefore() {
        var december = at("2026-12-01T12:00");
        var points = series(days("2025-12-02", "2026-12-01"), Interval.MONTH, PREVIOUS, december).points();

        assertThat(points.stream().map(point -> point.comparison().orElseThrow().range())).startsWith(
                days("2024-12-02", "2024-12-31"), days("2025-01-01", "2025-01-31"), days("2025-02-01", "2025-02-28"))
                .endsWith(days("2025-11-01", "2025-11-30"), days("2025-12-01", "2025-12-01")).hasSize(13);
        assertThat(points).allSatisfy(point -> assertThat(point.changePercent()).hasValue(0));
    }

    @Example
    void keepsFixedTwelveMonthsApartByTwelve() {
        assertThat(comparisons(days("2025-02-15", "2026-02-14"), Interval.MONTH, PREVIOUS)).startsWith(
                days("2024-02-15", "2024-02-28"), days("2024-03-01", "2024-03-31")).endsWith(days("2025-02-01", "2025-02-14"));
        assertThat(ReportNotes.forUsageSeries(days("2025-02-15", "2026-02-14"), Interval.MONTH, GapFill.ZERO, PREVIOUS, Optional.empty()))
                .singleElement().asString().contains("1 is in neither");
    }

    @Example
    void goesAsFewMonthsBackAsKeepBothSidesApart() {
        assertThat(comparisons(days("2026-11-26", "2026-12-02"), Interval.MONTH, PREVIOUS)).endsWith(days("2026-11-01", "2026-11-02"));
        assertThat(comparisons(days("2026-11-05", "2026-12-02"), Interval.MONTH, PREVIOUS)).endsWith(days("2026-11-01", "2026-11-02"));
        assertThat(comparisons(days("2026-11-03", "2026-12-02"), Interval.MONTH, PREVIOUS)).endsWith(days("2026-11-01", "2026-11-02"));
        assertThat(comparisons(days("2026-09-03", "2026-12-02"), Interval.MONTH, PREVIOUS)).endsWith(days("2026-09-01", "2026-09-02"));
    }

    @Example
    void comparesARangeAsAWhole() {
        assertThat(comparison(days("2026-03-01", "2026-03-31"), PREVIOUS)).hasValue(days("2026-02-01", "2026-02-28"));
        assertThat(comparison(days("2026-10-01", "2026-10-31"), YEAR)).hasValue(days("2025-10-01", "2025-10-31"));
        assertThat(comparison(days("2026-03-01", "2026-03-15"), PREVIOUS)).hasValue(days("2026-02-01", "2026-02-15"));
        assertThat(comparison(days("2026-03-01", "2026-03-15"), MONTH)).hasValue(days("2026-02-01", "2026-02-15"));
        assertThat(comparison(days("2026-03-01", "2026-03-15"), YEAR)).hasValue(days("2025-03-01", "2025-03-15"));
        assertThat(comparison(days("2026-01-01", "2026-03-31"), PREVIOUS)).hasValue(days("2025-10-01", "2025-12-31"));
        assertThat(comparison(days("2026-06-01", "2026-06-07"), PREVIOUS)).hasValue(days("2026-05-25", "2026-05-31"));
        assertThat(comparison(days("2026-06-01", "2026-06-01"), PREVIOUS)).hasValue(days("2026-05-31", "2026-05-31"));
        assertThat(comparison(days("2026-06-08", "2026-06-14"), WEEK)).hasValue(days("2026-06-01", "2026-06-07"));
        assertThat(comparison(days("2026-06-08", "2026-06-14"), PREVIOUS)).hasValue(days("2026-06-01", "2026-06-07"));
        assertThat(comparison(days("2026-06-08", "2026-06-14"), MONTH)).hasValue(days("2026-05-08", "2026-05-14"));
        assertThat(comparison(days("2026-03-29", "2026-03-31"), MONTH)).hasValue(days("2026-02-26", "2026-02-28"));
        assertThat(comparison(days("2026-06-08", "2026-06-14"), YEAR)).hasValue(days("2025-06-09", "2025-06-15"));
        assertThat(comparison(days("2026-02-20", "2026-03-21"), PREVIOUS)).hasValue(days("2026-01-16", "2026-02-14"));
    }

    @Example
    void comparesEachDayWithTheSameDateOfTheMonthBefore() {
        assertThat(comparisons(days("2026-03-01", "2026-03-31"), Interval.DAY, MONTH))
                .startsWith(days("2026-02-01", "2026-02-01")).endsWith(days("2026-02-28", "2026-02-28")).hasSize(28);
        assertThat(ReportNotes.forUsageSeries(days("2026-03-01", "2026-03-31"), Interval.DAY, GapFill.ZERO, MONTH, Optional.empty()))
                .anyMatch(note -> note.contains("3 are compared with nothing"));
    }

    /** The second row was 0 per cent one hour before the end of the last day, and -30 per cent an hour after it. */
    @Example
    void keepsItsAnswerWhereTheLastDayEnds() {
        var ranges = List.of(
                days("2026-02-22", "2026-02-28"), days("2026-02-01", "2026-02-28"), days("2026-03-01", "2026-03-31"),
                days("2026-04-01", "2026-04-30"), days("2026-03-31", "2026-03-31"));
        for (var range : ranges) {
            for (var interval : Interval.values()) {
                assertThat(values(series(range, interval, PREVIOUS, new AsOf(range.last().atTime(23, 0), MIDNIGHT))))
                        .isEqualTo(values(series(range, interval, PREVIOUS, new AsOf(range.last().plusDays(1).atTime(1, 0), MIDNIGHT))));
            }
        }
    }

    @Example
    void hasNoComparisonBeforeTheCalendar() {
        var first = days("0001-01-01", "0001-01-01");

        assertThat(ComparablePeriod.PeriodPair.of(first, PREVIOUS, LATER).comparison()).isEmpty();
        for (var interval : Interval.values()) {
            assertThat(comparisons(first, interval, PREVIOUS)).isEmpty();
            assertThat(comparisons(first, interval, YEAR)).isEmpty();
        }
        assertThat(ReportNotes.forSummary(first, PREVIOUS, Optional.empty())).anyMatch(note -> note.contains("compared with nothing"));
    }

    /** A token that is dated later than now is in neither side. */
    @Example
    void comparesARunningDayAsTheSummaryDoes() {
        var now = at("2026-12-02T09:30");
        var hours = Stream.concat(
                Stream.iterate(LocalDateTime.parse("2026-12-01T06:00"), time -> time.plusHours(1)).limit(15),
                Stream.iterate(LocalDateTime.parse("2026-12-02T06:00"), time -> time.plusHours(1)).limit(5))
                .map(time -> usedAtCreation(1, time.toString())).toList();
        var today = days("2026-12-02", "2026-12-02");
        var point = series(today, Interval.DAY, PREVIOUS, now, hours).points().getFirst();
        var pair = ComparablePeriod.PeriodPair.of(today, PREVIOUS, now);

        assertThat(point.value()).isEqualTo(4).isEqualTo(TokenCounts.of(hours, pair.current().span()).used());
        assertThat(point.comparison().orElseThrow().value()).isEqualTo(4)
                .isEqualTo(TokenCounts.of(hours, pair.comparison().orElseThrow().span()).used());
        assertThat(series(today, Interval.DAY, NONE, now, hours).points().getFirst().value()).isEqualTo(5);
    }

    @Property(tries = 400)
    void findsNoChangeWhereThereIsNone(@ForAll("ranges") DateRange range, @ForAll Interval interval, @ForAll ComparisonMode mode,
            @ForAll("moments") LocalDateTime now) {
        assertThat(series(range, interval, mode, new AsOf(now, MIDNIGHT)).points()).allSatisfy(point -> {
            if (point.comparison().isPresent() && !isMonthBesideMonth(point)) {
                assertThat(point.comparison().orElseThrow().value()).isEqualTo(point.value());
            }
        });
    }

    @Property(tries = 400)
    void findsNoChangeOfARangeWhereThereIsNone(
            @ForAll("ranges") DateRange range, @ForAll ComparisonMode mode, @ForAll("moments") LocalDateTime now) {
        var pair = ComparablePeriod.PeriodPair.of(range, mode, new AsOf(now, MIDNIGHT));
        Assume.that(pair.comparison().isPresent());
        var before = pair.comparison().orElseThrow();

        if (ComparisonOffset.isWholeMonths(pair.current().range())) {
            assertThat(before.range()).satisfiesAnyOf(
                    dates -> assertThat(ComparisonOffset.isWholeMonths(dates)).isTrue(),
                    dates -> assertThat(dates.dayCount()).isEqualTo(pair.current().range().dayCount()));
        } else {
            assertThat(TokenCounts.of(ONE_A_DAY, before.span())).isEqualTo(TokenCounts.of(ONE_A_DAY, pair.current().span()));
        }
        assertThat(mode != PREVIOUS || before.range().last().isBefore(range.first())).isTrue();
    }

    /** No day is in two comparisons, and with PREVIOUS none is on both sides. */
    @Property(tries = 400)
    void countsNoDayTwice(@ForAll("ranges") DateRange range, @ForAll Interval interval, @ForAll ComparisonMode mode) {
        var comparisons = comparisons(range, interval, mode);

        for (var i = 1; i < comparisons.size(); i++) {
            assertThat(comparisons.get(i).first()).isAfter(comparisons.get(i - 1).last());
        }
        assertThat(mode != PREVIOUS || comparisons.isEmpty() || comparisons.getLast().last().isBefore(range.first())).isTrue();
    }

    private static boolean isMonthBesideMonth(UsageSeries.UsagePoint point) {
        return ComparisonOffset.isWholeMonths(point.range()) && ComparisonOffset.isWholeMonths(point.comparison().orElseThrow().range());
    }

    @Provide
    Arbitrary<DateRange> ranges() {
        return Combinators.combine(dates(), Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.integers().between(0, 35)), Tuple.of(1, Arbitraries.integers().between(0, 370))))
                .as((first, more) -> new DateRange(first, first.plusDays(more)));
    }

    @Provide
    Arbitrary<LocalDateTime> moments() {
        return Combinators.combine(dates(), Arbitraries.integers().between(0, 23)).as((day, hour) -> day.atTime(hour, 30));
    }

    private static Arbitrary<LocalDate> dates() {
        var days = Arbitraries.integers().between(0, 2 * 365).map(LocalDate.parse("2024-01-01")::plusDays);
        return Arbitraries.oneOf(days, days.map(day -> day.withDayOfMonth(1)), days.map(day -> day.withDayOfMonth(day.lengthOfMonth())));
    }

    private static List<List<Object>> values(UsageSeries series) {
        return series.points().stream()
                .map(point -> List.<Object>of(point.label(), point.value(), point.comparison(), point.changePercent()))
                .toList();
    }

    private static Optional<DateRange> comparison(DateRange range, ComparisonMode mode) {
        return ComparablePeriod.PeriodPair.of(range, mode, LATER).comparison().map(ComparablePeriod::range);
    }

    private static List<DateRange> comparisons(DateRange range, Interval interval, ComparisonMode mode) {
        return Buckets.of(range, interval, mode, LATER).buckets().stream()
                .flatMap(bucket -> bucket.comparison().stream())
                .map(ComparablePeriod::range)
                .toList();
    }

    private static UsageSeries series(DateRange range, Interval interval, ComparisonMode mode, AsOf asOf) {
        var buckets = Buckets.of(range, interval, mode, asOf);
        return UsageSeries.ofTokenCounts(UsageMetric.USED, buckets, GapFill.ZERO,
                counts(buckets.period(), HOURS, ONE_A_DAY, asOf),
                buckets.comparisonPeriod().map(period -> counts(period, HOURS, ONE_A_DAY, asOf)).orElse(List.of()));
    }

    private static UsageSeries series(DateRange range, Interval interval, ComparisonMode mode, AsOf asOf, List<Token> tokens) {
        var hours = HourCounts.of(tokens, MIDNIGHT);
        var buckets = Buckets.of(range, interval, mode, asOf);
        return UsageSeries.ofTokenCounts(UsageMetric.USED, buckets, GapFill.ZERO, counts(buckets.period(), hours, tokens, asOf),
                buckets.comparisonPeriod().map(period -> counts(period, hours, tokens, asOf)).orElse(List.of()));
    }

    private static List<HourCounts> counts(ComparablePeriod period, List<HourCounts> hours, List<Token> tokens, AsOf asOf) {
        var within = hours.stream().filter(hour -> period.range().contains(hour.day())).toList();
        return period.elapsedCounts(within, asOf, (TimeSpan span) -> TokenCounts.of(tokens, span));
    }

    private static AsOf at(String now) {
        return new AsOf(LocalDateTime.parse(now), MIDNIGHT);
    }

    private static DateRange days(String first, String last) {
        return new DateRange(LocalDate.parse(first), LocalDate.parse(last));
    }
}
