package coworking.analytics.domain;

import static java.util.Objects.requireNonNull;

import java.time.LocalDateTime;
import java.util.Optional;

/**
 * A member of the coworking space.
 *
 * @param id identifies the user among all users
 * @param name what the user is called
 * @param joinedAt when the user became a member, on the space's wall clock; empty where that was never recorded
 * @param isActive whether the user is a member still
 */
public record User(long id, Name name, Optional<LocalDateTime> joinedAt, boolean isActive) {

    public User {
        requireNonNull(name, "name");
        requireNonNull(joinedAt, "joinedAt");
    }

    /** An active user whose name is of no interest. */
    public User(long id, Optional<LocalDateTime> joinedAt) {
        this(id, new Name("", ""), joinedAt, true);
    }
}
