package coworking.analytics.domain.report;

import coworking.analytics.domain.fact.HourCounts;
import coworking.analytics.domain.time.DateRange;
import java.time.DayOfWeek;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Used tokens by weekday and hour.
 *
 * @param isAverage whether the values are per day of that weekday in the range, rather than in total
 * @param rows seven, from Monday to Sunday
 */
public record Arrivals(boolean isAverage, List<WeekdayArrivals> rows) {

    public Arrivals {
        rows = List.copyOf(rows);
    }

    /**
     * The used tokens of a range of dates.
     *
     * @param counts the counts of these dates
     */
    public static Arrivals from(DateRange range, boolean isAverage, Collection<HourCounts> counts) {
        var used = new long[DayOfWeek.values().length][24];
        counts.forEach(hour -> used[indexOf(hour.day().getDayOfWeek())][hour.hour()] += hour.used());
        var rows = Stream.of(DayOfWeek.values()).map(weekday -> row(weekday, range.dayCount(weekday), isAverage, used[indexOf(weekday)]));
        return new Arrivals(isAverage, rows.toList());
    }

    /** The arrivals of no days. */
    public static Arrivals empty(boolean isAverage) {
        return new Arrivals(isAverage, Stream.of(DayOfWeek.values()).map(weekday -> row(weekday, 0, isAverage, new long[24])).toList());
    }

    private static int indexOf(DayOfWeek weekday) {
        return weekday.getValue() - 1;
    }

    private static WeekdayArrivals row(DayOfWeek weekday, long dayCount, boolean isAverage, long[] used) {
        var divisor = isAverage ? Math.max(1, dayCount) : 1;
        return new WeekdayArrivals(weekday, dayCount,
                IntStream.range(0, used.length).mapToObj(hour -> (double) used[hour] / divisor).toList());
    }

    /**
     * One weekday.
     *
     * @param weekday of the day that a token counts to, under the day's start
     * @param dayCount how many days of that weekday are in the range
     * @param hours 24 values, by the hour of the wall clock, from 0 to 23
     */
    public record WeekdayArrivals(DayOfWeek weekday, long dayCount, List<Double> hours) {

        public WeekdayArrivals {
            hours = List.copyOf(hours);
        }
    }
}
