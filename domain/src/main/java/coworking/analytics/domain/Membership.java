package coworking.analytics.domain;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * How the number of members grew.
 *
 * @param interval by what it is grouped
 * @param active how many known users are active now
 * @param inactive how many are not
 * @param undated how many of them all have no recorded date of joining, and so are in no interval
 * @param points ascending
 */
public record Membership(Interval interval, long active, long inactive, long undated, List<Point> points) {

    public Membership {
        points = List.copyOf(points);
    }

    /**
     * The growth in a table's intervals.
     *
     * @param joins all known users, whenever they joined
     */
    public static Membership from(Timetable table, Collection<JoinTally> joins) {
        var joined = joinedUpTo(joins);
        return of(table.interval(), joins, table.slots().stream().map(slot -> point(slot, joined)).toList());
    }

    /** No interval at all: only what is so now. */
    public static Membership none(Interval interval, Collection<JoinTally> joins) {
        return of(interval, joins, List.of());
    }

    private static Membership of(Interval interval, Collection<JoinTally> joins, List<Point> points) {
        return new Membership(
                interval,
                sum(joins, JoinTally::active),
                sum(joins, JoinTally::inactive),
                sum(joins.stream().filter(tally -> tally.day().isEmpty()).toList(), JoinTally::members),
                points);
    }

    private static Point point(Timetable.Slot slot, NavigableMap<LocalDate, Long> joinedUpTo) {
        var days = slot.whole().days();
        var before = value(joinedUpTo, days.first().minusDays(1));
        var cumulative = value(joinedUpTo, days.last());
        return new Point(slot.name(), days, cumulative - before, cumulative, slot.isPartial());
    }

    private static long value(NavigableMap<LocalDate, Long> joinedUpTo, LocalDate day) {
        var entry = joinedUpTo.floorEntry(day);
        return entry == null ? 0 : entry.getValue();
    }

    private static NavigableMap<LocalDate, Long> joinedUpTo(Collection<JoinTally> joins) {
        var sums = new TreeMap<LocalDate, Long>();
        joins.forEach(tally -> tally.day().ifPresent(day -> sums.merge(day, tally.members(), Long::sum)));
        var sum = 0L;
        for (var entry : sums.entrySet()) {
            sum += entry.getValue();
            entry.setValue(sum);
        }
        return sums;
    }

    private static long sum(Collection<JoinTally> joins, ToLongFunction<JoinTally> members) {
        return joins.stream().mapToLong(members).sum();
    }

    /**
     * One interval.
     *
     * @param name the interval's {@linkplain Interval#nameOf name}
     * @param days the days of it that were asked for
     * @param joined how many of the known users joined in these days
     * @param cumulative how many joined in them or earlier
     * @param isPartial whether these days are not over yet
     */
    public record Point(String name, Days days, long joined, long cumulative, boolean isPartial) {}
}
