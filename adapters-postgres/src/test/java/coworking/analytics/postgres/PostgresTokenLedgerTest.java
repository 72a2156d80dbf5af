package coworking.analytics.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import coworking.analytics.application.port.UnavailableException;
import coworking.analytics.application.port.out.LedgerObserver;
import coworking.analytics.domain.fact.DayCounts;
import coworking.analytics.domain.fact.UserCounts;
import coworking.analytics.domain.time.SpaceClock;
import coworking.analytics.postgres.sql.ReadinessProbe;
import coworking.analytics.postgres.testing.EmbeddedDatabase;
import coworking.analytics.postgres.testing.TestDatabases;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What only PostgreSQL can hold, or do to its readers. */
class PostgresTokenLedgerTest {

    private EmbeddedDatabase database;
    private PostgresTokenLedger ledger;

    @BeforeEach
    void connect() throws SQLException {
        database = TestDatabases.empty();
        ledger = PostgresTokenLedger.of(TestDatabases.settings(database));
    }

    @AfterEach
    void disconnect() {
        ledger.close();
    }

    @Test
    void infinitiesAreTheEndsOfAFourDigitCalendarAndMeetTheTokensThatWereThere() throws SQLException {
        database.execute("""
                INSERT INTO tokens (user_id, token, created_at, used_at) VALUES
                    (1, 'a', 'infinity', 'infinity'), (1, 'b', '9999-12-31 08:00', NULL),
                    (1, 'c', '-infinity', '-infinity'), (1, 'd', '0001-01-01 08:00', '0001-01-01 08:00')""");

        assertThat(ledger.dayCounts()).containsExactly(
                new DayCounts(LocalDate.of(1, 1, 1), 2, 2), new DayCounts(LocalDate.of(9999, 12, 31), 2, 1));
    }

    @Test
    void aUserWhoJoinedAtInfinityJoinedAtTheLastMicrosecondOfTheCalendar() throws SQLException {
        database.execute("""
                INSERT INTO users (id, first_name, last_name, joined_at) VALUES (1, 'a', 'b', 'infinity'), (2, 'a', 'b', '-infinity');
                INSERT INTO tokens (user_id, token, created_at) VALUES (1, 'a', now()), (2, 'b', now())""");

        assertThat(ledger.userCounts()).extracting(UserCounts::joinedAt).containsExactly(
                Optional.of(LocalDateTime.parse("9999-12-31T23:59:59.999999")), Optional.of(LocalDateTime.parse("0001-01-01T00:00:00")));
    }

    @Test
    void theMinimumAndMaximumTimestampsOfPostgresAreReadExactly() throws SQLException {
        database.execute("""
                INSERT INTO users (id, first_name, last_name, joined_at) VALUES
                    (1, 'a', 'b', '4713-01-01 00:00:00.000001 BC'), (2, 'a', 'b', '294276-12-31 23:59:59.999999');
                INSERT INTO tokens (user_id, token, created_at) VALUES
                    (1, 'a', '4713-01-01 00:00:00.000001 BC'), (2, 'b', '294276-12-31 23:59:59.999999')""");

        assertThat(ledger.userCounts()).extracting(UserCounts::joinedAt).containsExactly(
                Optional.of(LocalDateTime.of(-4712, 1, 1, 0, 0).plus(1, ChronoUnit.MICROS)),
                Optional.of(LocalDateTime.of(294276, 12, 31, 23, 59, 59, 999_999_000)));
        assertThat(ledger.dayCounts()).extracting(DayCounts::day)
                .containsExactly(LocalDate.of(-4712, 1, 1), LocalDate.of(294276, 12, 31));
    }

    @Test
    void warnsIfTheDatabaseWritesInAnotherZoneThanItsTablesAreReadIn() throws SQLException {
        database.execute("ALTER DATABASE \"" + database.name() + "\" SET timezone = 'Europe/Berlin'");

        assertThat(ledger.findWarnings())
                .containsExactly("The tables are read as written in the time zone UTC (DB_TIME_ZONE), but the database "
                        + "writes in Europe/Berlin (its setting \"timezone\").");
        try (var inBerlin = PostgresTokenLedger.of(TestDatabases.settings(database), LedgerMode.TABLE, LedgerObserver.NO_OP,
                SpaceClock.of(ZoneId.of("Europe/Berlin"), ZoneId.of("UTC")))) {
            assertThat(inBerlin.findWarnings()).isEmpty();
        }
    }

    @Test
    void doesNotWarnOfAnotherNameOfTheSameZone() throws SQLException {
        for (var zone : List.of("Etc/UTC", "utc", "GMT")) {
            database.execute("ALTER DATABASE \"" + database.name() + "\" SET timezone = '" + zone + "'");
            assertThat(ledger.findWarnings()).as(zone).isEmpty();
        }
    }

    @Test
    void takesTheZoneOfTheLogWhereTheDatabaseHasNoSettingOfItsOwn() throws SQLException {
        database.execute("ALTER DATABASE \"" + database.name() + "\" RESET timezone");
        try (var inKathmandu = PostgresTokenLedger.of(TestDatabases.settings(database), LedgerMode.TABLE, LedgerObserver.NO_OP,
                SpaceClock.of(ZoneId.of("Asia/Kathmandu"), ZoneId.of("UTC")))) {
            assertThat(inKathmandu.findWarnings()).singleElement().asString().contains("Asia/Kathmandu", "probably", "log_timezone");
        }
    }

    @Test
    void readsUnmigratedTablesWithAReadOnlyRole() throws SQLException {
        database.execute("""
                INSERT INTO tokens (user_id, token, created_at) VALUES (7, 'a', '2024-05-06 12:00');
                DROP ROLE IF EXISTS reader; CREATE ROLE reader LOGIN;
                GRANT SELECT ON users, tokens TO reader""");

        try (var readOnly = PostgresTokenLedger.of(TestDatabases.settings(database.withUser("reader")))) {
            readOnly.ensureReadable();
            assertThat(readOnly.userCounts()).extracting(UserCounts::userId).containsExactly(7L);
        }
        database.execute("DROP OWNED BY reader; DROP ROLE reader");
    }

    @Test
    void saysThatTheRoleMayNotRead() throws SQLException {
        database.execute("DROP ROLE IF EXISTS stranger; CREATE ROLE stranger LOGIN");

        try (var refused = PostgresTokenLedger.of(TestDatabases.settings(database.withUser("stranger")))) {
            assertThatThrownBy(refused::ensureReadable)
                    .isInstanceOf(UnavailableException.class).hasMessage("the database user may not read a table");
        }
        database.execute("DROP ROLE stranger");
    }

    @Test
    void saysThatATableIsMissingAndRecoversWhenItIsThere() throws SQLException {
        database.execute("ALTER TABLE users RENAME TO elsewhere");

        assertThatThrownBy(ledger::userCounts).isInstanceOf(UnavailableException.class).hasMessage("a table is missing");
        ledger.ensureReadable();

        database.execute("ALTER TABLE elsewhere RENAME TO users");
        assertThat(ledger.userCounts()).isEmpty();
    }

    @Test
    void doesNotWaitForALockedTable() throws SQLException {
        try (var owner = database.connect(); var statement = owner.createStatement()) {
            owner.setAutoCommit(false);
            statement.execute("LOCK TABLE tokens IN ACCESS EXCLUSIVE MODE");

            assertThatThrownBy(ledger::ensureReadable).hasMessage("another session keeps a table locked");
            assertThatThrownBy(ledger::dayCounts).hasMessage("another session keeps a table locked");
        }
        assertThat(ledger.dayCounts()).isEmpty();
    }

    @Test
    void aReadinessProbeDoesNotWaitForAStuckSession() throws Exception {
        ledger.ensureReadable();
        var session = value("SELECT pid FROM pg_stat_activity WHERE application_name = 'coworking-analytics' AND datname = '"
                + database.name() + "'");
        signal("STOP", session);
        try {
            assertTimeoutPreemptively(Duration.ofSeconds(2),
                    () -> assertThatThrownBy(ledger::ensureReadable).hasMessage("the database does not answer"));
            ledger.ensureReadable();
        } finally {
            signal("CONT", session);
        }
    }

    @Test
    void aReadinessProbeReadsNoRow() throws SQLException {
        assertThat(value("EXPLAIN (ANALYZE, FORMAT JSON) " + ReadinessProbe.READABLE_SQL).replace(" ", ""))
                .contains("\"NodeType\":\"SeqScan\"", "\"ActualLoops\":0");
    }

    private String value(String sql) throws SQLException {
        try (var connection = database.connect(); var statement = connection.createStatement(); var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void signal(String name, String process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, process).start().waitFor()).isZero();
    }

    @Test
    void failedQueriesReleaseTheirConnection() throws SQLException {
        database.execute("ALTER TABLE tokens RENAME COLUMN used_at TO gone");
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(ledger::dayCounts).hasMessage("a column is missing");
        }

        ledger.ensureReadable();
    }
}
