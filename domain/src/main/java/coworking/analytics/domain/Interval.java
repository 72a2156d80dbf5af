package coworking.analytics.domain;

import static java.time.DayOfWeek.MONDAY;
import static java.time.temporal.TemporalAdjusters.previousOrSame;
import static java.util.Locale.ROOT;

import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.List;

/** By what a report groups its days. */
public enum Interval {

    /** Single days. */
    DAY,

    /** Weeks of ISO 8601: they begin on Monday, and the week with the year's first Thursday is its first. */
    WEEK,

    /** Calendar months. */
    MONTH;

    /** The first day of the interval in which a day lies. */
    public LocalDate firstDayOf(LocalDate day) {
        return switch (this) {
            case DAY -> day;
            case WEEK -> day.with(previousOrSame(MONDAY));
            case MONTH -> day.withDayOfMonth(1);
        };
    }

    /** The first day of the interval that comes {@code count} intervals after the one in which a day lies; before it where negative. */
    public LocalDate plus(LocalDate day, long count) {
        var first = firstDayOf(day);
        return switch (this) {
            case DAY -> first.plusDays(count);
            case WEEK -> first.plusWeeks(count);
            case MONTH -> first.plusMonths(count);
        };
    }

    /** The days cut into intervals, ascending. The first and the last are shorter where the days begin or end in the middle of one. */
    public List<Days> split(Days days) {
        var intervals = new ArrayList<Days>();
        for (var first = days.first(); !first.isAfter(days.last());) {
            var next = plus(first, 1);
            intervals.add(new Days(first, next.isAfter(days.last()) ? days.last() : next.minusDays(1)));
            first = next;
        }
        return List.copyOf(intervals);
    }

    /** The days of all intervals in which some of these days lie. */
    public Days around(Days days) {
        return new Days(firstDayOf(days.first()), plus(days.last(), 1).minusDays(1));
    }

    /** What the interval in which a day lies is called in ISO 8601: {@code 2026-03-01}, {@code 2026-W53}, {@code 2026-03}. */
    public String nameOf(LocalDate day) {
        return switch (this) {
            case DAY -> day.toString();
            case WEEK -> yearOf(LocalDate.of(day.get(IsoFields.WEEK_BASED_YEAR), 1, 1))
                    + String.format(ROOT, "-W%02d", day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case MONTH -> yearOf(day) + String.format(ROOT, "-%02d", day.getMonthValue());
        };
    }

    /** Four digits; a sign where that is not enough. */
    private static String yearOf(LocalDate day) {
        var text = day.toString();
        return text.substring(0, text.length() - "-mm-dd".length());
    }
}
