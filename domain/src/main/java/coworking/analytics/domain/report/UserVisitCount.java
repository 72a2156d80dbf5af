package coworking.analytics.domain.report;

import coworking.analytics.domain.fact.UserCounts;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * One user's line in the {@linkplain UserVisits user visits report}.
 *
 * @param userId the user, known or not
 * @param joinedAt when the user joined, on the space's wall clock; empty if that is not known
 * @param visits the number of the user's tokens, used or not; at least 1
 */
public record UserVisitCount(long userId, Optional<LocalDateTime> joinedAt, long visits) {

    /** Chooses the issued tokens: in this report a token counts as a visit, used or not. */
    static UserVisitCount from(UserCounts counts) {
        return new UserVisitCount(counts.userId(), counts.joinedAt(), counts.issued());
    }
}
