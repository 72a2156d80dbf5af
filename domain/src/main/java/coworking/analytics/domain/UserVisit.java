package coworking.analytics.domain;

import java.time.LocalDateTime;
import java.util.Optional;

/**
 * One user's line in the {@linkplain UserVisits user visits report}.
 *
 * @param userId the user, known or not
 * @param joinedAt when the user joined, on the space's wall clock; empty where that is not known
 * @param visits the number of the user's tokens, used or not; at least 1
 */
public record UserVisit(long userId, Optional<LocalDateTime> joinedAt, long visits) {

    /** Chooses the issued tokens: in this report a token counts from the moment it exists. */
    static UserVisit from(UserTally tally) {
        return new UserVisit(tally.userId(), tally.joinedAt(), tally.issued());
    }
}
