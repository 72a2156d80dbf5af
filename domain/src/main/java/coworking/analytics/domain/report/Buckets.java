package coworking.analytics.domain.report;

import coworking.analytics.domain.time.AsOf;
import coworking.analytics.domain.time.DateRange;
import coworking.analytics.domain.time.Interval;
import coworking.analytics.domain.time.TimeSpan;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The intervals of a report, and the periods that they are compared with. They determine which facts a query reads. */
public final class Buckets {

    private final Interval interval;
    private final ComparablePeriod period;
    private final List<Bucket> buckets;

    private Buckets(Interval interval, ComparablePeriod period, List<Bucket> buckets) {
        this.interval = interval;
        this.period = period;
        this.buckets = buckets;
    }

    /** The intervals of a range, ascending. */
    public static Buckets of(DateRange range, Interval interval, ComparisonMode comparison, AsOf asOf) {
        return of(interval.split(range).stream(), range, interval, comparison, asOf);
    }

    /** The intervals of the given days of a range: for long ranges, most of whose intervals are empty. */
    public static Buckets of(Collection<LocalDate> days, DateRange range, Interval interval, ComparisonMode comparison, AsOf asOf) {
        var firsts = days.stream().filter(range::contains).map(interval::firstDayOf).distinct().sorted();
        return of(firsts.flatMap(first -> interval.expandToWhole(new DateRange(first, first)).intersection(range).stream()), range,
                interval,
                comparison,
                asOf);
    }

    private static Buckets of(Stream<DateRange> intervals, DateRange range, Interval interval, ComparisonMode comparison, AsOf asOf) {
        var offset = ComparisonOffset.ofIntervals(comparison, interval, range).filter(some -> asOf.hasStarted(range));
        var parts = intervals.toList();
        var period = offset.isPresent() ? ComparablePeriod.elapsed(range, asOf) : ComparablePeriod.complete(range, asOf.dayStart());
        return new Buckets(interval, period, offset.map(some -> compared(parts, interval, some, asOf))
                .orElseGet(() -> parts.stream().map(part -> Bucket.complete(part, interval, asOf)).toList()));
    }

    private static List<Bucket> compared(List<DateRange> parts, Interval interval, ComparisonOffset offset, AsOf asOf) {
        var begun = parts.stream().filter(asOf::hasStarted).map(asOf::reachedPart).toList();
        var comparisons = offset.applyToEach(begun);
        return IntStream.range(0, parts.size())
                .mapToObj(i -> i < begun.size()
                        ? Bucket.elapsed(parts.get(i), begun.get(i), comparisons.get(i), interval, asOf)
                        : Bucket.notBegun(parts.get(i), interval, asOf))
                .toList();
    }

    Interval interval() {
        return interval;
    }

    List<Bucket> buckets() {
        return buckets;
    }

    /** What counts of the range: all of it, or what has elapsed if it is compared, so that no more counts on this side than on the other. */
    public ComparablePeriod period() {
        return period;
    }

    /** The span that counts of each interval; ascending, without overlap. Intervals of which nothing counts have none. */
    public List<TimeSpan> spans() {
        return buckets.stream().filter(Bucket::counts).map(bucket -> bucket.period().span()).toList();
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
     * @param period the whole interval, of which only what has elapsed counts if it is compared
     * @param comparison the period that it is compared with; empty without a comparison, if the interval has not begun, or if no dates are left
     *     for it
     * @param isPartial whether it is not over
     */
    record Bucket(String label, ComparablePeriod period, Optional<ComparablePeriod> comparison, boolean isPartial) {

        private static Bucket of(DateRange range, TimeSpan span, Optional<ComparablePeriod> comparison, Interval interval, AsOf asOf) {
            return new Bucket(interval.nameOf(range.first()), new ComparablePeriod(range, span), comparison, !asOf.isOver(range));
        }

        private static Bucket complete(DateRange range, Interval interval, AsOf asOf) {
            return of(range, asOf.dayStart().spanOf(range), Optional.empty(), interval, asOf);
        }

        private static Bucket notBegun(DateRange range, Interval interval, AsOf asOf) {
            var begin = asOf.dayStart().spanOf(range).from();
            return of(range, new TimeSpan(begin, begin), Optional.empty(), interval, asOf);
        }

        private static Bucket elapsed(DateRange range, DateRange reached, Optional<DateRange> comparison, Interval interval, AsOf asOf) {
            var before = comparison.map(dates -> ComparablePeriod.complete(dates, asOf.dayStart()).limitedToElapsedOf(reached, asOf));
            return of(range, ComparablePeriod.elapsed(range, asOf).span(), before, interval, asOf);
        }

        /** Whether anything of the interval counts. */
        boolean counts() {
            return !period.span().length().isZero();
        }
    }
}
