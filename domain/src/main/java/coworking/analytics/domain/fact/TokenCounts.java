package coworking.analytics.domain.fact;

import coworking.analytics.domain.time.TimeSpan;

/**
 * How many tokens were issued in a span of time.
 *
 * @param issued the number of tokens; 0 or more
 * @param used the number of tokens that {@linkplain Token#isUsed() were used}; 0 to {@code issued}
 */
public record TokenCounts(long issued, long used) {

    /** No tokens. */
    public static final TokenCounts ZERO = new TokenCounts(0, 0);

    public TokenCounts {
        if (issued < 0 || used < 0 || used > issued) {
            throw new IllegalArgumentException("There must be 0 <= used <= issued, but issued is " + issued + " and used is " + used);
        }
    }

    /** Defines the counts of a span: those of the tokens that were created within it. */
    public static TokenCounts of(Iterable<Token> tokens, TimeSpan span) {
        var counts = ZERO;
        for (var token : tokens) {
            counts = span.contains(token.createdAt()) ? counts.plus(new TokenCounts(1, token.isUsed() ? 1 : 0)) : counts;
        }
        return counts;
    }

    /** The sum of both. */
    public TokenCounts plus(TokenCounts other) {
        return new TokenCounts(issued + other.issued, used + other.used);
    }
}
