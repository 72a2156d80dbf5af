package coworking.analytics.domain;

/**
 * How many tokens were issued in some stretch of time.
 *
 * @param issued all of them; 0 or more
 * @param used those that {@linkplain Token#isUsed() were used}; 0 to {@code issued}
 */
public record Usage(long issued, long used) {

    /** No token at all. */
    public static final Usage NONE = new Usage(0, 0);

    public Usage {
        if (issued < 0 || used < 0 || used > issued) {
            throw new IllegalArgumentException("There must be 0 <= used <= issued, but issued is " + issued + " and used is " + used);
        }
    }

    /** Defines the usage of a span: that of the tokens that were created within it. */
    public static Usage of(Iterable<Token> tokens, TimeSpan span) {
        var usage = NONE;
        for (var token : tokens) {
            usage = span.contains(token.createdAt()) ? usage.plus(new Usage(1, token.isUsed() ? 1 : 0)) : usage;
        }
        return usage;
    }

    /** Both together. */
    public Usage plus(Usage other) {
        return new Usage(issued + other.issued, used + other.used);
    }
}
