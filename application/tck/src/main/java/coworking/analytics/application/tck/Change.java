package coworking.analytics.application.tck;

import static java.util.Objects.requireNonNull;

import coworking.analytics.domain.Token;
import coworking.analytics.domain.User;

/**
 * One thing that a writer does to a store. A store under test performs it as its writers would, row by row: {@code Put} inserts
 * where the id is new and updates where it is not, {@code Remove} is content where there is nothing to remove.
 *
 * <p>Ids fit in 32 bits and may be negative. Times have microseconds, no finer, and lie in the years 1 to 9999. Codes have at most 6
 * characters, and each part of a name has at most 50.
 */
public sealed interface Change {

    /** Removes all users and all tokens at once, as TRUNCATE would. */
    record Clear() implements Change {}

    /** Makes a user known, or replaces everything that is known of one. */
    record PutUser(User user) implements Change {

        public PutUser {
            requireNonNull(user, "user");
        }
    }

    /** Forgets a user, but none of the user's tokens. */
    record RemoveUser(long userId) implements Change {}

    /**
     * Issues a token, or replaces everything that is known of one.
     *
     * @param tokenId identifies the token among all tokens
     */
    record PutToken(long tokenId, Token token) implements Change {

        public PutToken {
            requireNonNull(token, "token");
        }
    }

    /** Deletes a token. */
    record RemoveToken(long tokenId) implements Change {}
}
