package coworking.analytics.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coworking.analytics.application.port.out.LedgerObserver;
import coworking.analytics.domain.fact.PackedUserCounts;
import coworking.analytics.domain.time.DateRange;
import coworking.analytics.domain.time.DayStart;
import coworking.analytics.domain.time.SpaceClock;
import coworking.analytics.domain.time.TimeSpan;
import coworking.analytics.postgres.schema.MigrationException;
import coworking.analytics.postgres.schema.Rollups;
import coworking.analytics.postgres.testing.EmbeddedDatabase;
import coworking.analytics.postgres.testing.TestDatabases;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What administrators do to tables with roll-ups. Whatever it is, the next answer is that of the tables, at once and without any upkeep; writers
 * never fail; and an install or a rebuild makes the roll-ups reliable again.
 */
class AdministratorActsTest {

    private static final String WRITE = """
            INSERT INTO tokens (user_id, token, created_at, used_at) VALUES (2, '77', '2024-06-01 10:00', '2024-06-01 10:01');
            UPDATE tokens SET used_at = created_at WHERE id = (SELECT min(id) FROM tokens WHERE used_at IS NULL);
            DELETE FROM tokens WHERE id = (SELECT max(id) - 1 FROM tokens)""";

    private EmbeddedDatabase database;
    private Rollups rollups;
    private PostgresTokenLedger ledger;

    @BeforeEach
    void install() throws SQLException {
        database = EmbeddedDatabase.create();
        database.execute(TestDatabases.TABLES_SQL + """
                INSERT INTO users (first_name, last_name, joined_at) SELECT 'a', 'b', '2024-01-01' FROM generate_series(1, 9);
                INSERT INTO tokens (user_id, token, created_at, used_at)
                SELECT 1 + n % 9, n, TIMESTAMP '2024-05-01' + n * INTERVAL '5 hours', CASE WHEN n % 3 > 0 THEN TIMESTAMP '2024-05-02' END
                FROM generate_series(1, 90) AS n""");
        rollups = Rollups.of(TestDatabases.settings(database));
        rollups.install();
        ledger = PostgresTokenLedger.of(TestDatabases.settings(database));
        assertThat(ledger.dayCounts()).isNotEmpty();
        assertThat(ledger.readsFrom()).contains(PostgresTokenLedger.ROLLUPS);
    }

    @AfterEach
    void disconnect() {
        ledger.close();
    }

    /** Acts that change what the roll-ups were made from: from then on the tables are read. */
    static List<String> actsThatEndReliance() {
        return List.of(
                "ALTER TABLE tokens RENAME used_at TO used_at_old; ALTER TABLE tokens ADD used_at timestamp; UPDATE tokens SET used_at = '2024-05-03'",
                """
                ALTER TABLE tokens ADD created_new timestamp; UPDATE tokens SET created_new = created_at + INTERVAL '10 hours';
                ALTER TABLE tokens RENAME created_at TO created_old; ALTER TABLE tokens RENAME created_new TO created_at;
                ALTER TABLE tokens ALTER created_old DROP NOT NULL""",
                "ALTER TABLE tokens ALTER created_at TYPE timestamp USING created_at + INTERVAL '1 day'",
                "ALTER TABLE tokens ALTER user_id TYPE bigint",
                "ALTER TABLE tokens ALTER token TYPE varchar(12); ALTER TABLE tokens ALTER used_at TYPE timestamptz",
                "ALTER TABLE tokens SET UNLOGGED",
                "ALTER TABLE tokens SET UNLOGGED; DELETE FROM tokens WHERE id < 20; ALTER TABLE tokens SET LOGGED",
                "ALTER TABLE tokens DISABLE TRIGGER ALL; DELETE FROM tokens WHERE id < 30; ALTER TABLE tokens ENABLE TRIGGER ALL",
                "ALTER TABLE tokens DISABLE TRIGGER USER; DELETE FROM tokens WHERE id < 30",
                "ALTER TABLE tokens RENAME TO tokens_old; CREATE TABLE tokens (LIKE tokens_old INCLUDING ALL); "
                        + "INSERT INTO tokens SELECT * FROM tokens_old WHERE id > 40",
                "DROP TABLE tokens; CREATE TABLE tokens (id serial PRIMARY KEY, user_id integer NOT NULL, token varchar(6) NOT NULL, "
                        + "created_at timestamp NOT NULL DEFAULT now(), used_at timestamp); "
                        + "INSERT INTO tokens (user_id, token, created_at) SELECT 3, '1', TIMESTAMP '2024-02-02' FROM generate_series(1, 5)",
                "VACUUM FULL tokens",
                "INSERT INTO coworking_analytics.by_day VALUES ('2020-01-01', 5, 5)",
                "UPDATE coworking_analytics.by_user SET used = used + 1 WHERE user_id = 1",
                "COPY coworking_analytics.by_return FROM PROGRAM 'printf \"2020-01-01\\t2019-01-01\\t3\\n\"'",
                "INSERT INTO coworking_analytics.journal (user_id, created_at, issued, used, file) "
                        + "SELECT 1, '2024-05-05', 1, 1, file FROM coworking_analytics.state",
                "SET session_replication_role = replica; INSERT INTO coworking_analytics.by_day VALUES ('2020-01-01', 5, 5)",
                "TRUNCATE coworking_analytics.by_hour",
                "DELETE FROM coworking_analytics.state",
                "DROP TRIGGER coworking_analytics_changed ON tokens; DELETE FROM tokens WHERE id < 30",
                "CREATE TABLE more_tokens () INHERITS (tokens); INSERT INTO more_tokens (id, user_id, token) VALUES (999, 1, '5')",
                "CREATE SCHEMA app; ALTER TABLE tokens SET SCHEMA app; ALTER TABLE users SET SCHEMA app; "
                        + "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = app, public', current_database()); END $$",
                "REINDEX TABLE tokens; ALTER TABLE tokens ALTER token TYPE text",
                "ALTER TABLE tokens DROP COLUMN token; ALTER TABLE tokens ADD token varchar(6) NOT NULL DEFAULT '1'");
    }

    /** Acts that the roll-ups follow. */
    static List<String> actsThatAreFollowed() {
        return List.of(
                "TRUNCATE tokens",
                "TRUNCATE users, tokens RESTART IDENTITY; SELECT setval('coworking_analytics.journal_id_seq', 3); "
                        + "INSERT INTO users (first_name, last_name, joined_at) SELECT 'c', 'd', '2024-02-01' FROM generate_series(1, 9); "
                        + "INSERT INTO tokens (user_id, token, created_at) SELECT 3, '1', TIMESTAMP '2024-02-02' FROM generate_series(1, 50)",
                "SELECT setval('coworking_analytics.journal_id_seq', 1); DELETE FROM tokens WHERE id < 30",
                "SET session_replication_role = replica; DELETE FROM tokens WHERE id < 30",
                "UPDATE tokens SET id = id + 1000, user_id = 1 + user_id % 9, created_at = created_at - INTERVAL '1 month'",
                "ALTER TABLE users ADD last_login timestamp; UPDATE users SET last_login = now()",
                "ALTER TABLE tokens ADD note text DEFAULT 'x'; CREATE INDEX ON tokens (note); ANALYZE tokens",
                "CREATE PUBLICATION everything FOR ALL TABLES",
                "VACUUM FULL users",
                "REINDEX TABLE tokens");
    }

    @ParameterizedTest
    @MethodSource("actsThatEndReliance")
    void theTablesAreReadAtOnceAndAnInstallRepairs(String act) throws SQLException {
        runEach(act);
        assertAnswersOfTheTables();
        assertThat(ledger.readsFrom()).contains(PostgresTokenLedger.TABLES);
        ledger.maintain();
        assertAnswersOfTheTables();
        assertThatCode(() -> database.execute(WRITE)).doesNotThrowAnyException();
        assertAnswersOfTheTables();

        database.execute(
                "DO $$ BEGIN EXECUTE (SELECT coalesce(string_agg(format('ALTER TABLE %s SET LOGGED', oid::regclass), '; '), 'SELECT 1') "
                        + "FROM pg_class WHERE relpersistence = 'u' AND relkind = 'r'); END $$; DROP TABLE IF EXISTS more_tokens");
        database.execute("DO $$ BEGIN IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass('tokens') AND attname = 'used_at' "
                + "AND atttypid = 'timestamptz'::regtype) THEN ALTER TABLE tokens ALTER used_at TYPE timestamp; END IF; END $$");
        repair();
        ledger.maintain();
        assertThat(ledger.readsFrom()).contains(PostgresTokenLedger.ROLLUPS);
        assertAnswersOfTheTables();
        database.execute(WRITE);
        assertAnswersOfTheTables();
        ledger.maintain();
        assertAnswersOfTheTables();
        assertThat(ledger.readsFrom()).contains(PostgresTokenLedger.ROLLUPS);
        assertThat(rollups.audit().differences()).isEmpty();
    }

    /** An install refuses tables of another shape than the original's, and says what differs; a rebuild takes them. */
    private void repair() {
        try {
            var _ = rollups.install();
        } catch (MigrationException refused) {
            assertThat(refused).hasMessageContaining("the tables differ");
            rollups.rebuild();
        }
    }

    @ParameterizedTest
    @MethodSource("actsThatAreFollowed")
    void theRollupsFollow(String act) throws SQLException {
        runEach(act);
        assertAnswersOfTheTables();
        ledger.maintain();
        assertAnswersOfTheTables();
        assertThatCode(() -> database.execute(WRITE)).doesNotThrowAnyException();
        assertAnswersOfTheTables();
        assertThat(ledger.readsFrom()).contains(PostgresTokenLedger.ROLLUPS);
        assertThat(rollups.audit().differences()).isEmpty();
        rollups.rebuild();
        assertThat(rollups.uninstall()).isTrue();
    }

    /** Without roll-ups the owner may do this, so with roll-ups too. */
    @Test
    void aRenamedColumnStopsNoWriter() throws SQLException {
        database.execute("ALTER TABLE tokens RENAME created_at TO made_at");

        database.execute(
                "INSERT INTO tokens (user_id, token) VALUES (1, '5'); UPDATE tokens SET used_at = now(); DELETE FROM tokens WHERE id < 5");

        database.execute("ALTER TABLE tokens RENAME made_at TO created_at");
        assertAnswersOfTheTables();
        assertThat(ledger.readsFrom()).contains(PostgresTokenLedger.TABLES);
    }

    @Test
    void anAuditThatFindsADifferenceEndsTheRelianceOfAllReplicas() throws SQLException {
        try (var other = PostgresTokenLedger.of(TestDatabases.settings(database))) {
            assertThat(other.dayCounts()).isNotEmpty();
            database.execute("SELECT set_config('coworking_analytics.filling', 'yes', false); DELETE FROM coworking_analytics.by_day");

            assertThat(ledger.audit().orElseThrow().isClean()).isFalse();

            assertAnswersOfTheTables();
            try (var plain = PostgresTokenLedger.of(TestDatabases.settings(database), LedgerMode.TABLE)) {
                assertThat(other.dayCounts()).isEqualTo(plain.dayCounts());
            }
            assertThat(other.readsFrom()).contains(PostgresTokenLedger.TABLES);
            rollups.rebuild();
            other.maintain();
            assertThat(other.readsFrom()).contains(PostgresTokenLedger.ROLLUPS);
        }
    }

    @Test
    void aJournalThatNobodyReliesOnIsBounded() throws SQLException {
        database.execute("ALTER TABLE tokens SET UNLOGGED; INSERT INTO tokens (user_id, token, created_at) "
                + "SELECT 1, '1', '2024-05-05' FROM generate_series(1, 100100); ALTER TABLE tokens SET LOGGED");
        ledger.maintain();

        try (var connection = database.connect();
                var statement = connection.createStatement();
                var count = statement.executeQuery("SELECT count(*) FROM coworking_analytics.journal")) {
            count.next();
            assertThat(count.getLong(1)).isZero();
        }
        assertAnswersOfTheTables();
        rollups.rebuild();
        ledger.maintain();
        assertThat(ledger.readsFrom()).contains(PostgresTokenLedger.ROLLUPS);
        assertAnswersOfTheTables();
    }

    @Test
    void twoSpacesInOneDatabaseHaveRollupsOfTheirOwn() throws SQLException {
        database.execute("CREATE ROLE berlin LOGIN SUPERUSER; CREATE SCHEMA berlin; ALTER ROLE berlin SET search_path = berlin");
        var settings = TestDatabases.settings(database.withUser("berlin"));
        database.withUser("berlin").execute(TestDatabases.TABLES_SQL + """
                INSERT INTO users (first_name, last_name, joined_at) VALUES ('a', 'b', '2024-01-01');
                INSERT INTO tokens (user_id, token, created_at) VALUES (1, '1', '2023-05-05'), (1, '2', '2023-05-05')""");
        var others = Rollups.of(settings);
        assertThatThrownBy(others::rebuild).isInstanceOf(MigrationException.class).hasMessageContaining("not installed");
        assertThatThrownBy(others::audit).isInstanceOf(MigrationException.class).hasMessageContaining("not installed");
        assertThat(others.uninstall()).isFalse();

        assertThat(others.install()).isTrue();
        others.rebuild();

        try (var berlin = PostgresTokenLedger.of(settings)) {
            assertThat(berlin.dayCounts()).hasSize(1);
            assertThat(berlin.readsFrom()).contains(PostgresTokenLedger.ROLLUPS);
            assertThat(others.audit().isClean()).isTrue();
            assertAnswersOfTheTables();
            assertThat(ledger.readsFrom()).contains(PostgresTokenLedger.ROLLUPS);
            assertThat(rollups.uninstall()).isTrue();
            assertThat(others.audit().isClean()).isTrue();
        } finally {
            database.execute("DROP OWNED BY berlin CASCADE; DROP ROLE berlin");
        }
    }

    @Test
    void anotherTimeZoneNeedsAnInstallAndUntilThenTheTablesAreRead() {
        var kathmandu = SpaceClock.of(ZoneOffset.UTC, ZoneId.of("Asia/Kathmandu"));
        var days = new DateRange(LocalDate.of(2024, 4, 1), LocalDate.of(2024, 7, 1));
        var span = new TimeSpan(LocalDate.of(2024, 5, 3).atStartOfDay(), LocalDate.of(2024, 5, 9).atStartOfDay());
        try (var there = PostgresTokenLedger.of(TestDatabases.settings(database), LedgerMode.AUTO, LedgerObserver.NO_OP, kathmandu);
                var plain = PostgresTokenLedger.of(TestDatabases.settings(database), LedgerMode.TABLE, LedgerObserver.NO_OP, kathmandu)) {
            there.maintain();
            assertThat(there.readsFrom()).contains(PostgresTokenLedger.TABLES);

            assertThat(Rollups.of(TestDatabases.settings(database), kathmandu).install()).isTrue();
            there.maintain();

            assertThat(there.readsFrom()).contains(PostgresTokenLedger.ROLLUPS);
            assertThat(there.dayCounts()).isEqualTo(plain.dayCounts());
            assertThat(there.<Object>withSnapshot(facts -> List.of(facts.hourCounts(DayStart.MIDNIGHT, days),
                    facts.countVisitors(List.of(span)), facts.tokenCounts(span), facts.extent(DayStart.MIDNIGHT))))
                    .isEqualTo(plain.<Object>withSnapshot(facts -> List.of(facts.hourCounts(DayStart.MIDNIGHT, days),
                            facts.countVisitors(List.of(span)), facts.tokenCounts(span), facts.extent(DayStart.MIDNIGHT))));
            assertThat(Rollups.of(TestDatabases.settings(database), kathmandu).audit().isClean()).isTrue();
            ledger.maintain();
            assertThat(ledger.readsFrom()).contains(PostgresTokenLedger.TABLES);
        }
    }

    private void runEach(String act) throws SQLException {
        if (act.startsWith("VACUUM")) {
            database.execute(act);
        } else {
            database.execute(act + "; RESET session_replication_role");
        }
        if (act.contains("search_path")) {
            ledger.close();
            ledger = PostgresTokenLedger.of(TestDatabases.settings(database));
        }
    }

    private void assertAnswersOfTheTables() {
        try (var plain = PostgresTokenLedger.of(TestDatabases.settings(database), LedgerMode.TABLE)) {
            assertThat(ledger.dayCounts()).isEqualTo(plain.dayCounts());
            assertThat(ledger.userCounts()).isEqualTo(plain.userCounts()).isInstanceOf(PackedUserCounts.class);
            var days = new DateRange(LocalDate.of(2019, 1, 1), LocalDate.of(2024, 12, 31));
            var span = new TimeSpan(LocalDate.of(2019, 1, 1).atStartOfDay(), LocalDate.of(2024, 5, 20).atStartOfDay());
            assertThat(ledger
                    .<Object>withSnapshot(facts -> List.of(facts.hourCounts(DayStart.MIDNIGHT, days), facts.countVisitors(List.of(span)))))
                    .isEqualTo(plain.<Object>withSnapshot(
                            facts -> List.of(facts.hourCounts(DayStart.MIDNIGHT, days), facts.countVisitors(List.of(span)))));
        }
    }
}
