package coworking.analytics.domain;

import static java.util.Objects.requireNonNull;

import java.time.LocalDateTime;
import java.util.Optional;

/**
 * How many tokens one user was issued: a fact, from which reports choose.
 *
 * @param userId the user, known or not
 * @param joinedAt when the user joined; empty where the user is unknown or that was never recorded
 * @param issued the number of the user's tokens, used or not; at least 1
 * @param used the number of them that {@linkplain Token#isUsed() were used}; 0 to {@code issued}
 */
public record UserTally(long userId, Optional<LocalDateTime> joinedAt, long issued, long used) {

    public UserTally {
        requireNonNull(joinedAt, "joinedAt");
        Tallies.requireSound(issued, used);
    }
}
