package coworking.analytics.domain.time;

import java.time.Duration;
import java.time.LocalDateTime;

/**
 * A span of time on the space's wall clock.
 *
 * @param from its beginning, inclusive
 * @param to its end, exclusive; not before {@code from}
 */
public record TimeSpan(LocalDateTime from, LocalDateTime to) {

    public TimeSpan {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("A span must not end before it begins, but " + to + " is before " + from);
        }
    }

    /** Whether the span contains a time. */
    public boolean contains(LocalDateTime time) {
        return !time.isBefore(from) && time.isBefore(to);
    }

    /** Its length on the wall clock, regardless of changes to and from summer time. */
    public Duration length() {
        return Duration.between(from, to);
    }

    /** The beginning of this span, up to a length. */
    public TimeSpan limitedTo(Duration max) {
        return length().compareTo(max) <= 0 ? this : new TimeSpan(from, from.plus(max));
    }
}
