package coworking.analytics.domain.report;

import coworking.analytics.domain.fact.JoinCounts;
import coworking.analytics.domain.time.DateRange;
import coworking.analytics.domain.time.Interval;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * How the number of members grew.
 *
 * @param interval the length of the intervals
 * @param active how many known users are active now
 * @param inactive how many are not
 * @param undated how many known users have no recorded date of joining, and so are in no interval
 * @param points ascending
 */
public record MembershipGrowth(Interval interval, long active, long inactive, long undated, List<MembershipPoint> points) {

    public MembershipGrowth {
        points = List.copyOf(points);
    }

    /**
     * The growth in the intervals of some buckets.
     *
     * @param joins all known users, whenever they joined
     */
    public static MembershipGrowth from(Buckets buckets, Collection<JoinCounts> joins) {
        var joined = joinedUpTo(joins);
        return of(buckets.interval(), joins, buckets.buckets().stream().map(bucket -> point(bucket, joined)).toList());
    }

    /** No intervals: only the present numbers. */
    public static MembershipGrowth empty(Interval interval, Collection<JoinCounts> joins) {
        return of(interval, joins, List.of());
    }

    private static MembershipGrowth of(Interval interval, Collection<JoinCounts> joins, List<MembershipPoint> points) {
        return new MembershipGrowth(
                interval,
                sum(joins, JoinCounts::active),
                sum(joins, JoinCounts::inactive),
                sum(joins.stream().filter(counts -> counts.day().isEmpty()).toList(), JoinCounts::total),
                points);
    }

    private static MembershipPoint point(Buckets.Bucket bucket, NavigableMap<LocalDate, Long> joinedUpTo) {
        var range = bucket.period().range();
        var before = cumulativeAt(joinedUpTo, range.first().minusDays(1));
        var cumulative = cumulativeAt(joinedUpTo, range.last());
        return new MembershipPoint(bucket.label(), range, cumulative - before, cumulative, bucket.isPartial());
    }

    private static long cumulativeAt(NavigableMap<LocalDate, Long> joinedUpTo, LocalDate day) {
        var entry = joinedUpTo.floorEntry(day);
        return entry == null ? 0 : entry.getValue();
    }

    private static NavigableMap<LocalDate, Long> joinedUpTo(Collection<JoinCounts> joins) {
        var sums = new TreeMap<LocalDate, Long>();
        joins.forEach(counts -> counts.day().ifPresent(day -> sums.merge(day, counts.total(), Long::sum)));
        var sum = 0L;
        for (var entry : sums.entrySet()) {
            sum += entry.getValue();
            entry.setValue(sum);
        }
        return sums;
    }

    private static long sum(Collection<JoinCounts> joins, ToLongFunction<JoinCounts> members) {
        return joins.stream().mapToLong(members).sum();
    }

    /**
     * One interval.
     *
     * @param label the interval's {@linkplain Interval#nameOf name}
     * @param range its dates within the requested range
     * @param joined how many of the known users joined in these days
     * @param cumulative how many joined in them or earlier
     * @param isPartial whether these days are not over yet
     */
    public record MembershipPoint(String label, DateRange range, long joined, long cumulative, boolean isPartial) {}
}
