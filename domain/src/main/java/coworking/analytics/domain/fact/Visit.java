package coworking.analytics.domain.fact;

import static java.util.Objects.requireNonNull;

import coworking.analytics.domain.time.TimeSpan;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * A used token.
 *
 * @param tokenId identifies the token
 * @param countsAt the time for which it counts: that of its creation
 * @param usedAt when it opened the door, which may be before {@code countsAt}
 */
public record Visit(long tokenId, LocalDateTime countsAt, LocalDateTime usedAt) {

    private static final Comparator<Visit> LATEST_FIRST = Comparator.comparing(Visit::countsAt).thenComparingLong(Visit::tokenId)
            .reversed();

    public Visit {
        requireNonNull(countsAt, "countsAt");
        requireNonNull(usedAt, "usedAt");
    }

    /** Where this visit stands in the order of its user's visits. */
    public VisitPosition position() {
        return new VisitPosition(countsAt, tokenId);
    }

    /**
     * Defines the visits of one user: the user's used tokens that were created within a span, the latest creation first and the
     * highest id first among equal creations.
     *
     * @param tokens all tokens by id
     */
    public static List<Visit> of(Map<Long, Token> tokens, long userId, TimeSpan span) {
        return tokens.entrySet().stream()
                .filter(token -> token.getValue().userId() == userId && span.contains(token.getValue().createdAt()))
                .flatMap(token -> token.getValue().usedAt().stream()
                        .map(usedAt -> new Visit(token.getKey(), token.getValue().createdAt(), usedAt)))
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
