package coworking.analytics.domain.time;

import static java.time.temporal.TemporalAdjusters.nextOrSame;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A range of at least one day.
 *
 * @param first the first day
 * @param last the last day, inclusive; not before {@code first}
 */
public record DateRange(LocalDate first, LocalDate last) {

    /** A range is long if its last day is more than this number of years after its first day. */
    public static final int LONG_RANGE_YEARS = 10;

    /**
     * The plausible dates: those that have a year of four digits. No report has other dates, and no open end of a range stands for another one. A
     * store's infinities are its ends.
     */
    public static final DateRange CALENDAR = new DateRange(LocalDate.of(1, 1, 1), LocalDate.of(9999, 12, 31));

    public DateRange {
        if (last.isBefore(first)) {
            throw new IllegalArgumentException("The last day must not be before the first, but " + last + " is before " + first);
        }
    }

    /** The shortest range that contains this one and another one. */
    public DateRange hull(DateRange other) {
        return new DateRange(first.isBefore(other.first) ? first : other.first, last.isAfter(other.last) ? last : other.last);
    }

    /** The number of days; at least 1. */
    public long dayCount() {
        return ChronoUnit.DAYS.between(first, last) + 1;
    }

    /** Whether the range contains the day. */
    public boolean contains(LocalDate day) {
        return !day.isBefore(first) && !day.isAfter(last);
    }

    /** The number of days that fall on a weekday. */
    public long dayCount(DayOfWeek weekday) {
        var firstOfThem = first.with(nextOrSame(weekday));
        return firstOfThem.isAfter(last) ? 0 : ChronoUnit.WEEKS.between(firstOfThem, last) + 1;
    }

    /** Whether the range is too long for a row per interval. */
    public boolean isLong() {
        return last.isAfter(first.plusYears(LONG_RANGE_YEARS));
    }

    /** The days that are in both ranges; empty if there is none. */
    public Optional<DateRange> intersection(DateRange other) {
        var begin = first.isBefore(other.first) ? other.first : first;
        var end = last.isAfter(other.last) ? other.last : last;
        return begin.isAfter(end) ? Optional.empty() : Optional.of(new DateRange(begin, end));
    }

    /** The first day from which a range that ends with a last day is not {@linkplain #isLong() long}. */
    public static LocalDate firstDayOfLongest(LocalDate last) {
        var first = last.minusYears(LONG_RANGE_YEARS);
        return new DateRange(first, last).isLong() ? first.plusDays(1) : first;
    }

    /** A range of the same length, a number of days earlier. */
    public DateRange minusDays(long days) {
        return new DateRange(first.minusDays(days), last.minusDays(days));
    }
}
