package coworking.analytics.domain;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * How many tokens one member had in some stretch of time.
 *
 * @param member who
 * @param issued the number of the member's tokens; at least 1
 * @param used the number of them that were used; 0 to {@code issued}
 */
public record MemberVisits(Member member, long issued, long used) {

    public MemberVisits {
        requireNonNull(member, "member");
        Tallies.requireSound(issued, used);
    }

    /**
     * Defines who visited how often: one for each user who has a token, known or not, in ascending order of their ids, with names.
     *
     * @param users the known users, each once
     * @param tokens those that count
     */
    public static List<MemberVisits> of(Collection<User> users, Iterable<Token> tokens) {
        var members = Member.among(users);
        return StreamSupport.stream(UserTallies.of(users, tokens).spliterator(), false)
                .map(tally -> new MemberVisits(members.apply(tally.userId()), tally.issued(), tally.used()))
                .toList();
    }
}
