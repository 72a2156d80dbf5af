package coworking.analytics.domain.report;

import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.SECONDS;

import coworking.analytics.domain.fact.HourCounts;
import coworking.analytics.domain.time.DateRange;
import coworking.analytics.domain.time.DayStart;
import coworking.analytics.domain.time.SpaceClock;
import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Used tokens by weekday and hour.
 *
 * @param isAverage whether the values are per day of that weekday in the range, rather than in total; an hour that the clock skipped or showed twice
 *        on some day is divided by the times that it was shown
 * @param rows seven, from Monday to Sunday
 */
public record Arrivals(boolean isAverage, List<WeekdayArrivals> rows) {

    private static final int SECONDS_PER_HOUR = 3_600;

    public Arrivals {
        rows = List.copyOf(rows);
    }

    /**
     * The used tokens of a range of dates.
     *
     * @param counts the counts of these dates
     * @param clock changes of the space's clock skip an hour of a weekday, or add one: an average is per hour that the clock really showed
     */
    public static Arrivals from(DateRange range, boolean isAverage, Collection<HourCounts> counts, DayStart dayStart, SpaceClock clock) {
        var used = new long[DayOfWeek.values().length][24];
        counts.forEach(hour -> used[indexOf(hour.day().getDayOfWeek())][hour.hour()] += hour.used());
        var divisors = isAverage ? hoursShown(range, dayStart, clock) : totals();
        var rows = Stream.of(DayOfWeek.values())
                .map(weekday -> row(weekday, range.dayCount(weekday), used[indexOf(weekday)], divisors[indexOf(weekday)]));
        return new Arrivals(isAverage, rows.toList());
    }

    private static double[][] totals() {
        var ones = new double[DayOfWeek.values().length][24];
        Stream.of(ones).forEach(hours -> Arrays.fill(hours, 1));
        return ones;
    }

    /** For how many hours the wall clock showed each hour of each weekday, half an hour where it skipped half of it. */
    private static double[][] hoursShown(DateRange range, DayStart dayStart, SpaceClock clock) {
        var shown = new double[DayOfWeek.values().length][24];
        for (var weekday : DayOfWeek.values()) {
            Arrays.fill(shown[indexOf(weekday)], (double) range.dayCount(weekday));
        }
        for (var change : clock.changesWithin(dayStart.spanOf(range))) {
            for (var begin = change.times().from(); begin.isBefore(change.times().to());) {
                var end = Stream.of(begin.truncatedTo(HOURS).plusHours(1), change.times().to(), begin.toLocalDate().atTime(dayStart.at()))
                        .filter(begin::isBefore).min(Comparator.naturalOrder()).orElseThrow();
                var hours = (double) begin.until(end, SECONDS) / SECONDS_PER_HOUR;
                shown[indexOf(dayStart.dayOf(begin).getDayOfWeek())][begin.getHour()] += change.isRepeated() ? hours : -hours;
                begin = end;
            }
        }
        return shown;
    }

    /** The arrivals of no days. */
    public static Arrivals empty(boolean isAverage) {
        return new Arrivals(isAverage,
                Stream.of(DayOfWeek.values()).map(weekday -> row(weekday, 0, new long[24], new double[24])).toList());
    }

    private static int indexOf(DayOfWeek weekday) {
        return weekday.getValue() - 1;
    }

    private static WeekdayArrivals row(DayOfWeek weekday, long dayCount, long[] used, double[] divisors) {
        return new WeekdayArrivals(weekday, dayCount,
                IntStream.range(0, used.length).mapToObj(hour -> divisors[hour] > 0 ? used[hour] / divisors[hour] : (double) used[hour])
                        .toList());
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
