package coworking.analytics.domain;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Iterator;
import java.util.stream.StreamSupport;

/**
 * The user visits report: the number of tokens of each user who has any, in ascending order of the users' ids.
 *
 * <p>Unlike {@link DailyUsage} it counts <em>all</em> tokens, used or not. Callers of the original service rely on that, so it is
 * frozen, odd as it is.
 *
 * @param tallies the facts behind the report
 */
public record UserVisits(UserTallies tallies) implements Iterable<UserVisit> {

    public UserVisits {
        requireNonNull(tallies, "tallies");
    }

    /** Defines the report by the users and tokens themselves. */
    public static UserVisits of(Collection<User> users, Iterable<Token> tokens) {
        return new UserVisits(UserTallies.of(users, tokens));
    }

    @Override
    public Iterator<UserVisit> iterator() {
        return StreamSupport.stream(tallies.spliterator(), false).map(UserVisit::from).iterator();
    }
}
