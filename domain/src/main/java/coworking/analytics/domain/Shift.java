package coworking.analytics.domain;

import static java.time.temporal.ChronoUnit.MONTHS;

import java.time.LocalDate;
import java.util.Optional;

/** How far back the days lie that others are compared with. */
sealed interface Shift {

    /** As many days as make 52 weeks: a year in which weekdays stay what they are. */
    long DAYS_A_YEAR = 364;

    /** The days with which some days are compared. */
    Days back(Days days);

    /** The shift of a report of these days; empty where nothing is compared. */
    static Optional<Shift> of(Comparison comparison, Interval interval, Days days) {
        return switch (comparison) {
            case NONE -> Optional.empty();
            case PREVIOUS -> Optional.of(interval == Interval.MONTH ? new ByMonths(monthsOf(days)) : new ByDays(daysOf(days, interval)));
            case YEAR -> Optional.of(interval == Interval.MONTH ? new ByMonths(12) : new ByDays(DAYS_A_YEAR));
        };
    }

    /** At least as many days as there are, so that nothing is compared with itself; whole weeks, but for a day that stands alone. */
    static long daysOf(Days days, Interval interval) {
        return interval == Interval.DAY && days.count() == 1 ? 1 : Math.ceilDiv(days.count(), 7) * 7;
    }

    private static long monthsOf(Days days) {
        return MONTHS.between(days.first().withDayOfMonth(1), days.last().withDayOfMonth(1)) + 1;
    }

    /** So many days earlier: as many days. */
    record ByDays(long days) implements Shift {

        @Override
        public Days back(Days days) {
            return days.earlier(this.days);
        }
    }

    /** So many months earlier: the same days of the month, and a month to its end becomes a month to its end. */
    record ByMonths(long months) implements Shift {

        @Override
        public Days back(Days days) {
            return new Days(days.first().minusMonths(months), lastDay(days.last()));
        }

        private LocalDate lastDay(LocalDate last) {
            var earlier = last.minusMonths(months);
            return last.getDayOfMonth() == last.lengthOfMonth() ? earlier.withDayOfMonth(earlier.lengthOfMonth()) : earlier;
        }
    }
}
