package coworking.analytics.domain.time;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;

/**
 * When the space's day begins. A space that is open until three in the morning counts visits of the night for the day before.
 *
 * @param at a time of day, to the minute: tokens that were created before it count for the day before
 */
public record DayStart(LocalTime at) {

    /** Calendar days. */
    public static final DayStart MIDNIGHT = new DayStart(LocalTime.MIDNIGHT);

    public DayStart {
        if (at.getSecond() != 0 || at.getNano() != 0) {
            throw new IllegalArgumentException("A day begins at a full minute, but " + at + " is none");
        }
    }

    /** The day for which a time counts. */
    public LocalDate dayOf(LocalDateTime time) {
        return time.toLocalTime().isBefore(at) ? time.toLocalDate().minusDays(1) : time.toLocalDate();
    }

    /** The span of time that counts for a range. */
    public TimeSpan spanOf(DateRange range) {
        return new TimeSpan(range.first().atTime(at), range.last().plusDays(1).atTime(at));
    }
}
