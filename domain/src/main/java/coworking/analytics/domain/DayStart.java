package coworking.analytics.domain;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;

/**
 * When the space's day begins. A space that is open until three in the morning counts the guests of the night to the evening on which
 * they came.
 *
 * @param at a time of day, to the minute: what happens before it counts to the day before
 */
public record DayStart(LocalTime at) {

    /** The calendar's own days. */
    public static final DayStart MIDNIGHT = new DayStart(LocalTime.MIDNIGHT);

    public DayStart {
        if (at.getSecond() != 0 || at.getNano() != 0) {
            throw new IllegalArgumentException("A day begins at a full minute, but " + at + " is none");
        }
    }

    /** The day to which a moment counts. */
    public LocalDate dayOf(LocalDateTime moment) {
        return moment.toLocalTime().isBefore(at) ? moment.toLocalDate().minusDays(1) : moment.toLocalDate();
    }

    /** The moments that count to these days. */
    public TimeSpan spanOf(Days days) {
        return new TimeSpan(days.first().atTime(at), days.last().plusDays(1).atTime(at));
    }
}
