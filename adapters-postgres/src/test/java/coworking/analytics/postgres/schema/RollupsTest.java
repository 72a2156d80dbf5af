package coworking.analytics.postgres.schema;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import coworking.analytics.application.port.UnavailableException;
import coworking.analytics.application.port.out.AuditResult;
import coworking.analytics.domain.fact.DayCounts;
import coworking.analytics.domain.fact.UserCounts;
import coworking.analytics.postgres.LedgerMode;
import coworking.analytics.postgres.PostgresTokenLedger;
import coworking.analytics.postgres.sql.RollupSchema;
import coworking.analytics.postgres.testing.DatabaseCatalog;
import coworking.analytics.postgres.testing.EmbeddedDatabase;
import coworking.analytics.postgres.testing.TestDatabases;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The roll-ups as an operator meets them: installed on tables that others own, checked, repaired and taken away. */
class RollupsTest {

    private static final LocalDate DAY = LocalDate.of(2024, 5, 6);

    private EmbeddedDatabase database;
    private Rollups rollups;
    private PostgresTokenLedger ledger;

    @BeforeEach
    void connect() throws SQLException {
        database = EmbeddedDatabase.create();
        database.execute(TestDatabases.TABLES_SQL + """
                INSERT INTO users (first_name, last_name, joined_at) SELECT 'a', 'b', '2024-01-01' FROM generate_series(1, 3);
                INSERT INTO tokens (user_id, token, created_at, used_at) VALUES
                    (1, '1', '2024-05-06 08:00', '2024-05-06 08:05'), (1, '2', '2024-05-06 09:00', NULL),
                    (2, '3', '2024-05-07 08:00', '2024-05-06 07:55')""");
        rollups = Rollups.of(TestDatabases.settings(database));
        ledger = PostgresTokenLedger.of(TestDatabases.settings(database));
    }

    @AfterEach
    void disconnect() {
        ledger.close();
    }

    @Test
    void areFilledFromTheTables() {
        assertThat(rollups.install()).isTrue();

        assertThat(ledger.dayCounts()).containsExactly(new DayCounts(DAY, 2, 1), new DayCounts(DAY.plusDays(1), 1, 1));
        assertThat(ledger.userCounts()).extracting(UserCounts::userId, UserCounts::issued, UserCounts::used)
                .containsExactly(tuple(1L, 2L, 1L), tuple(2L, 1L, 1L));
        assertThat(ledger.readsFrom()).contains(PostgresTokenLedger.ROLLUPS);
        assertThat(rollups.audit().isClean()).isTrue();
    }

    @Test
    void canBeInstalledAgainWhichChangesNothing() {
        rollups.install();
        var version = ledger.version();

        assertThat(rollups.install()).isFalse();
        assertThat(ledger.version()).isEqualTo(version).isPresent();
    }

    @Test
    void areFilledByTheNextInstallWhereOneWasKilledBeforeIt() throws SQLException {
        new Migrations(database.dataSource()).addRollups(new RollupSchema("coworking_analytics"));
        database.execute("UPDATE tokens SET used_at = now() WHERE used_at IS NULL");

        assertThat(ledger.dayCounts()).contains(new DayCounts(DAY, 2, 2));
        assertThat(ledger.readsFrom()).contains(PostgresTokenLedger.TABLES);

        assertThat(rollups.install()).isTrue();
        ledger.maintain();
        assertThat(ledger.dayCounts()).contains(new DayCounts(DAY, 2, 2));
        assertThat(ledger.readsFrom()).contains(PostgresTokenLedger.ROLLUPS);
    }

    @Test
    void foldingChangesTheVersionButNoAnswer() throws SQLException {
        rollups.install();
        database.execute(
                "INSERT INTO tokens (user_id, token, created_at) VALUES (3, '4', '2024-05-06'); DELETE FROM tokens WHERE user_id = 2");
        var days = ledger.dayCounts();
        var users = ledger.userCounts();
        var version = ledger.version();

        assertThat(ledger.maintain()).isEqualTo(2);
        assertThat(ledger.maintain()).isZero();
        assertThat(ledger.dayCounts()).isEqualTo(days).containsExactly(new DayCounts(DAY, 3, 1));
        assertThat(ledger.userCounts()).isEqualTo(users);
        assertThat(ledger.version()).isNotEqualTo(version);
        assertThat(rollups.audit().isClean()).isTrue();
    }

    /** Either waits for the other, and PostgreSQL ends one of them. */
    @Test
    void aTruncationIsNeverCancelledByAnIndexBuild() throws Exception {
        rollups.install();
        database.execute("DROP INDEX coworking_analytics_created_at");
        var installation = new FutureTask<>(rollups::install);
        try (var writer = database.connect(); var statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            statement.execute("INSERT INTO tokens (user_id, token, created_at) VALUES (3, '4', '2024-05-06')");
            Thread.startVirtualThread(installation);
            awaitIndexBuild();
            statement.execute("TRUNCATE tokens");
            writer.commit();
        }

        // Whether this made the index, or the TRUNCATE made one of what it left, is all the same.
        assertThat(installation.get(30, SECONDS)).isNotNull();
        assertThat(ledger.dayCounts()).isEmpty();
        assertThat(rollups.install()).isFalse();
    }

    private void awaitIndexBuild() throws Exception {
        try (var connection = database.connect(); var statement = connection.createStatement()) {
            for (int look = 0; look < 3_000; look++) {
                try (var row = statement.executeQuery("""
                        SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database()
                                       AND wait_event_type = 'Lock' AND query LIKE 'CREATE INDEX CONCURRENTLY%')""")) {
                    row.next();
                    if (row.getBoolean(1)) {
                        return;
                    }
                }
                Thread.sleep(10);
            }
        }
        throw new AssertionError("The building of the index never waited for the writer");
    }

    @Test
    void onlyOneFoldsAtATime() throws SQLException {
        rollups.install();
        database.execute("DELETE FROM tokens WHERE user_id = 2");
        try (var other = database.connect(); var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT coworking_analytics.fold()");

            assertThat(ledger.maintain()).isZero();
            assertThat(ledger.dayCounts()).containsExactly(new DayCounts(DAY, 2, 1));
            other.rollback();
        }
        assertThat(ledger.maintain()).isEqualTo(1);
    }

    @Test
    void followATruncationWithinATransactionThatGoesOn() throws SQLException {
        rollups.install();
        for (var fold : List.of(false, true)) {
            try (var connection = database.connect(); var statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("INSERT INTO tokens (user_id, token, created_at) VALUES (3, '4', '2024-05-08')");
                statement.execute("SAVEPOINT before; TRUNCATE tokens; ROLLBACK TO before");
                statement.execute("TRUNCATE tokens");
                statement.execute("INSERT INTO tokens (user_id, token, created_at) VALUES (2, '5', '2024-05-09')");
                connection.commit();
            }
            if (fold) {
                ledger.maintain();
            }

            assertThat(ledger.dayCounts()).containsExactly(new DayCounts(LocalDate.of(2024, 5, 9), 1, 0));
            assertThat(ledger.userCounts()).extracting(UserCounts::userId).containsExactly(2L);
            assertThat(rollups.audit().isClean()).isTrue();
        }
    }

    @Test
    void anAuditReportsChangesThatBypassedTriggersAndARebuildRepairsThem() throws SQLException {
        rollups.install();
        var version = ledger.version();
        database.execute("""
                ALTER TABLE tokens DISABLE TRIGGER USER;
                INSERT INTO tokens (user_id, token, created_at, used_at) VALUES (1, '7', '2024-05-06', '2024-05-06');
                DELETE FROM tokens WHERE user_id = 2;
                ALTER TABLE tokens ENABLE TRIGGER USER""");

        assertThat(rollups.audit()).isEqualTo(new AuditResult(List.of(
                "the roll-ups are not relied on: the tables, their columns or the triggers on them were altered since they were filled:"
                        + " rebuild them",
                "day 2024-05-06: the tables have 3 issued and 2 used, the roll-ups 2 issued and 1 used",
                "day 2024-05-07: the tables have 0 issued and 0 used, the roll-ups 1 issued and 1 used",
                "hour 2024-05-06 00: the tables have 1 issued and 1 used, the roll-ups 0 issued and 0 used",
                "hour 2024-05-07 08: the tables have 0 issued and 0 used, the roll-ups 1 issued and 1 used",
                "user 1: the tables have 3 issued and 2 used, the roll-ups 2 issued and 1 used",
                "user 2: the tables have 0 issued and 0 used, the roll-ups 1 issued and 1 used",
                "return on 2024-05-07 for the first time: the tables have 0 members, the roll-ups 1 members"), 8));

        rollups.rebuild();
        assertThat(rollups.audit().isClean()).isTrue();
        assertThat(ledger.version()).isNotEqualTo(version);
        assertThat(ledger.dayCounts()).containsExactly(new DayCounts(DAY, 3, 2));
    }

    @Test
    void anAuditCountsMoreDifferencesThanItLists() throws SQLException {
        rollups.install();
        database.execute("""
                ALTER TABLE tokens DISABLE TRIGGER USER;
                INSERT INTO tokens (user_id, token, created_at) SELECT 1, '1', TIMESTAMP '2020-01-01' + n * INTERVAL '1 day'
                FROM generate_series(1, 500) AS n""");

        assertThat(rollups.audit().differences()).hasSize(Audit.MAX_NAMED_DIFFERENCES + 1).element(1).asString()
                .startsWith("day 2020-01-02: ");
        assertThat(rollups.audit().total()).isEqualTo(1_002);
    }

    @Test
    void anAuditReportsADisabledTriggerBeforeAnyChangeBypassedIt() throws SQLException {
        rollups.install();
        database.execute("ALTER TABLE tokens DISABLE TRIGGER coworking_analytics_changed");

        assertThat(rollups.audit()).isEqualTo(new AuditResult(
                List.of("the roll-ups are not relied on: the tables, their columns or the triggers on them were altered since they were filled:"
                        + " rebuild them"),
                1));
    }

    @Test
    void uninstallRestoresTheTablesAndReadersStillGetAnswers() throws SQLException {
        var before = everything();
        rollups.install();
        var days = ledger.dayCounts();
        assertThat(ledger.readsFrom()).contains(PostgresTokenLedger.ROLLUPS);

        assertThat(rollups.uninstall()).isTrue();

        assertThat(ledger.dayCounts()).isEqualTo(days);
        assertThat(ledger.readsFrom()).contains(PostgresTokenLedger.TABLES);
        assertThat(ledger.version()).isEmpty();
        assertThat(everything()).isEqualTo(before);
        assertThat(rollups.uninstall()).isFalse();
        assertThat(rollups.install()).isTrue();
        assertThat(rollups.audit().isClean()).isTrue();
    }

    private List<String> everything() throws SQLException {
        return Stream.of(
                DatabaseCatalog.structure(database), DatabaseCatalog.relations(database),
                DatabaseCatalog.lines(database, """
                        SELECT concat_ws(' ', tgname, tgrelid) FROM pg_trigger
                        UNION ALL SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_'
                        UNION ALL SELECT proname FROM pg_proc WHERE pronamespace <> 'pg_catalog'::regnamespace
                        UNION ALL SELECT concat_ws(' ', ctid, xmin, users) FROM users
                        UNION ALL SELECT concat_ws(' ', ctid, xmin, tokens) FROM tokens
                        ORDER BY 1"""))
                .flatMap(List::stream).toList();
    }

    @Test
    void installWaitsForAWriterWithoutDelayingOthers() throws Exception {
        try (var slow = database.connect(); var statement = slow.createStatement()) {
            slow.setAutoCommit(false);
            statement.execute("UPDATE tokens SET used_at = now() WHERE user_id = 2");
            var installation = new FutureTask<>(rollups::install);
            Thread.ofVirtual().start(installation);
            for (var write = 0; write < 30; write++) {
                database.execute("SET lock_timeout = '1s'; INSERT INTO tokens (user_id, token, created_at) VALUES (1, '8', '2024-05-06')");
                Thread.sleep(20);
            }
            assertThat(installation.isDone()).isFalse();
            slow.commit();
            assertThat(installation.get()).isTrue();
        }
        assertThat(ledger.dayCounts()).contains(new DayCounts(DAY, 32, 1));
        assertThat(rollups.audit().isClean()).isTrue();
    }

    @Test
    void areReadAndFoldedByRolesThatMayReadTheTokensOnly() throws SQLException {
        database.execute("""
                DROP ROLE IF EXISTS "Re ader"; CREATE ROLE "Re ader" LOGIN; GRANT SELECT ON users, tokens TO "Re ader";
                DROP ROLE IF EXISTS writer; CREATE ROLE writer LOGIN; GRANT INSERT, UPDATE, DELETE ON tokens TO writer;
                GRANT USAGE ON SEQUENCE tokens_id_seq TO writer""");
        rollups.install();
        database.withUser("writer").execute("INSERT INTO tokens (user_id, token, created_at) VALUES (3, '9', '2024-05-06')");

        try (var reader = PostgresTokenLedger.of(TestDatabases.settings(database.withUser("Re ader")))) {
            assertThat(reader.dayCounts()).contains(new DayCounts(DAY, 3, 1));
            assertThat(reader.readsFrom()).contains(PostgresTokenLedger.ROLLUPS);
            assertThat(reader.maintain()).isEqualTo(1);
        }
        assertThatThrownBy(() -> database.withUser("writer").execute("SELECT * FROM coworking_analytics.journal"))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> database.withUser("writer").execute("SELECT coworking_analytics.fold()"))
                .hasMessageContaining("permission denied");
        database.execute("DROP OWNED BY \"Re ader\", writer; DROP ROLE \"Re ader\"; DROP ROLE writer");
    }

    @Test
    void areNotUsedWhereATriggerIsDisabled() throws SQLException {
        rollups.install();
        assertThat(ledger.maintain()).isZero();
        assertThat(ledger.readsFrom()).contains(PostgresTokenLedger.ROLLUPS);
        database.execute("ALTER TABLE tokens DISABLE TRIGGER coworking_analytics_changed");

        ledger.maintain();

        assertThat(ledger.readsFrom()).contains(PostgresTokenLedger.TABLES);
    }

    @Test
    void areNotUsedAfterATriggerWasDisabledUntilTheyAreRebuilt() throws SQLException {
        rollups.install();
        database.execute("""
                ALTER TABLE tokens DISABLE TRIGGER USER;
                DELETE FROM tokens WHERE user_id = 2;
                ALTER TABLE tokens ENABLE TRIGGER USER""");

        ledger.maintain();
        assertThat(ledger.readsFrom()).contains(PostgresTokenLedger.TABLES);
        assertThat(ledger.dayCounts()).containsExactly(new DayCounts(DAY, 2, 1));

        rollups.rebuild();
        ledger.maintain();
        assertThat(ledger.readsFrom()).contains(PostgresTokenLedger.ROLLUPS);
        assertThat(ledger.dayCounts()).containsExactly(new DayCounts(DAY, 2, 1));
    }

    @Test
    void rollupModeFailsWhereRollupsBecomeUnavailable() throws SQLException {
        rollups.install();
        try (var strict = PostgresTokenLedger.of(TestDatabases.settings(database), LedgerMode.ROLLUP)) {
            assertThat(strict.dayCounts()).isNotEmpty();
            database.execute("ALTER TABLE tokens DISABLE TRIGGER USER");

            assertThatThrownBy(strict::maintain).isInstanceOf(UnavailableException.class);
            assertThatThrownBy(strict::dayCounts).isInstanceOf(UnavailableException.class).hasMessageContaining("were altered since");
        }
    }

    @Test
    void countReplicatedChanges() throws SQLException {
        rollups.install();
        database.execute("SET session_replication_role = replica; DELETE FROM tokens WHERE user_id = 2");

        assertThat(ledger.dayCounts()).containsExactly(new DayCounts(DAY, 2, 1));
        assertThat(rollups.audit().isClean()).isTrue();
    }

    /** Between its two transactions, an install that follows an uninstall has triggers and a journal, but nothing to read. */
    @Test
    void areNeverReadBeforeTheyAreFilled() throws SQLException {
        rollups.install();
        var days = ledger.dayCounts();
        rollups.uninstall();
        new Migrations(database.dataSource()).addRollups(new RollupSchema("coworking_analytics"));
        database.execute("UPDATE users SET joined_at = now()");

        assertThat(ledger.dayCounts()).isEqualTo(days).isNotEmpty();
        assertThat(ledger.version()).isEmpty();
        assertThat(ledger.readsFrom()).contains(PostgresTokenLedger.TABLES);
    }

    @Test
    void areNotConsideredFilledAfterAFold() throws SQLException {
        new Migrations(database.dataSource()).addRollups(new RollupSchema("coworking_analytics"));
        database.execute("DELETE FROM tokens WHERE user_id = 2; SELECT coworking_analytics.fold()");

        assertThatThrownBy(rollups::audit).isInstanceOf(MigrationException.class).hasMessageContaining("not filled");
        assertThat(rollups.install()).isTrue();
        assertThat(rollups.audit().isClean()).isTrue();
    }

    @Test
    void haveAnotherVersionInACopyOfTheDatabase() throws SQLException {
        rollups.install();
        var copy = database.copy();
        try (var copied = PostgresTokenLedger.of(TestDatabases.settings(copy))) {
            assertThat(copied.dayCounts()).isEqualTo(ledger.dayCounts());
            assertThat(copied.readsFrom()).contains(PostgresTokenLedger.ROLLUPS);
            assertThat(copied.version()).isPresent().isNotEqualTo(ledger.version());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "CREATE TABLE more_tokens () INHERITS (tokens)",
            "ALTER TABLE tokens ENABLE ROW LEVEL SECURITY",
            "ALTER TABLE tokens RENAME TO old; CREATE TABLE tokens (LIKE old INCLUDING DEFAULTS, user_id_ integer) PARTITION BY HASH (id)"})
    void areRefusedForTablesThatBypassTriggers(String change) throws SQLException {
        database.execute(change);

        assertThatThrownBy(rollups::install).isInstanceOf(MigrationException.class).hasMessageContaining("cannot follow tables");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CREATE TABLE more_tokens () INHERITS (tokens)", "ALTER TABLE users ENABLE ROW LEVEL SECURITY"})
    void areNotUsedOnceTablesBypassTriggers(String change) throws SQLException {
        rollups.install();
        ledger.maintain();
        database.execute(change);
        ledger.maintain();

        assertThat(ledger.readsFrom()).contains(PostgresTokenLedger.TABLES);
    }

    @Test
    void canBeInstalledAgainAfterTheSchemaWasDropped() throws SQLException {
        rollups.install();
        database.execute("DROP SCHEMA coworking_analytics CASCADE");

        assertThat(rollups.install()).isTrue();
        assertThat(rollups.audit().isClean()).isTrue();
    }

    @Test
    void areReadByTheTableOwnerWhereAnotherRoleInstalledThem() throws SQLException {
        database.execute("""
                CREATE ROLE proprietor LOGIN;
                ALTER TABLE users OWNER TO proprietor;
                ALTER TABLE tokens OWNER TO proprietor""");
        rollups.install();
        try (var owners = PostgresTokenLedger.of(TestDatabases.settings(database.withUser("proprietor")))) {
            assertThat(owners.dayCounts()).isEqualTo(ledger.dayCounts());
            assertThat(owners.readsFrom()).contains(PostgresTokenLedger.ROLLUPS);
        } finally {
            database.execute("DROP OWNED BY proprietor CASCADE; DROP ROLE proprietor");
        }
    }

    @Test
    void rollupModeFailsWithoutRollups() {
        try (var strict = PostgresTokenLedger.of(TestDatabases.settings(database), LedgerMode.ROLLUP)) {
            assertThatThrownBy(strict::dayCounts).isInstanceOf(UnavailableException.class)
                    .hasMessage("the roll-ups cannot be read: they are not installed");
            strict.ensureReadable();
        }
    }

    @Test
    void tableModeReadsTheTables() {
        rollups.install();
        try (var plain = PostgresTokenLedger.of(TestDatabases.settings(database), LedgerMode.TABLE)) {
            assertThat(plain.dayCounts()).hasSize(2);
            assertThat(plain.readsFrom()).contains(PostgresTokenLedger.TABLES);
            assertThat(plain.maintain()).isZero();
        }
    }

    @Test
    void aRoleWithoutTheRightToAlterTablesIsRefused() throws SQLException {
        database.execute("DROP ROLE IF EXISTS guest; CREATE ROLE guest LOGIN; GRANT SELECT ON users, tokens TO guest");

        assertThatThrownBy(() -> Rollups.of(TestDatabases.settings(database.withUser("guest"))).install())
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining("may not");
        database.execute("DROP OWNED BY guest; DROP ROLE guest");
    }

    @Test
    void missingRollupsCannotBeAudited() {
        assertThatThrownBy(rollups::audit).isInstanceOf(MigrationException.class).hasMessage("the roll-ups are not installed");
        assertThatThrownBy(rollups::rebuild).isInstanceOf(MigrationException.class).hasMessage("the roll-ups are not installed");
    }

    @Test
    void extremeDaysAndUnknownUsersAreReportedAsFromTheTables() throws SQLException {
        database.execute(TestDatabases.DROP_CONSTRAINTS_SQL + """
                INSERT INTO tokens (user_id, token, created_at, used_at) VALUES
                    (-5, 'a', 'infinity', 'infinity'), (2147483647, 'b', '9999-12-31 08:00', NULL), (1, 'c', '-infinity', NULL)""");
        rollups.install();
        database.execute("INSERT INTO tokens (user_id, token, created_at, used_at) VALUES (77, 'a', 'infinity', NULL)");

        try (var plain = PostgresTokenLedger.of(TestDatabases.settings(database), LedgerMode.TABLE)) {
            assertThat(ledger.dayCounts()).isEqualTo(plain.dayCounts()).contains(new DayCounts(LocalDate.of(9999, 12, 31), 3, 1));
            assertThat(ledger.userCounts()).isEqualTo(plain.userCounts()).extracting(UserCounts::joinedAt).contains(Optional.empty());
        }
        assertThat(rollups.audit().isClean()).isTrue();
    }
}
