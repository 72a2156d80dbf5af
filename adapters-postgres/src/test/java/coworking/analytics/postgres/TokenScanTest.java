package coworking.analytics.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import coworking.analytics.application.port.out.LedgerSnapshot;
import coworking.analytics.application.port.out.LedgerSnapshot.CountedTokens;
import coworking.analytics.application.port.out.LedgerSnapshot.MemberOrder;
import coworking.analytics.application.port.out.LedgerSnapshot.MemberVisitsCriteria;
import coworking.analytics.domain.time.DateRange;
import coworking.analytics.domain.time.DayStart;
import coworking.analytics.domain.time.Interval;
import coworking.analytics.domain.time.TimeSpan;
import coworking.analytics.postgres.schema.Rollups;
import coworking.analytics.postgres.testing.DatabaseCatalog;
import coworking.analytics.postgres.testing.EmbeddedDatabase;
import coworking.analytics.postgres.testing.TestDatabases;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which questions are answered without a look at the tokens, as PostgreSQL itself counts the looks. */
class TokenScanTest {

    private static final DayStart FOUR_O_CLOCK = new DayStart(LocalTime.of(4, 0));
    private static final DateRange YEAR = new DateRange(LocalDate.of(2024, 1, 1), LocalDate.of(2024, 12, 31));
    private static final TimeSpan SPAN = FOUR_O_CLOCK.spanOf(YEAR);

    /** So many tokens the planner may look at by itself: those at the ends of an index. */
    private static final long MAX_PLANNER_LOOKUPS = 8;

    private EmbeddedDatabase database;

    static Stream<Named<Consumer<LedgerSnapshot>>> rollupQueries() {
        return Stream.of(
                Named.of("extent", facts -> facts.extent(FOUR_O_CLOCK)),
                Named.of("extent of days", facts -> facts.extent(DayStart.MIDNIGHT)),
                Named.of("hours", facts -> facts.hourCounts(FOUR_O_CLOCK, YEAR)),
                Named.of("usage", facts -> facts.tokenCounts(SPAN)),
                Named.of("visitors of days", facts -> facts.countVisitors(List.of(DayStart.MIDNIGHT.spanOf(YEAR)))),
                Named.of("joins", facts -> facts.joinCounts(FOUR_O_CLOCK)),
                Named.of("joined", facts -> facts.countJoined(SPAN)),
                Named.of("number of members", facts -> facts.countMembers(allMembers(OptionalLong.empty()))),
                Named.of("member visits", facts -> facts.memberVisits(allMembers(OptionalLong.empty()), visits -> true)),
                Named.of("unknown member", facts -> facts.member(-7, true)),
                Named.of("known member", facts -> facts.member(1, true)),
                Named.of("version", LedgerSnapshot::version));
    }

    @BeforeEach
    void fill() throws SQLException {
        database = TestDatabases.empty();
        database.execute("""
                INSERT INTO users (id, first_name, last_name, joined_at) VALUES (1, 'a', 'b', '2024-01-01');
                INSERT INTO tokens (user_id, token, created_at, used_at)
                SELECT n % 10, 'a', TIMESTAMP '2024-01-01 12:00' + n * INTERVAL '1 minute', now() FROM generate_series(1, 20000) AS n;
                ANALYZE tokens""");
        Rollups.of(TestDatabases.settings(database)).install();
        database.execute("INSERT INTO tokens (user_id, token, created_at) VALUES (3, 'a', '2024-06-06 12:00')");
    }

    private static MemberVisitsCriteria allMembers(OptionalLong upTo) {
        return new MemberVisitsCriteria(Optional.empty(), CountedTokens.USED, Optional.empty(), 1, MemberOrder.MOST_VISITS, upTo,
                Optional.empty(), true);
    }

    @ParameterizedTest
    @MethodSource("rollupQueries")
    void rollupQueriesDoNotReadTokens(Consumer<LedgerSnapshot> question) throws SQLException {
        var before = tokenReads();
        query(question);

        assertThat(tokenReads()).isBetween(before, before + MAX_PLANNER_LOOKUPS);
    }

    /** It has three conditions on the times of tokens, and the planner looks up the ends of an index for each. */
    @Test
    void theFeedReadsOnlyTheEndsOfAnIndex() throws SQLException {
        var before = tokenReads();
        query(facts -> facts.feed(Instant.parse("2026-01-01T00:00:00Z")));

        assertThat(tokenReads()).isBetween(before, before + 3 * MAX_PLANNER_LOOKUPS);
    }

    @Test
    void otherQueriesAreCountedAsReads() throws SQLException {
        for (Consumer<LedgerSnapshot> question : List.<Consumer<LedgerSnapshot>>of(
                facts -> facts.countVisitors(List.of(SPAN)), facts -> facts.cohortCounts(FOUR_O_CLOCK, Interval.WEEK, SPAN),
                facts -> facts.dataQualityIssues(SPAN, Instant.EPOCH))) {
            var before = tokenReads();
            query(question);

            assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
                while (tokenReads() <= before + MAX_PLANNER_LOOKUPS) {
                    Thread.sleep(20);
                }
            });
        }
    }

    /** What is asked of a few hours is found by the index, not by going through all tokens. */
    @Test
    void otherQueriesReadTheTokensOfTheirSpanOnly() throws SQLException {
        var noon = LocalDateTime.of(2024, 1, 3, 12, 0);
        var hours = new TimeSpan(noon, noon.plusHours(2));
        var before = sequentialScans();
        query(facts -> {
            facts.countVisitors(List.of(hours));
            facts.tokenCounts(new TimeSpan(noon, noon.plusMinutes(90)));
            facts.visitDays(FOUR_O_CLOCK, hours, OptionalLong.empty(), false, days -> true);
            facts.visits(3, hours, Optional.empty(), visit -> true);
            facts.memberVisits(new MemberVisitsCriteria(Optional.of(hours), CountedTokens.USED, Optional.empty(), 1, MemberOrder.ID,
                    OptionalLong.empty(),
                    Optional.empty(), false), visits -> true);
            facts.countMembers(allMembers(OptionalLong.of(20_000)));
        });

        assertThat(sequentialScans()).isEqualTo(before);
    }

    /** A session's counts are all told once it has ended. */
    private void query(Consumer<LedgerSnapshot> question) throws SQLException {
        try (var ledger = PostgresTokenLedger.of(TestDatabases.settings(database), LedgerMode.ROLLUP)) {
            ledger.withSnapshot(facts -> {
                question.accept(facts);
                return "";
            });
        }
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            while (!DatabaseCatalog.lines(database, """
                    SELECT 1 FROM pg_stat_activity
                    WHERE application_name = 'coworking-analytics' AND datname = current_database()""").isEmpty()) {
                Thread.sleep(10);
            }
        });
    }

    /** How many tokens were looked at. */
    private long tokenReads() throws SQLException {
        return number("seq_tup_read + idx_tup_fetch");
    }

    private long sequentialScans() throws SQLException {
        return number("seq_scan");
    }

    private long number(String counts) throws SQLException {
        awaitCounts();
        return Long.parseLong(DatabaseCatalog.lines(database, "SELECT " + counts + " FROM pg_stat_user_tables WHERE relname = 'tokens'")
                .getFirst());
    }

    /** Before version 15 a process of its own collects the counts, and what it tells may be half a second old, and was told it late. */
    private void awaitCounts() throws SQLException {
        if (Integer.parseInt(DatabaseCatalog.lines(database, "SHOW server_version_num").getFirst()) < 150_000) {
            LockSupport.parkNanos(Duration.ofMillis(1_500).toNanos());
        }
    }
}
