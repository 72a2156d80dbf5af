package coworking.analytics.domain;

import java.time.Duration;
import java.time.LocalDateTime;

/**
 * A stretch of the space's wall clock.
 *
 * @param from the first moment in it
 * @param to the first moment after it; not before {@code from}
 */
public record TimeSpan(LocalDateTime from, LocalDateTime to) {

    public TimeSpan {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("A span must not end before it begins, but " + to + " is before " + from);
        }
    }

    /** Whether the moment lies in it. */
    public boolean contains(LocalDateTime moment) {
        return !moment.isBefore(from) && moment.isBefore(to);
    }

    /** How long it is, as the wall clock shows: no summer time is added or taken away. */
    public Duration length() {
        return Duration.between(from, to);
    }

    /** Its beginning, of at most this length. */
    public TimeSpan first(Duration most) {
        return length().compareTo(most) <= 0 ? this : new TimeSpan(from, from.plus(most));
    }
}
