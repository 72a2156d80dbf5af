package coworking.analytics.domain.fact;

import static java.util.Objects.requireNonNull;

import coworking.analytics.domain.time.SpaceClock;
import java.util.Collection;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * How many tokens one member had in a span of time.
 *
 * @param member the member
 * @param issued the number of the member's tokens; at least 1
 * @param used the number of them that were used; 0 to {@code issued}
 */
public record MemberVisits(Member member, long issued, long used) {

    public MemberVisits {
        requireNonNull(member, "member");
        CountChecks.requireValid(issued, used);
    }

    /**
     * Defines the visits of members: one for each user who has a token, known or not, in ascending order of user ids, with names.
     *
     * @param users the known users, each once, on the store's clock
     * @param tokens those that count
     */
    public static List<MemberVisits> of(Collection<User> users, Iterable<Token> tokens, SpaceClock clock) {
        var members = Member.lookupIn(users, clock);
        return StreamSupport.stream(PackedUserCounts.of(users, tokens).spliterator(), false)
                .map(counts -> new MemberVisits(members.apply(counts.userId()), counts.issued(), counts.used()))
                .toList();
    }
}
