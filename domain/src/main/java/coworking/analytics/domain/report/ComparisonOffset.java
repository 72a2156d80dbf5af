package coworking.analytics.domain.report;

import static java.time.temporal.ChronoUnit.MONTHS;

import coworking.analytics.domain.time.DateRange;
import coworking.analytics.domain.time.Interval;
import java.time.LocalDate;
import java.util.Optional;

/** How far back a comparison period lies. */
sealed interface ComparisonOffset {

    /** 52 weeks, so that each day is compared with one of the same weekday. */
    long DAYS_PER_YEAR = 364;

    /** The dates that a range is compared with. */
    DateRange applyTo(DateRange range);

    /** The offset for a range; empty without a comparison. */
    static Optional<ComparisonOffset> of(ComparisonMode comparison, Interval interval, DateRange range) {
        return switch (comparison) {
            case NONE -> Optional.empty();
            case PREVIOUS ->
                Optional.of(interval == Interval.MONTH ? new MonthOffset(offsetMonths(range)) : new DayOffset(offsetDays(range, interval)));
            case YEAR -> Optional.of(interval == Interval.MONTH ? new MonthOffset(12) : new DayOffset(DAYS_PER_YEAR));
        };
    }

    /** At least the length of the range, so that no day is compared with itself; whole weeks, except for a range of one day. */
    static long offsetDays(DateRange range, Interval interval) {
        return interval == Interval.DAY && range.dayCount() == 1 ? 1 : Math.ceilDiv(range.dayCount(), 7) * 7;
    }

    private static long offsetMonths(DateRange range) {
        return MONTHS.between(range.first().withDayOfMonth(1), range.last().withDayOfMonth(1)) + 1;
    }

    /** A number of days earlier; the length stays. */
    record DayOffset(long dayCount) implements ComparisonOffset {

        @Override
        public DateRange applyTo(DateRange range) {
            return range.minusDays(dayCount);
        }
    }

    /** A number of months earlier: the same days of the month; the end of a month stays the end of a month. */
    record MonthOffset(long monthCount) implements ComparisonOffset {

        @Override
        public DateRange applyTo(DateRange range) {
            return new DateRange(range.first().minusMonths(monthCount), lastDayOf(range.last()));
        }

        private LocalDate lastDayOf(LocalDate last) {
            var earlier = last.minusMonths(monthCount);
            return last.getDayOfMonth() == last.lengthOfMonth() ? earlier.withDayOfMonth(earlier.lengthOfMonth()) : earlier;
        }
    }
}
