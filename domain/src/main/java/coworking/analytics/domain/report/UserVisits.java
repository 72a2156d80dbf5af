package coworking.analytics.domain.report;

import static java.util.Objects.requireNonNull;

import coworking.analytics.domain.fact.PackedUserCounts;
import coworking.analytics.domain.fact.Token;
import coworking.analytics.domain.fact.User;
import java.util.Collection;
import java.util.Iterator;
import java.util.stream.StreamSupport;

/**
 * The user visits report: the number of tokens of each user who has any, in ascending order of the users' ids.
 *
 * <p>Unlike {@link DailyUsage} it counts <em>all</em> tokens, used or not. Callers of the original service rely on that, so it stays
 * that way.
 *
 * @param userCounts the facts behind the report
 */
public record UserVisits(PackedUserCounts userCounts) implements Iterable<UserVisitCount> {

    public UserVisits {
        requireNonNull(userCounts, "userCounts");
    }

    /** Defines the report by the users and tokens themselves. */
    public static UserVisits of(Collection<User> users, Iterable<Token> tokens) {
        return new UserVisits(PackedUserCounts.of(users, tokens));
    }

    @Override
    public Iterator<UserVisitCount> iterator() {
        return StreamSupport.stream(userCounts.spliterator(), false).map(UserVisitCount::from).iterator();
    }
}
