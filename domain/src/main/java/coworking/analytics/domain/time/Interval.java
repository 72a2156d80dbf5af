package coworking.analytics.domain.time;

import static java.time.DayOfWeek.MONDAY;
import static java.time.temporal.TemporalAdjusters.previousOrSame;
import static java.util.Locale.ROOT;

import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.List;

/** The length of the intervals of a report. */
public enum Interval {

    /** Single days. */
    DAY,

    /** Weeks of ISO 8601: they begin on Monday, and the week with the year's first Thursday is its first. */
    WEEK,

    /** Calendar months. */
    MONTH;

    /** The first day of the interval that contains a day. */
    public LocalDate firstDayOf(LocalDate day) {
        return switch (this) {
            case DAY -> day;
            case WEEK -> day.with(previousOrSame(MONDAY));
            case MONTH -> day.withDayOfMonth(1);
        };
    }

    /** The first day of the interval that is {@code count} intervals after the one that contains a day, or before it if negative. */
    public LocalDate plus(LocalDate day, long count) {
        var first = firstDayOf(day);
        return switch (this) {
            case DAY -> first.plusDays(count);
            case WEEK -> first.plusWeeks(count);
            case MONTH -> first.plusMonths(count);
        };
    }

    /** The range split into intervals, ascending. The first and the last are shorter if the range begins or ends within an interval. */
    public List<DateRange> split(DateRange range) {
        var intervals = new ArrayList<DateRange>();
        for (var first = range.first(); !first.isAfter(range.last());) {
            var next = plus(first, 1);
            intervals.add(new DateRange(first, next.isAfter(range.last()) ? range.last() : next.minusDays(1)));
            first = next;
        }
        return List.copyOf(intervals);
    }

    /** The range of all intervals that overlap a range. */
    public DateRange expandToWhole(DateRange range) {
        return new DateRange(firstDayOf(range.first()), plus(range.last(), 1).minusDays(1));
    }

    /** The ISO 8601 name of the interval that contains a day: {@code 2026-03-01}, {@code 2026-W53}, {@code 2026-03}. */
    public String nameOf(LocalDate day) {
        return switch (this) {
            case DAY -> day.toString();
            case WEEK -> yearText(LocalDate.of(day.get(IsoFields.WEEK_BASED_YEAR), 1, 1))
                    + String.format(ROOT, "-W%02d", day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case MONTH -> yearText(day) + String.format(ROOT, "-%02d", day.getMonthValue());
        };
    }

    /** Four digits; more, with a sign, if the year has more. */
    private static String yearText(LocalDate day) {
        var text = day.toString();
        return text.substring(0, text.length() - "-mm-dd".length());
    }
}
