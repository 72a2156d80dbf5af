package coworking.analytics.domain;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/**
 * One metric over time.
 *
 * @param metric what was counted
 * @param interval by what it was grouped
 * @param points ascending
 */
public record DailySeries(Metric metric, Interval interval, List<Point> points) {

    public DailySeries {
        points = List.copyOf(points);
    }

    /**
     * Tokens over time.
     *
     * @param metric which tokens: USED or ISSUED
     * @param table the intervals
     * @param tallies those of the table's days; others do not matter
     * @param before those that count of {@linkplain Timetable#allBefore the days before}; none where there are none
     */
    public static DailySeries ofTokens(
            Metric metric, Timetable table, Fill fill, Collection<HourTally> tallies, Collection<HourTally> before) {
        var sums = new DaySums(tallies, metric);
        var sumsBefore = new DaySums(before, metric);
        return of(metric, table, fill, slot -> sums.in(slot.whole().days()), then -> sumsBefore.in(then.days()));
    }

    /**
     * Visiting members over time.
     *
     * @param visitors how many there were in each of the table's {@linkplain Timetable#spans spans}
     * @param before how many there were in each of its {@linkplain Timetable#spansBefore spans before}
     */
    public static DailySeries ofMembers(Timetable table, Fill fill, List<Long> visitors, List<Long> before) {
        var values = visitors.iterator();
        var valuesBefore = before.iterator();
        return of(Metric.MEMBERS, table, fill, slot -> values.next(), then -> valuesBefore.next());
    }

    private static DailySeries of(
            Metric metric,
            Timetable table,
            Fill fill,
            ToLongFunction<Timetable.Slot> values,
            ToLongFunction<Stretch> valuesBefore) {
        var points = table.slots().stream()
                .map(slot -> Point.of(slot, values.applyAsLong(slot), valuesBefore))
                .filter(point -> fill == Fill.ZERO || point.value() != 0)
                .toList();
        return new DailySeries(metric, table.interval(), points);
    }

    /**
     * The metric in one interval.
     *
     * @param name the interval's {@linkplain Interval#nameOf name}
     * @param days the days of it that were asked for
     * @param value the metric in these days
     * @param before the metric in the days that these are compared with; empty where nothing was to be compared, or these have not begun
     * @param isPartial whether these days are not over yet; {@code before} then counts no more time than has passed in these
     */
    public record Point(String name, Days days, long value, Optional<Before> before, boolean isPartial) {

        private static Point of(Timetable.Slot slot, long value, ToLongFunction<Stretch> valuesBefore) {
            var before = slot.before().map(then -> new Before(then.days(), valuesBefore.applyAsLong(then)));
            return new Point(slot.name(), slot.whole().days(), value, before, slot.isPartial());
        }

        /** The change from {@code before}, in per cent of it; empty where there is no value before, or it is 0. */
        public OptionalDouble changePercent() {
            return before.filter(was -> was.value() != 0)
                    .map(was -> OptionalDouble.of(100.0 * (value - was.value()) / was.value()))
                    .orElse(OptionalDouble.empty());
        }
    }

    /**
     * What an interval is compared with.
     *
     * @param days the days: as many as on the other side, but a whole month where that is one
     * @param value the metric in them, over as much time as has passed on the other side
     */
    public record Before(Days days, long value) {}

    /** All values together; empty for members, of whom the same come again. */
    public OptionalLong total() {
        return metric == Metric.MEMBERS ? OptionalLong.empty() : OptionalLong.of(points.stream().mapToLong(Point::value).sum());
    }
}
