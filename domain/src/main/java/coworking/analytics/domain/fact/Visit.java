package coworking.analytics.domain.fact;

import static java.util.Objects.requireNonNull;

import coworking.analytics.domain.time.SpaceClock;
import coworking.analytics.domain.time.TimeSpan;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * A used token.
 *
 * @param position where it stands in the order of its user's visits: the token's id, and its creation on the store's clock
 * @param countsAt the time for which it counts: that of its creation, on the space's wall clock with its offset
 * @param usedAt when it opened the door, on the same clock; it may be before {@code countsAt}
 */
public record Visit(VisitPosition position, OffsetDateTime countsAt, OffsetDateTime usedAt) {

    private static final Comparator<Visit> LATEST_FIRST = Comparator.<Visit, LocalDateTime>comparing(visit -> visit.position().createdAt())
            .thenComparingLong(Visit::tokenId)
            .reversed();

    public Visit {
        requireNonNull(position, "position");
        requireNonNull(countsAt, "countsAt");
        requireNonNull(usedAt, "usedAt");
    }

    /** Defines the visit of a used token, whose times are on the store's clock. */
    public static Visit of(long tokenId, LocalDateTime createdAt, LocalDateTime usedAt, SpaceClock clock) {
        return new Visit(new VisitPosition(createdAt, tokenId), clock.at(createdAt), clock.at(usedAt));
    }

    /** Identifies the token. */
    public long tokenId() {
        return position.tokenId();
    }

    /**
     * Defines the visits of one user: the user's used tokens that were created within a span, the latest creation first and the
     * highest id first among equal creations.
     *
     * @param tokens all tokens by id, on the store's clock
     */
    public static List<Visit> of(Map<Long, Token> tokens, long userId, TimeSpan span, SpaceClock clock) {
        return tokens.entrySet().stream()
                .filter(token -> token.getValue().userId() == userId && clock.contains(span, token.getValue().createdAt()))
                .flatMap(token -> token.getValue().usedAt().stream()
                        .map(usedAt -> of(token.getKey(), token.getValue().createdAt(), usedAt, clock)))
                .sorted(LATEST_FIRST)
                .toList();
    }

    /** Defines the number of visitors of a span: the different users with a used token that was created within it. */
    public static long countVisitors(Iterable<Token> tokens, TimeSpan span) {
        return StreamSupport.stream(tokens.spliterator(), false)
                .filter(token -> token.isUsed() && span.contains(token.createdAt()))
                .mapToLong(Token::userId)
                .distinct()
                .count();
    }
}
