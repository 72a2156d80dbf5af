package coworking.analytics.domain;

import static java.util.Objects.requireNonNull;

import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * A token that opened the door.
 *
 * @param tokenId identifies the token
 * @param countsAt the moment it counts for: that of its creation
 * @param usedAt when it opened the door, which may be before {@code countsAt}
 */
public record Visit(long tokenId, LocalDateTime countsAt, LocalDateTime usedAt) {

    private static final Comparator<Visit> LATEST_FIRST = Comparator.comparing(Visit::countsAt).thenComparingLong(Visit::tokenId)
            .reversed();

    public Visit {
        requireNonNull(countsAt, "countsAt");
        requireNonNull(usedAt, "usedAt");
    }

    /**
     * Defines the visits of one user: the user's used tokens that were created within a span, the latest creation first, of those created
     * at once the highest id first.
     *
     * @param tokens all that there are, by their ids
     */
    public static List<Visit> of(Map<Long, Token> tokens, long userId, TimeSpan span) {
        return tokens.entrySet().stream()
                .filter(token -> token.getValue().userId() == userId && span.contains(token.getValue().createdAt()))
                .flatMap(token -> token.getValue().usedAt().stream()
                        .map(usedAt -> new Visit(token.getKey(), token.getValue().createdAt(), usedAt)))
                .sorted(LATEST_FIRST)
                .toList();
    }

    /** Defines how many visitors a span has: different users with a used token that was created within it. */
    public static long visitors(Iterable<Token> tokens, TimeSpan span) {
        return StreamSupport.stream(tokens.spliterator(), false)
                .filter(token -> token.isUsed() && span.contains(token.createdAt()))
                .mapToLong(Token::userId)
                .distinct()
                .count();
    }
}
