package coworking.analytics.domain.fact;

import static java.util.Objects.requireNonNull;

import java.time.LocalDateTime;
import java.util.Optional;

/**
 * A member of the coworking space.
 *
 * @param id identifies the user among all users
 * @param name the name of the user
 * @param joinedAt when the user became a member, on the space's wall clock; empty if that was never recorded
 * @param isActive whether the user is still a member
 */
public record User(long id, PersonName name, Optional<LocalDateTime> joinedAt, boolean isActive) {

    public User {
        requireNonNull(name, "name");
        requireNonNull(joinedAt, "joinedAt");
    }

    /** An active user without a name. */
    public User(long id, Optional<LocalDateTime> joinedAt) {
        this(id, new PersonName("", ""), joinedAt, true);
    }
}
