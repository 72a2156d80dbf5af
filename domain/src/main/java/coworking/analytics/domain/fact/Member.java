package coworking.analytics.domain.fact;

import static java.util.Objects.requireNonNull;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import coworking.analytics.domain.time.SpaceClock;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.StreamSupport;

/**
 * What is known of a user id that a user or a token has.
 *
 * @param userId identifies the user
 * @param joinedAt when the user joined, on the space's wall clock with its offset; empty if the user is unknown or the date was never recorded
 * @param isActive whether the user is active now; empty if the user is unknown
 * @param name the user's name; empty if the user is unknown, or names were not requested
 */
public record Member(long userId, Optional<OffsetDateTime> joinedAt, Optional<Boolean> isActive, Optional<PersonName> name) {

    public Member {
        requireNonNull(joinedAt, "joinedAt");
        requireNonNull(isActive, "isActive");
        requireNonNull(name, "name");
    }

    /** A known user, whose times are on the store's clock. */
    public static Member of(User user, SpaceClock clock) {
        return new Member(user.id(), user.joinedAt().map(clock::at), Optional.of(user.isActive()), Optional.of(user.name()));
    }

    /** An unknown user: only tokens have the id. */
    public static Member unknown(long userId) {
        return new Member(userId, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * Defines what is known of a user id. Empty if neither a user nor a token has it.
     *
     * @param users the known users, each once, on the store's clock
     */
    public static Optional<Member> of(long userId, Collection<User> users, Iterable<Token> tokens, SpaceClock clock) {
        var known = users.stream().filter(user -> user.id() == userId).findFirst().map(user -> of(user, clock));
        return known.or(() -> StreamSupport.stream(tokens.spliterator(), false)
                .filter(token -> token.userId() == userId)
                .findFirst()
                .map(token -> unknown(userId)));
    }

    /** Looks up any user id among the known users, each of whom is given once. */
    static LongFunction<Member> lookupIn(Collection<User> users, SpaceClock clock) {
        var known = users.stream().collect(toMap(User::id, identity()));
        return userId -> Optional.ofNullable(known.get(userId)).map(user -> of(user, clock)).orElseGet(() -> unknown(userId));
    }

    /** The same member without the name. */
    public Member withoutName() {
        return new Member(userId, joinedAt, isActive, Optional.empty());
    }
}
