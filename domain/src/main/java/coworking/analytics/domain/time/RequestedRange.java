package coworking.analytics.domain.time;

import java.time.LocalDate;
import java.util.Optional;

/** A range of dates as a caller requests it. */
public sealed interface RequestedRange {

    /**
     * The requested dates.
     *
     * @param today the current day
     * @param extent from the first day with a token to the last; empty if there is no token
     * @return empty if the range has an open end and there is no token, or if the last day is before the first
     */
    Optional<DateRange> resolve(LocalDate today, Optional<DateRange> extent);

    /**
     * From one day to another one.
     *
     * @param from empty for the first day with a token
     * @param to empty for the current day
     */
    record FixedRange(Optional<LocalDate> from, Optional<LocalDate> to) implements RequestedRange {

        @Override
        public Optional<DateRange> resolve(LocalDate today, Optional<DateRange> extent) {
            var last = to.orElse(today);
            return from.or(() -> extent.map(DateRange::first)).filter(first -> !first.isAfter(last))
                    .map(first -> new DateRange(first, last));
        }
    }

    /** A range relative to the current day. All except {@code ALL} end with it. */
    enum NamedRange implements RequestedRange {

        /** A number of days, the current one included. */
        LAST_7_DAYS, LAST_28_DAYS, LAST_30_DAYS, LAST_91_DAYS,

        /** From the day after the same day of the month twelve months ago. */
        LAST_12_MONTHS,

        /** From the first of the month, of the quarter, or of the year. */
        MONTH_TO_DATE, QUARTER_TO_DATE, YEAR_TO_DATE,

        /** From the first day with a token to the last. */
        ALL;

        @Override
        public Optional<DateRange> resolve(LocalDate today, Optional<DateRange> extent) {
            return this == ALL ? extent : Optional.of(new DateRange(firstDay(today), today));
        }

        private LocalDate firstDay(LocalDate today) {
            return switch (this) {
                case LAST_7_DAYS -> today.minusDays(6);
                case LAST_28_DAYS -> today.minusDays(27);
                case LAST_30_DAYS -> today.minusDays(29);
                case LAST_91_DAYS -> today.minusDays(90);
                case LAST_12_MONTHS -> today.minusMonths(12).plusDays(1);
                case MONTH_TO_DATE -> today.withDayOfMonth(1);
                case QUARTER_TO_DATE -> today.with(today.getMonth().firstMonthOfQuarter()).withDayOfMonth(1);
                case YEAR_TO_DATE -> today.withDayOfYear(1);
                case ALL -> throw new IllegalStateException("All days do not depend on today");
            };
        }
    }
}
