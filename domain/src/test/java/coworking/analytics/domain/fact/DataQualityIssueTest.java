package coworking.analytics.domain.fact;

import static coworking.analytics.domain.time.SpaceClock.UTC_ONLY;
import static coworking.analytics.domain.ExampleFacts.NOON;
import static coworking.analytics.domain.ExampleFacts.joined;
import static coworking.analytics.domain.ExampleFacts.span;
import static coworking.analytics.domain.fact.DataQualityIssue.IssueKind.CREATED_AHEAD;
import static coworking.analytics.domain.fact.DataQualityIssue.IssueKind.CREATED_BEFORE_JOINED;
import static coworking.analytics.domain.fact.DataQualityIssue.IssueKind.IMPLAUSIBLE_JOIN_DATE;
import static coworking.analytics.domain.fact.DataQualityIssue.IssueKind.IMPLAUSIBLE_TOKEN_DATE;
import static coworking.analytics.domain.fact.DataQualityIssue.IssueKind.REPEATED_CODE;
import static coworking.analytics.domain.fact.DataQualityIssue.IssueKind.USED_BEFORE_CREATED;
import static coworking.analytics.domain.fact.DataQualityIssue.IssueKind.USER_NEVER_SEEN;
import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.domain.time.TimeSpan;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DataQualityIssueTest {

    private static final Instant NOW = NOON.plusHours(2).toInstant(ZoneOffset.UTC);
    private static final TimeSpan HOUR = span("2024-05-06T12:00:00", "2024-05-06T13:00:00");

    @Test
    void isThereForEachKindEvenWhereThereIsNothing() {
        assertThat(DataQualityIssue.of(List.of(), Map.of(), HOUR, UTC_ONLY, NOW)).containsExactly(
                nothing(USED_BEFORE_CREATED), nothing(CREATED_BEFORE_JOINED), nothing(REPEATED_CODE), nothing(USER_NEVER_SEEN),
                nothing(CREATED_AHEAD), nothing(IMPLAUSIBLE_TOKEN_DATE), nothing(IMPLAUSIBLE_JOIN_DATE));
    }

    @Test
    void namesTokensThatWereUsedBeforeTheyWereCreated() {
        var tokens = Map.of(
                3L, token(1, "a", NOON, Optional.of(NOON.minusNanos(1_000))),
                2L, token(1, "b", NOON, Optional.of(NOON)),
                1L, token(1, "c", NOON, Optional.empty()));

        assertThat(found(USED_BEFORE_CREATED, List.of(), tokens)).isEqualTo(new DataQualityIssue(USED_BEFORE_CREATED, 1, List.of(3L)));
    }

    @Test
    void namesTokensThatWereCreatedBeforeTheirUserJoined() {
        var users = List.of(joined(1, NOON.plusNanos(1_000)), joined(2, NOON), new User(3, Optional.empty()));
        var tokens = Map.of(10L, token(1, "a"), 9L, token(1, "b"), 8L, token(2, "c"), 7L, token(3, "d"), 6L, token(4, "e"));

        assertThat(found(CREATED_BEFORE_JOINED, users, tokens)).isEqualTo(new DataQualityIssue(CREATED_BEFORE_JOINED, 2, List.of(9L, 10L)));
    }

    @Test
    void namesAllTokensThatShareACodeWhoeverHasThem() {
        var tokens = Map.of(10L, token(1, "000001"), 9L, token(2, "000001"), 8L, token(1, "1"), 7L, token(1, "000010"));

        assertThat(found(REPEATED_CODE, List.of(), tokens)).isEqualTo(new DataQualityIssue(REPEATED_CODE, 2, List.of(9L, 10L)));
    }

    @Test
    void looksAtNoTokenOutsideOfTheSpan() {
        var before = NOON.minusNanos(1_000);
        var tokens = Map.of(
                1L, token(1, "a", before, Optional.of(before.minusDays(1))),
                2L, token(1, "a", NOON, Optional.of(NOON)),
                3L, token(1, "a", NOON.plusHours(1), Optional.of(NOON)));

        assertThat(DataQualityIssue.of(List.of(joined(1, NOON)), tokens, HOUR, UTC_ONLY, NOW)).containsExactly(
                nothing(USED_BEFORE_CREATED), nothing(CREATED_BEFORE_JOINED), nothing(REPEATED_CODE), nothing(USER_NEVER_SEEN),
                nothing(CREATED_AHEAD), nothing(IMPLAUSIBLE_TOKEN_DATE), nothing(IMPLAUSIBLE_JOIN_DATE));
    }

    @Test
    void namesUsersWithoutAnyTokenAtAll() {
        var users = List.of(joined(10, NOON), joined(9, NOON), joined(1, NOON));
        var tokens = Map.of(1L, token(1, "a", NOON.minusYears(1), Optional.empty()));

        assertThat(found(USER_NEVER_SEEN, users, tokens)).isEqualTo(new DataQualityIssue(USER_NEVER_SEEN, 2, List.of(9L, 10L)));
    }

    @Test
    void namesTokensThatAreDatedLaterThanNowWhateverTheSpan() {
        var now = NOON.plusHours(2);
        var tokens = Map.of(
                1L, token(1, "a", now, Optional.empty()),
                2L, token(1, "b", now.plusNanos(1_000), Optional.empty()),
                3L, token(1, "c", now.plusYears(20), Optional.empty()),
                4L, token(1, "d", LocalDateTime.parse("+20226-05-01T09:00"), Optional.empty()));

        assertThat(found(CREATED_AHEAD, List.of(), tokens)).isEqualTo(new DataQualityIssue(CREATED_AHEAD, 2, List.of(2L, 3L)));
    }

    @Test
    void namesTokensAndUsersOfImplausibleYearsWhateverTheSpan() {
        var tokens = Map.of(
                1L, token(1, "a"),
                2L, token(1, "b", NOON, Optional.of(LocalDateTime.parse("+20226-05-01T09:00"))),
                3L, token(1, "c", LocalDateTime.parse("-0043-03-15T12:00"), Optional.empty()),
                4L, token(1, "d", LocalDateTime.parse("9999-12-31T23:59:59.999999"), Optional.empty()));
        var users = List.of(joined(1, NOON), joined(2, LocalDateTime.parse("0000-12-31T23:59")), new User(3, Optional.empty()));

        assertThat(found(IMPLAUSIBLE_TOKEN_DATE, users, tokens))
                .isEqualTo(new DataQualityIssue(IMPLAUSIBLE_TOKEN_DATE, 2, List.of(2L, 3L)));
        assertThat(found(IMPLAUSIBLE_JOIN_DATE, users, tokens)).isEqualTo(new DataQualityIssue(IMPLAUSIBLE_JOIN_DATE, 1, List.of(2L)));
    }

    @Test
    void countsAllAndNamesTheFirstTwenty() {
        var users = LongStream.rangeClosed(-20, 9).mapToObj(id -> joined(id, NOON)).toList().reversed();

        assertThat(found(USER_NEVER_SEEN, users, Map.of()))
                .isEqualTo(new DataQualityIssue(USER_NEVER_SEEN, 30, LongStream.rangeClosed(-20, -1).boxed().toList()));
    }

    private static DataQualityIssue found(DataQualityIssue.IssueKind kind, Collection<User> users, Map<Long, Token> tokens) {
        return DataQualityIssue.of(users, tokens, HOUR, UTC_ONLY, NOW).stream().filter(finding -> finding.kind() == kind).findFirst()
                .orElseThrow();
    }

    private static DataQualityIssue nothing(DataQualityIssue.IssueKind kind) {
        return new DataQualityIssue(kind, 0, List.of());
    }

    private static Token token(long userId, String code) {
        return token(userId, code, NOON, Optional.of(NOON));
    }

    private static Token token(long userId, String code, LocalDateTime createdAt, Optional<LocalDateTime> usedAt) {
        return new Token(userId, code, createdAt, usedAt);
    }
}
