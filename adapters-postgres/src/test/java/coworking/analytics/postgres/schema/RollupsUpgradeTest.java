package coworking.analytics.postgres.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coworking.analytics.application.port.out.LedgerSnapshot.SnapshotSource;
import coworking.analytics.domain.fact.DayCounts;
import coworking.analytics.domain.fact.HourCounts;
import coworking.analytics.domain.time.DateRange;
import coworking.analytics.domain.time.DayStart;
import coworking.analytics.postgres.PostgresTokenLedger;
import coworking.analytics.postgres.sql.RollupSchema;
import coworking.analytics.postgres.testing.DatabaseCatalog;
import coworking.analytics.postgres.testing.EmbeddedDatabase;
import coworking.analytics.postgres.testing.TestDatabases;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import liquibase.Liquibase;
import liquibase.UpdateSummaryOutputEnum;
import liquibase.database.core.PostgresDatabase;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.DirectoryResourceAccessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Roll-ups that an older version installed, which knew of days and users only: what becomes of them, and of those who write meanwhile. */
class RollupsUpgradeTest {

    private static final LocalDate DAY = LocalDate.of(2024, 5, 6);
    private static final DateRange DAYS = new DateRange(DAY, DAY.plusDays(1));

    private static final String FIRST_OF_THIS_VERSION = "--changeset coworking-analytics:hours-and-returns";

    private static final List<String> INDEXES = List.of("coworking_analytics_created_at true", "coworking_analytics_user_id true");

    /** As that version filled what it installed. */
    private static final String FILL = """
            DELETE FROM coworking_analytics.journal;
            CREATE TABLE IF NOT EXISTS coworking_analytics.by_day (
                day date CONSTRAINT by_day_pk PRIMARY KEY, issued bigint NOT NULL, used bigint NOT NULL);
            CREATE TABLE IF NOT EXISTS coworking_analytics.by_user (
                user_id bigint CONSTRAINT by_user_pk PRIMARY KEY, issued bigint NOT NULL, used bigint NOT NULL);
            DELETE FROM coworking_analytics.by_day;
            DELETE FROM coworking_analytics.by_user;
            INSERT INTO coworking_analytics.by_day SELECT created_at::date, count(*), count(used_at) FROM tokens GROUP BY 1;
            INSERT INTO coworking_analytics.by_user SELECT user_id, count(*), count(used_at) FROM tokens GROUP BY 1;
            UPDATE coworking_analytics.state
            SET generation = greatest(generation + 1, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint),
                triggers = coworking_analytics.triggers()""";

    @TempDir
    private Path directory;

    private EmbeddedDatabase database;
    private Rollups rollups;
    private PostgresTokenLedger ledger;

    @BeforeEach
    void installAsBefore() throws Exception {
        database = EmbeddedDatabase.create();
        database.execute(TestDatabases.TABLES_SQL + """
                INSERT INTO users (first_name, last_name, joined_at) SELECT 'a', 'b', '2024-01-01' FROM generate_series(1, 3);
                INSERT INTO tokens (user_id, token, created_at, used_at) VALUES
                    (1, '1', '2024-05-06 08:00', '2024-05-06 08:05'), (1, '2', '2024-05-06 09:00', NULL)""");
        addRollupsOfThatVersion();
        database.execute(FILL + "; INSERT INTO tokens (user_id, token, created_at) VALUES (2, '3', '2024-05-07 08:00')");
        rollups = Rollups.of(TestDatabases.settings(database));
        ledger = PostgresTokenLedger.of(TestDatabases.settings(database));
    }

    private void addRollupsOfThatVersion() throws Exception {
        addRollupsBefore(FIRST_OF_THIS_VERSION);
    }

    private void addRollupsBefore(String changeset) throws Exception {
        try (var resource = Migrations.class.getResourceAsStream("rollups.sql"); var connection = database.connect()) {
            var changes = new String(resource.readAllBytes(), UTF_8).replace("${rollups}", "coworking_analytics");
            Files.writeString(directory.resolve("older.sql"), changes.substring(0, changes.indexOf(changeset)));
            var target = new PostgresDatabase();
            target.setConnection(new JdbcConnection(connection));
            @SuppressWarnings("resource") // Closes the connection, which closes itself.
            var liquibase = new Liquibase("older.sql", new DirectoryResourceAccessor(directory), target);
            liquibase.setShowSummaryOutput(UpdateSummaryOutputEnum.LOG);
            liquibase.update();
        }
    }

    @AfterEach
    void disconnect() {
        ledger.close();
    }

    private List<HourCounts> hours() {
        return ledger.withSnapshot(facts -> facts.hourCounts(DayStart.MIDNIGHT, DAYS));
    }

    private SnapshotSource source() {
        return ledger.withSnapshot(facts -> {
            facts.hourCounts(DayStart.MIDNIGHT, DAYS);
            return facts.source();
        });
    }

    @Test
    void areNotReadUntilTheyAreUpgraded() {
        assertThat(hours()).containsExactly(
                new HourCounts(DAY, 8, 1, 1), new HourCounts(DAY, 9, 1, 0), new HourCounts(DAY.plusDays(1), 8, 1, 0));
        assertThat(ledger.readsFrom()).contains(PostgresTokenLedger.TABLES);
        assertThatThrownBy(rollups::rebuild).isInstanceOf(MigrationException.class).hasMessageContaining("older version");
        assertThatThrownBy(rollups::audit).isInstanceOf(MigrationException.class).hasMessageContaining("older version");

        assertThat(rollups.install()).isTrue();
        ledger.maintain();

        assertThat(hours()).containsExactly(
                new HourCounts(DAY, 8, 1, 1), new HourCounts(DAY, 9, 1, 0), new HourCounts(DAY.plusDays(1), 8, 1, 0));
        assertThat(source()).isEqualTo(SnapshotSource.ROLLUP);
        assertThat(rollups.audit().differences()).isEmpty();
        assertThat(rollups.install()).isFalse();
    }

    @Test
    void areUpgradedWithoutDelayingWriters() throws Exception {
        var over = new AtomicBoolean();
        var writer = Thread.ofVirtual().start(() -> {
            for (var second = 0; !over.get(); second++) {
                write(second);
            }
        });
        assertThat(rollups.install()).isTrue();
        over.set(true);
        writer.join();

        assertThat(rollups.audit().differences()).isEmpty();
        ledger.maintain();
        assertThat(rollups.audit().differences()).isEmpty();
        assertThat(source()).isEqualTo(SnapshotSource.ROLLUP);
    }

    private void write(int second) {
        try {
            database.execute("""
                    SET lock_timeout = '1s';
                    INSERT INTO tokens (user_id, token, created_at) VALUES (3, '4', TIMESTAMP '2024-05-06' + %1$s * INTERVAL '1 second');
                    UPDATE tokens SET used_at = created_at, created_at = created_at + %1$s * INTERVAL '7 minutes' WHERE id %% 10 = %1$s %% 10
                    """.formatted(second));
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** So that older replicas go on beside new ones: they know nothing of hours, and need not. */
    @Test
    void areStillReadAndFoldedByTheOlderVersionAfterTheUpgrade() throws SQLException {
        rollups.install();
        database.execute("UPDATE tokens SET created_at = '2024-05-06 23:00' WHERE token = '1'; SELECT coworking_analytics.fold()");
        database.execute("UPDATE tokens SET created_at = '2024-05-06 22:00' WHERE token = '1'");

        assertThat(DatabaseCatalog.lines(database, """
                SELECT concat_ws(' ', day, sum(issued), sum(used))
                FROM (SELECT day, issued, used FROM coworking_analytics.by_day
                      UNION ALL SELECT day, issued, used FROM coworking_analytics.journal WHERE day IS NOT NULL) AS counted
                GROUP BY day ORDER BY day""")).containsExactly("2024-05-06 2 1", "2024-05-07 1 0");
        assertThat(ledger.dayCounts()).contains(new DayCounts(DAY, 2, 1));
        assertThat(hours()).contains(new HourCounts(DAY, 22, 1, 1));
    }

    @Test
    void cannotBeRebuiltByTheOlderVersion() {
        rollups.install();

        assertThatThrownBy(() -> database.execute(FILL)).hasMessageContaining("state_is_complete");
    }

    @Test
    void areUpgradedAfterAnInterruptedInstallation() throws SQLException {
        new Migrations(database.dataSource()).addRollups(new RollupSchema("coworking_analytics"));
        database.execute("DELETE FROM tokens WHERE token = '2'; SELECT coworking_analytics.fold()");
        assertThat(hours()).hasSize(2);
        assertThat(ledger.readsFrom()).contains(PostgresTokenLedger.TABLES);

        assertThat(rollups.install()).isTrue();
        ledger.maintain();
        assertThat(hours()).containsExactly(new HourCounts(DAY, 8, 1, 1), new HourCounts(DAY.plusDays(1), 8, 1, 0));
        assertThat(rollups.audit().differences()).isEmpty();
    }

    /** The release before has other views, which are gone, so that its replicas read the tables. */
    @Test
    void areReadFromTheTablesByTheReleaseBeforeOnceTheyAreUpgraded() throws Exception {
        rollups.uninstall();
        addRollupsBefore("--changeset coworking-analytics:reliance");
        database.execute("""
                CREATE TABLE coworking_analytics.by_day (day date PRIMARY KEY, issued bigint NOT NULL, used bigint NOT NULL);
                CREATE TABLE coworking_analytics.by_hour (
                    day date, hour smallint, issued bigint NOT NULL, used bigint NOT NULL, PRIMARY KEY (day, hour));
                CREATE TABLE coworking_analytics.by_return (day date, previous date, members bigint NOT NULL, PRIMARY KEY (day, previous));
                CREATE TABLE coworking_analytics.by_user (user_id bigint PRIMARY KEY, issued bigint NOT NULL, used bigint NOT NULL);
                CALL coworking_analytics.create_views();
                UPDATE coworking_analytics.state SET generation = 1, complete = 1, triggers = coworking_analytics.triggers()""");
        database.execute("SELECT count(*) FROM coworking_analytics.day_counts");

        assertThat(rollups.install()).isTrue();

        assertThatThrownBy(() -> database.execute("SELECT count(*) FROM coworking_analytics.day_counts"))
                .hasMessageContaining("does not exist");
        database.execute("SELECT coworking_analytics.fold()");
        assertThat(hours()).hasSize(3);
        ledger.maintain();
        assertThat(source()).isEqualTo(SnapshotSource.ROLLUP);
        assertThat(rollups.audit().differences()).isEmpty();
        assertThat(rollups.install()).isFalse();
    }

    @Test
    void areInstalledAnewIfAPartOfThemIsMissing() throws SQLException {
        rollups.install();
        database.execute("DROP VIEW coworking_analytics.counts_by_day, coworking_analytics.counts_by_user");

        ledger.maintain();
        assertThat(ledger.readsFrom()).contains(PostgresTokenLedger.TABLES);
        assertThat(rollups.install()).isTrue();
        ledger.maintain();
        assertThat(source()).isEqualTo(SnapshotSource.ROLLUP);
        assertThat(rollups.audit().differences()).isEmpty();
    }

    @Test
    void areUninstalledCompletely() throws SQLException {
        rollups.install();

        assertThat(rollups.uninstall()).isTrue();
        assertThat(indexes()).isEmpty();
        assertThat(rollups.uninstall()).isFalse();
    }

    private List<String> indexes() throws SQLException {
        return DatabaseCatalog.lines(database, """
                SELECT indexrelid::regclass || ' ' || indisvalid FROM pg_index
                WHERE indrelid = 'tokens'::regclass AND NOT indisprimary
                ORDER BY 1""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"coworking_analytics_created_at", "coworking_analytics_user_id"})
    void areIndexedAndInvalidIndexesAreRebuilt(String index) throws SQLException {
        rollups.install();
        assertThat(indexes()).containsExactlyElementsOf(INDEXES);
        database.execute("UPDATE pg_index SET indisvalid = false WHERE indexrelid = '%s'::regclass".formatted(index));
        assertThat(indexes()).isNotEqualTo(INDEXES);

        assertThat(rollups.install()).isTrue();
        assertThat(indexes()).containsExactlyElementsOf(INDEXES);
        database.execute("DROP INDEX " + index);
        assertThat(rollups.install()).isTrue();
        assertThat(indexes()).containsExactlyElementsOf(INDEXES);
        assertThat(rollups.install()).isFalse();
    }

    @Test
    void usingATokenUpdatesNoIndex() throws SQLException {
        rollups.install();
        database.execute("ALTER TABLE tokens SET (fillfactor = 50)");
        database.execute("VACUUM FULL tokens");
        try (var connection = database.connect(); var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("UPDATE tokens SET used_at = now() WHERE token = '2'");
            try (var counts = statement.executeQuery("""
                    SELECT n_tup_upd, n_tup_hot_upd FROM pg_stat_xact_user_tables WHERE relname = 'tokens'""")) {
                counts.next();
                assertThat(counts.getLong(1)).isEqualTo(counts.getLong(2)).isEqualTo(1);
            }
        }
    }
}
