package coworking.analytics.domain.report;

import coworking.analytics.domain.time.AsOf;
import coworking.analytics.domain.time.DateRange;
import coworking.analytics.domain.time.Interval;
import coworking.analytics.domain.time.TimeSpan;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The intervals of a report, and the periods that they are compared with. They determine which facts a query reads. */
public final class Buckets {

    private final Interval interval;
    private final List<Bucket> buckets;

    private Buckets(Interval interval, List<Bucket> buckets) {
        this.interval = interval;
        this.buckets = buckets;
    }

    /** The intervals of a range, ascending. */
    public static Buckets of(DateRange range, Interval interval, ComparisonMode comparison, AsOf asOf) {
        return of(interval.split(range).stream(), range, interval, comparison, asOf);
    }

    /** The intervals of the given days of a range: for long ranges, most of whose intervals are empty. */
    public static Buckets of(Collection<LocalDate> days, DateRange range, Interval interval, ComparisonMode comparison, AsOf asOf) {
        var firsts = days.stream().filter(range::contains).map(interval::firstDayOf).distinct().sorted();
        return of(firsts.map(first -> intersection(interval.expandToWhole(new DateRange(first, first)), range)), range, interval,
                comparison,
                asOf);
    }

    private static DateRange intersection(DateRange whole, DateRange range) {
        return new DateRange(
                whole.first().isBefore(range.first()) ? range.first() : whole.first(),
                whole.last().isAfter(range.last()) ? range.last() : whole.last());
    }

    private static Buckets of(Stream<DateRange> intervals, DateRange range, Interval interval, ComparisonMode comparison, AsOf asOf) {
        var offset = ComparisonOffset.of(comparison, interval, range);
        return new Buckets(interval, intervals.map(part -> Bucket.of(part, interval, offset, asOf)).toList());
    }

    Interval interval() {
        return interval;
    }

    List<Bucket> buckets() {
        return buckets;
    }

    /** The whole span of each interval; ascending, without overlap. */
    public List<TimeSpan> spans() {
        return buckets.stream().map(bucket -> bucket.period().span()).toList();
    }

    /** The spans that intervals are compared with; ascending, without overlap. Intervals without a comparison have none. */
    public List<TimeSpan> comparisonSpans() {
        return comparisons().map(ComparablePeriod::span).toList();
    }

    /** The period from the first comparison to the last; empty if nothing is compared. */
    public Optional<ComparablePeriod> comparisonPeriod() {
        return comparisons().reduce((one, next) -> new ComparablePeriod(
                new DateRange(one.range().first(), next.range().last()),
                new TimeSpan(one.span().from(), next.span().to(), next.span().before())));
    }

    private Stream<ComparablePeriod> comparisons() {
        return buckets.stream().flatMap(bucket -> bucket.comparison().stream());
    }

    /**
     * One interval.
     *
     * @param label the interval's {@linkplain Interval#nameOf name}
     * @param period the whole interval
     * @param comparison the period that it is compared with; empty without a comparison, or if the interval has not begun
     * @param isPartial whether it is not over
     */
    record Bucket(String label, ComparablePeriod period, Optional<ComparablePeriod> comparison, boolean isPartial) {

        private static Bucket of(DateRange range, Interval interval, Optional<ComparisonOffset> offset, AsOf asOf) {
            var before = offset.filter(some -> asOf.hasStarted(range))
                    .map(some -> ComparablePeriod.complete(some.applyTo(range), asOf.dayStart()).limitedToElapsedOf(range, asOf));
            return new Bucket(
                    interval.nameOf(range.first()), ComparablePeriod.complete(range, asOf.dayStart()), before, !asOf.isOver(range));
        }
    }
}
