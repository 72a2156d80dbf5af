package coworking.analytics.domain.fact;

import static java.util.Objects.requireNonNull;

import coworking.analytics.domain.time.SpaceClock;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * A member of the coworking space.
 *
 * @param id identifies the user among all users
 * @param name the name of the user
 * @param joinedAt when the user became a member, on the store's clock, or on the space's wall clock after {@link #onWallClock}; empty if that was never recorded
 * @param isActive whether the user is still a member
 */
public record User(long id, PersonName name, Optional<LocalDateTime> joinedAt, boolean isActive) {

    public User {
        requireNonNull(name, "name");
        requireNonNull(joinedAt, "joinedAt");
    }

    /** The same user, who joined at the time that the space's wall clock showed. Definitions by days count such users. */
    public User onWallClock(SpaceClock clock) {
        return new User(id, name, joinedAt.map(clock::wallOf), isActive);
    }

    /** An active user without a name. */
    public User(long id, Optional<LocalDateTime> joinedAt) {
        this(id, new PersonName("", ""), joinedAt, true);
    }
}
