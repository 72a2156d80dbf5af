package coworking.analytics.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.domain.time.TimeSpan;
import coworking.analytics.postgres.schema.Rollups;
import coworking.analytics.postgres.testing.EmbeddedDatabase;
import coworking.analytics.postgres.testing.TestDatabases;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many different members came, out of who returns after which day: whatever happens to a member's days, both ledgers say the same. */
class ReturningVisitorsTest {

    private static final LocalDate FIRST = LocalDate.of(2024, 2, 25);
    private static final int DAYS = 10;

    private EmbeddedDatabase database;
    private Rollups rollups;
    private PostgresTokenLedger tableLedger;
    private PostgresTokenLedger rollupLedger;

    @BeforeEach
    void connect() throws SQLException {
        database = TestDatabases.empty();
        rollups = Rollups.of(TestDatabases.settings(database));
        tableLedger = PostgresTokenLedger.of(TestDatabases.settings(database), LedgerMode.TABLE);
        rollupLedger = PostgresTokenLedger.of(TestDatabases.settings(database), LedgerMode.ROLLUP);
    }

    @AfterEach
    void disconnect() {
        tableLedger.close();
        rollupLedger.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void bothLedgersAgreeAfterRandomChanges(long seed) throws SQLException {
        var random = new Random(seed);
        database.execute(insert(random, 40));
        rollups.install();

        for (var step = 0; step < 60; step++) {
            database.execute(IntStream.rangeClosed(0, random.nextInt(4)).mapToObj(any -> randomChange(random)).reduce("", String::concat));
            if (random.nextInt(4) == 0) {
                TestDatabases.fold(database);
            }
            var spans = randomSpans(random);

            assertThat(visitors(rollupLedger, spans)).as("step %d, %s", step, spans).isEqualTo(visitors(tableLedger, spans));
        }
        assertThat(rollups.audit().differences()).isEmpty();
        TestDatabases.fold(database);
        assertThat(rollups.audit().differences()).isEmpty();
    }

    private static List<Long> visitors(PostgresTokenLedger ledger, List<TimeSpan> spans) {
        return ledger.withSnapshot(facts -> facts.countVisitors(spans));
    }

    private static String randomChange(Random random) {
        var some = "WHERE id %% %s = 0;".formatted(3 + random.nextInt(40));
        return switch (random.nextInt(16)) {
            case 0 -> "DELETE FROM tokens " + some;
            case 1 -> "UPDATE tokens SET user_id = %s %s".formatted(randomUser(random), some);
            case 2 -> "UPDATE tokens SET created_at = created_at + INTERVAL '%s hours' %s".formatted(random.nextInt(-60, 60), some);
            case 3 -> "UPDATE tokens SET used_at = NULL " + some;
            case 4 -> "UPDATE tokens SET used_at = created_at " + some;
            case 5 -> "UPDATE tokens SET created_at = '%s' %s".formatted(randomTimestamp(random), some);
            case 6 -> random.nextInt(4) == 0 ? "TRUNCATE tokens;" : "";
            case 7 -> "BEGIN; DELETE FROM tokens %s ROLLBACK;".formatted(some);
            default -> insert(random, 1 + random.nextInt(4));
        };
    }

    private static String insert(Random random, int tokens) {
        var rows = new StringBuilder();
        for (var i = 0; i < tokens; i++) {
            rows.append("INSERT INTO tokens (user_id, token, created_at, used_at) VALUES (%s, '1', '%s', %s);".formatted(
                    randomUser(random), randomTimestamp(random), random.nextInt(3) == 0 ? "NULL" : "now()"));
        }
        return rows.toString();
    }

    private static int randomUser(Random random) {
        return 1 + random.nextInt(5);
    }

    /** Mostly within a few days; sometimes where PostgreSQL's calendar and the domain's part. */
    private static String randomTimestamp(Random random) {
        return random.nextInt(12) == 0
                ? List.of("infinity", "-infinity", "9999-12-31 07:00", "10000-01-01 00:00", "0001-01-01 00:00", "0001-12-31 12:00 BC",
                        "294276-12-31 23:59").get(random.nextInt(7))
                : String.format(Locale.ROOT, "%s %02d:30", FIRST.plusDays(random.nextInt(DAYS)), random.nextInt(24));
    }

    private static List<TimeSpan> randomSpans(Random random) {
        var days = IntStream.generate(() -> random.nextInt(-1, DAYS + 2)).limit(2L * random.nextInt(1, 5)).sorted().toArray();
        var spans = new ArrayList<TimeSpan>();
        for (var i = 0; i < days.length; i += 2) {
            var from = FIRST.plusDays(days[i]).atStartOfDay();
            var to = FIRST.plusDays(days[i + 1]).atStartOfDay();
            var endsWithinADay = i + 2 == days.length && random.nextBoolean();
            spans.add(new TimeSpan(from, endsWithinADay ? to.plusHours(random.nextInt(24)) : to));
        }
        return random.nextInt(5) == 0
                ? List.of(new TimeSpan(LocalDate.MIN.atStartOfDay(), FIRST.atTime(9, 0)), new TimeSpan(FIRST.plusDays(3).atStartOfDay(),
                        LocalDate.MAX.atStartOfDay()))
                : spans;
    }

    /** A member who has been coming for years costs no more than one who came twice: only the days around the change are looked at. */
    @Test
    void changesReadTheAdjacentDaysOnly() throws SQLException {
        database.execute("""
                INSERT INTO tokens (user_id, token, created_at, used_at)
                SELECT 1, '1', TIMESTAMP '2020-01-01' + n * INTERVAL '1 hour', now() FROM generate_series(1, 20000) AS n;
                ANALYZE tokens""");
        rollups.install();
        database.execute("INSERT INTO tokens (user_id, token, created_at, used_at) VALUES (1, '1', '2023-01-01', now())");

        try (var connection = database.connect(); var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            try (var changes = statement.executeQuery("""
                    SELECT concat_ws(' ', day, previous, members) FROM coworking_analytics.return_changes(NULL)""")) {
                changes.next();
                assertThat(changes.getString(1)).isEqualTo("2023-01-01 2022-04-13 1");
                assertThat(changes.next()).isFalse();
            }
            try (var looks = statement.executeQuery("""
                    SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables WHERE relname = 'tokens'""")) {
                looks.next();
                assertThat(looks.getLong(1)).isBetween(1L, 10L);
            }
        }
    }
}
