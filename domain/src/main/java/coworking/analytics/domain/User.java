package coworking.analytics.domain;

import static java.util.Objects.requireNonNull;

import java.time.LocalDateTime;
import java.util.Optional;

/**
 * A member of the coworking space.
 *
 * @param id identifies the user among all users
 * @param joinedAt when the user became a member, on the space's wall clock; empty where that was never recorded
 */
public record User(long id, Optional<LocalDateTime> joinedAt) {

    public User {
        requireNonNull(joinedAt, "joinedAt");
    }
}
