package coworking.analytics.domain;

import static java.util.Objects.requireNonNull;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/**
 * Something in the tables that a reader of the reports should know of.
 *
 * @param kind what it is
 * @param count how many there are
 * @param samples ids of some of them, ascending, the lowest ones; at most {@link #MOST_SAMPLES}
 */
public record Finding(Kind kind, long count, List<Long> samples) {

    /** As many as an operator looks into by hand. */
    public static final int MOST_SAMPLES = 20;

    public Finding {
        requireNonNull(kind, "kind");
        samples = List.copyOf(samples);
    }

    /**
     * Defines what is odd: one finding of each kind, in their order, even where there is nothing of it.
     *
     * @param users the known users, each once
     * @param tokens all that there are, by their ids
     * @param span only tokens that were created within it are looked at, except for whether a user has any
     */
    public static List<Finding> of(Collection<User> users, Map<Long, Token> tokens, TimeSpan span) {
        var within = new TreeMap<>(tokens);
        within.values().removeIf(token -> !span.contains(token.createdAt()));
        return List.of(
                of(Kind.USED_BEFORE_CREATED, ids(within, Finding::isUsedBeforeCreated)),
                of(Kind.CREATED_BEFORE_JOINED, ids(within, isCreatedBeforeJoined(users))),
                of(Kind.REPEATED_CODE, ids(within, isRepeatedAmong(within.values()))),
                of(Kind.USER_NEVER_SEEN, neverSeen(users, tokens.values())));
    }

    private static Finding of(Kind kind, LongStream ids) {
        var all = ids.sorted().boxed().toList();
        return new Finding(kind, all.size(), all.subList(0, Math.min(all.size(), MOST_SAMPLES)));
    }

    private static LongStream ids(Map<Long, Token> tokens, Predicate<Token> isOdd) {
        return tokens.entrySet().stream().filter(token -> isOdd.test(token.getValue())).mapToLong(Map.Entry::getKey);
    }

    private static boolean isUsedBeforeCreated(Token token) {
        return token.usedAt().filter(usedAt -> usedAt.isBefore(token.createdAt())).isPresent();
    }

    private static Predicate<Token> isCreatedBeforeJoined(Collection<User> users) {
        Map<Long, Optional<LocalDateTime>> joined = users.stream().collect(toMap(User::id, User::joinedAt));
        return token -> joined.getOrDefault(token.userId(), Optional.empty()).filter(token.createdAt()::isBefore).isPresent();
    }

    private static Predicate<Token> isRepeatedAmong(Collection<Token> tokens) {
        var codes = tokens.stream().map(Token::code).collect(groupingBy(identity(), counting()));
        return token -> codes.getOrDefault(token.code(), 0L) > 1;
    }

    private static LongStream neverSeen(Collection<User> users, Collection<Token> tokens) {
        var seen = tokens.stream().map(Token::userId).collect(toSet());
        return users.stream().mapToLong(User::id).filter(id -> !seen.contains(id));
    }

    /** What can be odd. */
    public enum Kind {

        /** Tokens whose time of use lies before that of their creation; samples are token ids. */
        USED_BEFORE_CREATED(MetricDefinition.USED_BEFORE_CREATED),

        /** Tokens that were created before their user joined, as far as that was recorded; samples are token ids. */
        CREATED_BEFORE_JOINED(MetricDefinition.CREATED_BEFORE_JOINED),

        /**
         * Tokens whose code another token within the same span has as well; samples are token ids. There are but a million codes, so that
         * over a long time most of them come again.
         */
        REPEATED_CODE(MetricDefinition.REPEATED_CODES),

        /** Known users without any token at all, whatever the range; samples are user ids. */
        USER_NEVER_SEEN(MetricDefinition.USERS_NEVER_SEEN);

        private final MetricDefinition definition;

        Kind(MetricDefinition definition) {
            this.definition = definition;
        }

        /** What it means. */
        public MetricDefinition definition() {
            return definition;
        }
    }
}
