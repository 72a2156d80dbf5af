package coworking.analytics.domain;

import static java.util.Objects.requireNonNull;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import java.time.LocalDateTime;
import java.util.Collection;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.StreamSupport;

/**
 * What is known of somebody who has an id, among the users or on a token.
 *
 * @param userId identifies the user
 * @param joinedAt when the user joined, on the space's wall clock; empty where the user is unknown or that was never recorded
 * @param isActive whether the user is active now; empty where the user is unknown
 * @param name the user's name; empty where the user is unknown, or names were not asked for
 */
public record Member(long userId, Optional<LocalDateTime> joinedAt, Optional<Boolean> isActive, Optional<Name> name) {

    public Member {
        requireNonNull(joinedAt, "joinedAt");
        requireNonNull(isActive, "isActive");
        requireNonNull(name, "name");
    }

    /** A known user. */
    public static Member of(User user) {
        return new Member(user.id(), user.joinedAt(), Optional.of(user.isActive()), Optional.of(user.name()));
    }

    /** Somebody whose id is on a token and not among the users. */
    public static Member unknown(long userId) {
        return new Member(userId, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * Defines what is known of an id. Empty where there is neither such a user nor a token of theirs.
     *
     * @param users the known users, each once
     */
    public static Optional<Member> of(long userId, Collection<User> users, Iterable<Token> tokens) {
        var known = users.stream().filter(user -> user.id() == userId).findFirst().map(Member::of);
        return known.or(() -> StreamSupport.stream(tokens.spliterator(), false)
                .filter(token -> token.userId() == userId)
                .findFirst()
                .map(token -> unknown(userId)));
    }

    /** Tells of any id what is known, where these are the known users, each once. */
    static LongFunction<Member> among(Collection<User> users) {
        var known = users.stream().collect(toMap(User::id, identity()));
        return userId -> Optional.ofNullable(known.get(userId)).map(Member::of).orElseGet(() -> unknown(userId));
    }

    /** The same as far as anybody is told who did not ask for names. */
    public Member withoutName() {
        return new Member(userId, joinedAt, isActive, Optional.empty());
    }
}
