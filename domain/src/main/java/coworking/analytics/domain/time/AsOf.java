package coworking.analytics.domain.time;

import java.time.LocalDate;
import java.time.LocalDateTime;

/**
 * The time of a report, with the start of days.
 *
 * @param now the time of the call, on the space's wall clock
 * @param dayStart when a day begins
 */
public record AsOf(LocalDateTime now, DayStart dayStart) {

    /** The current day. */
    public LocalDate today() {
        return dayStart.dayOf(now);
    }

    /** Whether the first day of a range has begun. */
    public boolean hasStarted(DateRange range) {
        return !now.isBefore(dayStart.spanOf(range).from());
    }

    /** Whether all days of a range are over. */
    public boolean isOver(DateRange range) {
        return !now.isBefore(dayStart.spanOf(range).to());
    }
}
