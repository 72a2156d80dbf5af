package coworking.analytics.domain.report;

import coworking.analytics.domain.fact.HourCounts;
import coworking.analytics.domain.time.DateRange;
import coworking.analytics.domain.time.Interval;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/**
 * One metric over time.
 *
 * @param metric the metric
 * @param interval the length of the intervals
 * @param points ascending
 */
public record UsageSeries(UsageMetric metric, Interval interval, List<UsagePoint> points) {

    public UsageSeries {
        points = List.copyOf(points);
    }

    /**
     * Tokens over time.
     *
     * @param metric which tokens: USED or ISSUED
     * @param buckets the intervals
     * @param counts the counts of what counts of their {@linkplain Buckets#period period}; others are ignored
     * @param before the counts of the {@linkplain Buckets#comparisonPeriod comparison period}; empty without a comparison
     */
    public static UsageSeries ofTokenCounts(
            UsageMetric metric, Buckets buckets, GapFill fill, Collection<HourCounts> counts, Collection<HourCounts> before) {
        var sums = new DailyTotals(counts, metric);
        var sumsBefore = new DailyTotals(before, metric);
        return of(metric, buckets, fill, bucket -> sums.totalOf(bucket.period().range()), period -> sumsBefore.totalOf(period.range()));
    }

    /**
     * Visiting members over time.
     *
     * @param visitors the number of visitors in each of the {@linkplain Buckets#spans spans}
     * @param before the number of visitors in each of the {@linkplain Buckets#comparisonSpans comparison spans}
     */
    public static UsageSeries ofVisitorCounts(Buckets buckets, GapFill fill, List<Long> visitors, List<Long> before) {
        var values = visitors.iterator();
        var valuesBefore = before.iterator();
        return of(UsageMetric.MEMBERS, buckets, fill, bucket -> bucket.counts() ? values.next() : 0, period -> valuesBefore.next());
    }

    private static UsageSeries of(
            UsageMetric metric,
            Buckets buckets,
            GapFill fill,
            ToLongFunction<Buckets.Bucket> values,
            ToLongFunction<ComparablePeriod> valuesBefore) {
        var points = buckets.buckets().stream()
                .map(bucket -> UsagePoint.of(bucket, values.applyAsLong(bucket), valuesBefore))
                .filter(point -> fill == GapFill.ZERO || point.value() != 0)
                .toList();
        return new UsageSeries(metric, buckets.interval(), points);
    }

    /**
     * The metric in one interval.
     *
     * @param label the interval's {@linkplain Interval#nameOf name}
     * @param range its dates within the requested range
     * @param value the metric on these dates; of an interval that is compared and not over, up to now
     * @param comparison the metric in the comparison period; empty without a comparison, if the interval has not begun, or if no dates are left
     *     for it
     * @param isPartial whether the interval is not over; then the comparison counts only as much time as has elapsed
     */
    public record UsagePoint(String label, DateRange range, long value, Optional<ComparisonValue> comparison, boolean isPartial) {

        private static UsagePoint of(Buckets.Bucket bucket, long value, ToLongFunction<ComparablePeriod> valuesBefore) {
            var before = bucket.comparison().map(period -> new ComparisonValue(period.range(), valuesBefore.applyAsLong(period)));
            return new UsagePoint(bucket.label(), bucket.period().range(), value, before, bucket.isPartial());
        }

        /** The change from the comparison, in per cent of it; empty if there is none, or it is 0. */
        public OptionalDouble changePercent() {
            return comparison.filter(was -> was.value() != 0)
                    .map(was -> OptionalDouble.of(100.0 * (value - was.value()) / was.value()))
                    .orElse(OptionalDouble.empty());
        }
    }

    /**
     * The metric in a comparison period.
     *
     * @param range its dates: as many as those of the interval that have begun, or whole months beside whole months
     * @param value the metric, over as much time as has elapsed of the interval
     */
    public record ComparisonValue(DateRange range, long value) {}

    /** The sum of all values; empty for members, because the same member may count in several intervals. */
    public OptionalLong total() {
        return metric == UsageMetric.MEMBERS ? OptionalLong.empty() : OptionalLong.of(points.stream().mapToLong(UsagePoint::value).sum());
    }
}
