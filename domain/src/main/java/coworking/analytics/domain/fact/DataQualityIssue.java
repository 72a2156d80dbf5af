package coworking.analytics.domain.fact;

import static java.util.Objects.requireNonNull;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import coworking.analytics.domain.time.DateRange;
import coworking.analytics.domain.time.SpaceClock;
import coworking.analytics.domain.time.TimeSpan;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A kind of inconsistent data, and how often it occurs.
 *
 * @param kind what is inconsistent
 * @param count the number of tokens or users
 * @param samples the lowest ids, ascending; at most {@link #MAX_SAMPLES}
 */
public record DataQualityIssue(IssueKind kind, long count, List<Long> samples) {

    /** As many as an operator checks by hand. */
    public static final int MAX_SAMPLES = 20;

    public DataQualityIssue {
        requireNonNull(kind, "kind");
        samples = List.copyOf(samples);
    }

    /**
     * Defines the issues: one of each kind, in their order, even if the count is 0.
     *
     * @param users the known users, each once, on the store's clock
     * @param tokens all tokens by id, on the same clock
     * @param span only tokens that were created within it are checked, unless the kind says otherwise
     * @param now the time of the call
     */
    public static List<DataQualityIssue> of(Collection<User> users, Map<Long, Token> tokens, TimeSpan span, SpaceClock clock, Instant now) {
        var within = new TreeMap<>(tokens);
        within.values().removeIf(token -> !clock.contains(span, token.createdAt()));
        return List.of(
                of(IssueKind.USED_BEFORE_CREATED, ids(within, DataQualityIssue::isUsedBeforeCreated)),
                of(IssueKind.CREATED_BEFORE_JOINED, ids(within, isCreatedBeforeJoined(users))),
                of(IssueKind.REPEATED_CODE, ids(within, isRepeatedAmong(within.values()))),
                of(IssueKind.USER_NEVER_SEEN, usersWithoutToken(users, tokens.values())),
                of(IssueKind.CREATED_AHEAD, ids(tokens, token -> isCreatedAhead(token, clock, now))),
                of(IssueKind.IMPLAUSIBLE_TOKEN_DATE, ids(tokens, token -> hasImplausibleDate(token, span, clock))),
                of(IssueKind.IMPLAUSIBLE_JOIN_DATE, usersWithImplausibleDate(users, clock)));
    }

    private static DataQualityIssue of(IssueKind kind, LongStream ids) {
        var all = ids.sorted().boxed().toList();
        return new DataQualityIssue(kind, all.size(), all.subList(0, Math.min(all.size(), MAX_SAMPLES)));
    }

    private static LongStream ids(Map<Long, Token> tokens, Predicate<Token> isInconsistent) {
        return tokens.entrySet().stream().filter(token -> isInconsistent.test(token.getValue())).mapToLong(Map.Entry::getKey);
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

    private static LongStream usersWithoutToken(Collection<User> users, Collection<Token> tokens) {
        var seen = tokens.stream().map(Token::userId).collect(toSet());
        return users.stream().mapToLong(User::id).filter(id -> !seen.contains(id));
    }

    private static boolean isCreatedAhead(Token token, SpaceClock clock, Instant now) {
        return clock.isPlausible(token.createdAt()) && TokenFeed.isAhead(token.createdAt(), clock, now);
    }

    private static boolean hasImplausibleDate(Token token, TimeSpan span, SpaceClock clock) {
        return !clock.isPlausible(token.createdAt()) || (clock.contains(span, token.createdAt())
                && token.usedAt().filter(time -> !clock.isPlausible(time)).isPresent());
    }

    private static LongStream usersWithImplausibleDate(Collection<User> users, SpaceClock clock) {
        return users.stream().filter(user -> user.joinedAt().filter(time -> !clock.isPlausible(time)).isPresent()).mapToLong(User::id);
    }

    /** A kind of inconsistent data. */
    public enum IssueKind {

        /** Tokens that were used before they were created; samples are token ids. */
        USED_BEFORE_CREATED,

        /** Tokens that were created before their user joined, if that was recorded; samples are token ids. */
        CREATED_BEFORE_JOINED,

        /**
         * Tokens with a code that another token within the span also has; samples are token ids. There are only a million codes, so over a
         * long time most of them repeat.
         */
        REPEATED_CODE,

        /** Known users without any token at all, whatever the range; samples are user ids. */
        USER_NEVER_SEEN,

        /** Tokens that are dated later than now, on a plausible date, whatever the range; samples are token ids. */
        CREATED_AHEAD,

        /**
         * Tokens that were created on no {@linkplain DateRange#CALENDAR plausible date}, such as one of the year 20226, whatever the range, and
         * tokens within the range that were used on none; samples are token ids.
         */
        IMPLAUSIBLE_TOKEN_DATE,

        /** Known users who joined on no plausible date, whatever the range; samples are user ids. */
        IMPLAUSIBLE_JOIN_DATE;

        /** Whether samples are ids of users, rather than of tokens. */
        public boolean isOfUsers() {
            return this == USER_NEVER_SEEN || this == IMPLAUSIBLE_JOIN_DATE;
        }
    }
}
