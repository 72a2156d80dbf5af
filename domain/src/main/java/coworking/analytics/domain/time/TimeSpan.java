package coworking.analytics.domain.time;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * A span of time on the space's wall clock, perhaps cut at a moment.
 *
 * <p>The wall clock shows some times twice when it is set back, so no wall time says what of such an hour has passed. What has passed of a
 * running day is therefore cut at a moment.
 *
 * @param from its beginning, inclusive
 * @param to its end, exclusive; not before {@code from}
 * @param before only what happened before this moment counts; empty if everything within the span counts
 */
public record TimeSpan(LocalDateTime from, LocalDateTime to, Optional<Instant> before) {

    public TimeSpan {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("A span must not end before it begins, but " + to + " is before " + from);
        }
    }

    /** A span without a cut. */
    public TimeSpan(LocalDateTime from, LocalDateTime to) {
        this(from, to, Optional.empty());
    }

    /** Whether the span contains a wall time, regardless of its cut. */
    public boolean contains(LocalDateTime time) {
        return !time.isBefore(from) && time.isBefore(to);
    }

    /** Its length on the wall clock, regardless of its cut and of changes to and from summer time. */
    public Duration length() {
        return Duration.between(from, to);
    }

    /** The times that are in this span and in another one, regardless of their cuts; empty if there is none. */
    public Optional<TimeSpan> intersection(TimeSpan other) {
        var begin = from.isBefore(other.from) ? other.from : from;
        var end = to.isAfter(other.to) ? other.to : to;
        return begin.isBefore(end) ? Optional.of(new TimeSpan(begin, end)) : Optional.empty();
    }

    /** The beginning of this span, up to a length. */
    public TimeSpan limitedTo(Duration max) {
        return length().compareTo(max) <= 0 ? this : new TimeSpan(from, from.plus(max), before);
    }
}
