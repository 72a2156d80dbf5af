package coworking.analytics.domain.fact;

import static java.util.Objects.requireNonNull;

import java.time.LocalDateTime;
import java.util.Optional;

/**
 * How many tokens one user was issued.
 *
 * @param userId the user, known or not
 * @param joinedAt when the user joined; empty if the user is unknown or the date was never recorded
 * @param issued the number of the user's tokens, used or not; at least 1
 * @param used the number of them that {@linkplain Token#isUsed() were used}; 0 to {@code issued}
 */
public record UserCounts(long userId, Optional<LocalDateTime> joinedAt, long issued, long used) {

    public UserCounts {
        requireNonNull(joinedAt, "joinedAt");
        CountChecks.requireValid(issued, used);
    }
}
