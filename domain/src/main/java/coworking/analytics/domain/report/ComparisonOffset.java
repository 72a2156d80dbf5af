package coworking.analytics.domain.report;

import static java.time.temporal.ChronoUnit.MONTHS;

import coworking.analytics.domain.time.DateRange;
import coworking.analytics.domain.time.Interval;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far back the dates lie that others are compared with.
 *
 * <p>The rule of all comparisons: whole months are compared with as many whole months, days 1 to n of a month with days 1 to n, and any other
 * dates with as many dates. No date is on the other side more often than on this one.
 */
sealed interface ComparisonOffset {

    /** 52 weeks, so that each day is compared with one of the same weekday. */
    long DAYS_PER_YEAR = 364;

    long DAYS_PER_WEEK = 7;

    /** Four weeks, which keep the weekdays; no month has less. */
    long DAYS_PER_FOUR_WEEKS = 28;

    long MONTHS_PER_YEAR = 12;

    /** The dates that some dates are compared with, regardless of where the calendar begins. */
    DateRange applyTo(DateRange dates);

    /** The offset of the intervals of a range; empty without a comparison. */
    static Optional<ComparisonOffset> ofIntervals(ComparisonMode comparison, Interval interval, DateRange range) {
        return switch (comparison) {
            case NONE -> Optional.empty();
            case PREVIOUS -> Optional.of(
                    interval == Interval.MONTH ? new MonthOffset(offsetMonths(range)) : new DayOffset(offsetDays(range, interval)));
            case WEEK -> Optional.of(new DayOffset(DAYS_PER_WEEK));
            case MONTH -> Optional.of(interval == Interval.WEEK ? new DayOffset(DAYS_PER_FOUR_WEEKS) : new MonthOffset(1));
            case YEAR -> Optional.of(interval == Interval.MONTH ? new MonthOffset(MONTHS_PER_YEAR) : new DayOffset(DAYS_PER_YEAR));
        };
    }

    /** The offset of a range as a whole; empty without a comparison. */
    static Optional<ComparisonOffset> ofRange(ComparisonMode comparison, DateRange range) {
        return switch (comparison) {
            case NONE -> Optional.empty();
            case PREVIOUS -> Optional.of(
                    isComparedByMonths(range) ? new MonthOffset(offsetMonths(range)) : new DayOffset(offsetDays(range, Interval.DAY)));
            case WEEK -> Optional.of(new DayOffset(DAYS_PER_WEEK));
            case MONTH -> Optional.of(new MonthOffset(1));
            case YEAR -> Optional.of(isComparedByMonths(range) ? new MonthOffset(MONTHS_PER_YEAR) : new DayOffset(DAYS_PER_YEAR));
        };
    }

    /** Whole months, and days 1 to n of a month; but a day and seven days are compared with the same weekdays. */
    private static boolean isComparedByMonths(DateRange range) {
        var isPartOfMonth = range.first().getDayOfMonth() == 1 && YearMonth.from(range.first()).equals(YearMonth.from(range.last()));
        return isWholeMonths(range) || (isPartOfMonth && range.dayCount() != 1 && range.dayCount() != DAYS_PER_WEEK);
    }

    /** Whether dates are those of one or more whole months. */
    static boolean isWholeMonths(DateRange dates) {
        return dates.first().getDayOfMonth() == 1 && dates.last().getDayOfMonth() == dates.last().lengthOfMonth();
    }

    /** At least the length of the range, so that no day is compared with itself; whole weeks, except for a range of one day. */
    static long offsetDays(DateRange range, Interval interval) {
        return interval == Interval.DAY && range.dayCount() == 1 ? 1 : Math.ceilDiv(range.dayCount(), DAYS_PER_WEEK) * DAYS_PER_WEEK;
    }

    /** The least number of months that keeps both sides apart. */
    private static long offsetMonths(DateRange range) {
        var lastMonth = Interval.MONTH.firstDayOf(range.last());
        var lastPart = new DateRange(lastMonth.isBefore(range.first()) ? range.first() : lastMonth, range.last());
        var months = Math.max(1, MONTHS.between(range.first(), range.last()));
        while (!new MonthOffset(months).applyTo(lastPart).last().isBefore(range.first())) {
            months++;
        }
        return months;
    }

    /**
     * The dates that each of some periods is compared with. A period has none if they would lie before the calendar of four-digit years, or
     * share a day with those of the period before it.
     *
     * @param periods ascending and disjoint
     * @return one for each period
     */
    default List<Optional<DateRange>> applyToEach(List<DateRange> periods) {
        var comparisons = new ArrayList<Optional<DateRange>>();
        var end = DateRange.CALENDAR.first();
        for (var period : periods) {
            var dates = applyTo(period);
            var isFree = !dates.first().isBefore(end);
            comparisons.add(isFree ? Optional.of(dates) : Optional.empty());
            end = isFree ? dates.last().plusDays(1) : end;
        }
        return List.copyOf(comparisons);
    }

    /** A number of days earlier; the length stays. */
    record DayOffset(long dayCount) implements ComparisonOffset {

        @Override
        public DateRange applyTo(DateRange dates) {
            return dates.minusDays(dayCount);
        }
    }

    /**
     * A number of months earlier. Whole months become whole months. Any other dates become as many, which end with the same day of the month,
     * or with the month's end if it has no such day.
     */
    record MonthOffset(long monthCount) implements ComparisonOffset {

        @Override
        public DateRange applyTo(DateRange dates) {
            var last = dates.last().minusMonths(monthCount);
            return isWholeMonths(dates)
                    ? new DateRange(dates.first().minusMonths(monthCount), endOfMonth(last))
                    : new DateRange(last.minusDays(dates.dayCount() - 1), last);
        }

        private static LocalDate endOfMonth(LocalDate day) {
            return day.withDayOfMonth(day.lengthOfMonth());
        }
    }
}
