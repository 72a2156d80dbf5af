package coworking.analytics.application.tck;

import static java.util.Objects.requireNonNull;

import coworking.analytics.domain.fact.Token;
import coworking.analytics.domain.fact.User;

/**
 * One change of a store. A store under test applies it as its writers would, row by row: {@code Put} inserts if the id is new and updates
 * otherwise, {@code Remove} does nothing if there is nothing to remove.
 *
 * <p>Ids fit in 32 bits and may be negative. Times have microseconds, no finer, and lie in the years 1 to 9999. Codes have at most 6
 * characters, and each part of a name has at most 50.
 */
public sealed interface StoreChange {

    /** Removes all users and all tokens at once, as TRUNCATE would. */
    record Clear() implements StoreChange {}

    /** Inserts a user, or replaces all columns of one. */
    record PutUser(User user) implements StoreChange {

        public PutUser {
            requireNonNull(user, "user");
        }
    }

    /** Deletes a user, but none of the user's tokens. */
    record RemoveUser(long userId) implements StoreChange {}

    /**
     * Inserts a token, or replaces all columns of one.
     *
     * @param tokenId identifies the token among all tokens
     */
    record PutToken(long tokenId, Token token) implements StoreChange {

        public PutToken {
            requireNonNull(token, "token");
        }
    }

    /** Deletes a token. */
    record RemoveToken(long tokenId) implements StoreChange {}
}
