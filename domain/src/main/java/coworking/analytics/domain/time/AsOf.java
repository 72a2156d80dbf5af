package coworking.analytics.domain.time;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/**
 * The time of a report, with the start of days.
 *
 * @param moment the time of the call
 * @param dayStart when a day begins
 * @param clock the space's clock
 */
public record AsOf(Instant moment, DayStart dayStart, SpaceClock clock) {

    /** The time of a report in a space whose wall clock shows UTC. */
    public AsOf(LocalDateTime now, DayStart dayStart) {
        this(now.toInstant(ZoneOffset.UTC), dayStart, SpaceClock.UTC_ONLY);
    }

    /** What the space's wall clock shows. */
    public LocalDateTime now() {
        return clock.wallAt(moment);
    }

    /** The time of the call in the zone of the space. */
    public ZonedDateTime time() {
        return moment.atZone(clock.space());
    }

    /** The current day: that of the wall clock, which shows the end of a day twice if it is set back over the day's start. */
    public LocalDate today() {
        return dayStart.dayOf(now());
    }

    /** Whether the first day of a range has begun. */
    public boolean hasStarted(DateRange range) {
        return !moment.isBefore(clock.firstMomentOf(dayStart.spanOf(range).from()));
    }

    /** Whether all days of a range are over, so that the wall clock will not show them again. */
    public boolean isOver(DateRange range) {
        return !clock.wallTimesOnBothSidesOf(moment).from().isBefore(dayStart.spanOf(range).to());
    }

    /** The days of a range that have begun, at least the first. */
    public DateRange reachedPart(DateRange range) {
        var today = today();
        if (!today.isBefore(range.last())) {
            return range;
        }
        return new DateRange(range.first(), today.isBefore(range.first()) ? range.first() : today);
    }

    /**
     * The part of a span that corresponds to the part of a range that has elapsed: as many whole days, and of the day after them as much time
     * as has really passed since the current day began, though days may have 23 or 25 hours.
     *
     * @param span begins with a day
     * @param range has begun, and is not over
     */
    public TimeSpan elapsedPart(TimeSpan span, DateRange range) {
        var current = today().isBefore(range.first()) ? range.first() : today();
        var wholeDays = current.toEpochDay() - range.first().toEpochDay();
        var begin = span.from().plusDays(wholeDays);
        var elapsed = Duration.between(clock.firstMomentOf(current.atTime(dayStart.at())), moment);
        var upToThatDay = span.limitedTo(Duration.ofDays(wholeDays + 1));
        return clock.partBefore(upToThatDay, clock.firstMomentOf(begin).plus(elapsed));
    }
}
