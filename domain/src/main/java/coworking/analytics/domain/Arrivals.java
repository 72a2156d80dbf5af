package coworking.analytics.domain;

import java.time.DayOfWeek;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * When in the week members come: used tokens by weekday and hour.
 *
 * @param isAverage whether the values are per day of that weekday in the range, rather than in all
 * @param rows seven, from Monday to Sunday
 */
public record Arrivals(boolean isAverage, List<Row> rows) {

    public Arrivals {
        rows = List.copyOf(rows);
    }

    /**
     * The used tokens of these days.
     *
     * @param tallies those of the days
     */
    public static Arrivals from(Days days, boolean isAverage, Collection<HourTally> tallies) {
        var used = new long[DayOfWeek.values().length][24];
        tallies.forEach(tally -> used[place(tally.day().getDayOfWeek())][tally.hour()] += tally.used());
        var rows = Stream.of(DayOfWeek.values()).map(weekday -> row(weekday, days.count(weekday), isAverage, used[place(weekday)]));
        return new Arrivals(isAverage, rows.toList());
    }

    /** No day at all. */
    public static Arrivals none(boolean isAverage) {
        return new Arrivals(isAverage, Stream.of(DayOfWeek.values()).map(weekday -> row(weekday, 0, isAverage, new long[24])).toList());
    }

    private static int place(DayOfWeek weekday) {
        return weekday.getValue() - 1;
    }

    private static Row row(DayOfWeek weekday, long days, boolean isAverage, long[] used) {
        var divisor = isAverage ? Math.max(1, days) : 1;
        return new Row(weekday, days, IntStream.range(0, used.length).mapToObj(hour -> (double) used[hour] / divisor).toList());
    }

    /**
     * One weekday.
     *
     * @param weekday of the day that a token counts to, under the day's start
     * @param days how many days of that weekday are in the range
     * @param hours 24 values, by the hour of the wall clock, from 0 to 23
     */
    public record Row(DayOfWeek weekday, long days, List<Double> hours) {

        public Row {
            hours = List.copyOf(hours);
        }
    }
}
