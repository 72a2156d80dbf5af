package coworking.analytics.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import coworking.analytics.application.port.out.Facts;
import coworking.analytics.application.port.out.Facts.Counted;
import coworking.analytics.application.port.out.Facts.MemberQuestion;
import coworking.analytics.application.port.out.Facts.Order;
import coworking.analytics.domain.DayStart;
import coworking.analytics.domain.Days;
import coworking.analytics.domain.Interval;
import coworking.analytics.domain.TimeSpan;
import java.sql.SQLException;
import java.time.Duration;
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
class FlatFactsTest {

    private static final DayStart FOUR = new DayStart(LocalTime.of(4, 0));
    private static final Days YEAR = new Days(LocalDate.of(2024, 1, 1), LocalDate.of(2024, 12, 31));
    private static final TimeSpan SPAN = FOUR.spanOf(YEAR);

    /** So many tokens the planner may look at by itself: those at the ends of an index. */
    private static final long PLANNING = 8;

    private EmbeddedDatabase database;

    static Stream<Named<Consumer<Facts>>> flat() {
        return Stream.of(
                Named.of("extent", facts -> facts.extent(FOUR)),
                Named.of("extent of days", facts -> facts.extent(DayStart.MIDNIGHT)),
                Named.of("hours", facts -> facts.hourTallies(FOUR, YEAR)),
                Named.of("usage", facts -> facts.usage(SPAN)),
                Named.of("visitors of days", facts -> facts.visitors(List.of(DayStart.MIDNIGHT.spanOf(YEAR)))),
                Named.of("joins", facts -> facts.joins(FOUR)),
                Named.of("joined", facts -> facts.joined(SPAN)),
                Named.of("number of members", facts -> facts.countMembers(everybody(OptionalLong.empty()))),
                Named.of("member visits", facts -> facts.memberVisits(everybody(OptionalLong.empty()), visits -> true)),
                Named.of("unknown member", facts -> facts.member(-7, true)),
                Named.of("known member", facts -> facts.member(1, true)),
                Named.of("version", Facts::version));
    }

    @BeforeEach
    void fill() throws SQLException {
        database = Tables.empty();
        database.execute("""
                INSERT INTO users (id, first_name, last_name, joined_at) VALUES (1, 'a', 'b', '2024-01-01');
                INSERT INTO tokens (user_id, token, created_at, used_at)
                SELECT n % 10, 'a', TIMESTAMP '2024-01-01 12:00' + n * INTERVAL '1 minute', now() FROM generate_series(1, 20000) AS n;
                ANALYZE tokens""");
        Rollups.of(Tables.settings(database)).install();
        database.execute("INSERT INTO tokens (user_id, token, created_at) VALUES (3, 'a', '2024-06-06 12:00')");
    }

    private static MemberQuestion everybody(OptionalLong upTo) {
        return new MemberQuestion(Optional.empty(), Counted.USED, Optional.empty(), 1, Order.MOST_VISITS, upTo, Optional.empty(), true);
    }

    @ParameterizedTest
    @MethodSource("flat")
    void doNotLookAtTheTokens(Consumer<Facts> question) throws SQLException {
        var before = looks();
        ask(question);

        assertThat(looks()).isBetween(before, before + PLANNING);
    }

    @Test
    void othersAreSeenToLook() throws SQLException {
        for (Consumer<Facts> question : List.<Consumer<Facts>>of(
                facts -> facts.visitors(List.of(SPAN)), facts -> facts.cohorts(FOUR, Interval.WEEK, SPAN), facts -> facts.findings(SPAN))) {
            var before = looks();
            ask(question);

            assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
                while (looks() <= before + PLANNING) {
                    Thread.sleep(20);
                }
            });
        }
    }

    /** What is asked of a few hours is found by the index, not by going through all tokens. */
    @Test
    void othersLookAtTheTokensOfTheirSpanOnly() throws SQLException {
        var noon = LocalDateTime.of(2024, 1, 3, 12, 0);
        var hours = new TimeSpan(noon, noon.plusHours(2));
        var before = scans();
        ask(facts -> {
            facts.visitors(List.of(hours));
            facts.usage(new TimeSpan(noon, noon.plusMinutes(90)));
            facts.visitDays(FOUR, hours, OptionalLong.empty(), false, days -> true);
            facts.visits(3, hours, Optional.empty(), visit -> true);
            facts.memberVisits(new MemberQuestion(Optional.of(hours), Counted.USED, Optional.empty(), 1, Order.ID, OptionalLong.empty(),
                    Optional.empty(), false), visits -> true);
            facts.countMembers(everybody(OptionalLong.of(20_000)));
        });

        assertThat(scans()).isEqualTo(before);
    }

    /** A session's counts are all told once it has ended. */
    private void ask(Consumer<Facts> question) throws SQLException {
        try (var ledger = PostgresTokenLedger.of(Tables.settings(database), LedgerChoice.ROLLED_UP)) {
            ledger.converse(facts -> {
                question.accept(facts);
                return "";
            });
        }
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            while (!MigrationCatalog.lines(database, """
                    SELECT 1 FROM pg_stat_activity
                    WHERE application_name = 'coworking-analytics' AND datname = current_database()""").isEmpty()) {
                Thread.sleep(10);
            }
        });
    }

    /** How many tokens were looked at. */
    private long looks() throws SQLException {
        return number("seq_tup_read + idx_tup_fetch");
    }

    private long scans() throws SQLException {
        return number("seq_scan");
    }

    private long number(String counts) throws SQLException {
        awaitCounts();
        return Long.parseLong(MigrationCatalog.lines(database, "SELECT " + counts + " FROM pg_stat_user_tables WHERE relname = 'tokens'")
                .getFirst());
    }

    /** Before version 15 a process of its own collects the counts, and what it tells may be half a second old, and was told it late. */
    private void awaitCounts() throws SQLException {
        if (Integer.parseInt(MigrationCatalog.lines(database, "SHOW server_version_num").getFirst()) < 150_000) {
            LockSupport.parkNanos(Duration.ofMillis(1_500).toNanos());
        }
    }
}
