package coworking.analytics.domain;

import java.time.LocalDate;
import java.util.Optional;

/** Which days a caller asked for, in the caller's own words. */
public sealed interface RequestedDays {

    /**
     * The days that are meant.
     *
     * @param today the day that runs now
     * @param extent from the first day with a token to the last; empty where there is no token
     * @return empty where the words leave an end open, and there is no token to tell where it is; or where the last day comes out before
     *         the first
     */
    Optional<Days> resolve(LocalDate today, Optional<Days> extent);

    /**
     * From one day to another.
     *
     * @param from empty for the first day with a token
     * @param to empty for the day that runs now
     */
    record Between(Optional<LocalDate> from, Optional<LocalDate> to) implements RequestedDays {

        @Override
        public Optional<Days> resolve(LocalDate today, Optional<Days> extent) {
            var last = to.orElse(today);
            return from.or(() -> extent.map(Days::first)).filter(first -> !first.isAfter(last)).map(first -> new Days(first, last));
        }
    }

    /** A stretch that is named by its distance from now. All but {@code ALL} end with the day that runs now. */
    enum Rolling implements RequestedDays {

        /** As many days as the number says, with the one that runs now. */
        LAST_7_DAYS, LAST_28_DAYS, LAST_30_DAYS, LAST_91_DAYS,

        /** From the same day of the month twelve months ago, which is left out. */
        LAST_12_MONTHS,

        /** From the first of the month, of the quarter, or of the year. */
        MONTH_TO_DATE, QUARTER_TO_DATE, YEAR_TO_DATE,

        /** From the first day with a token to the last. */
        ALL;

        @Override
        public Optional<Days> resolve(LocalDate today, Optional<Days> extent) {
            return this == ALL ? extent : Optional.of(new Days(first(today), today));
        }

        private LocalDate first(LocalDate today) {
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
