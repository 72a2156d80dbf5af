package coworking.analytics.postgres.schema;

import coworking.analytics.application.port.out.AuditResult;
import coworking.analytics.domain.time.SpaceClock;
import coworking.analytics.postgres.connection.DatabaseClient;
import coworking.analytics.postgres.connection.DatabaseSettings;
import coworking.analytics.postgres.connection.SqlQuery;
import coworking.analytics.postgres.sql.RollupSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Installs, audits, rebuilds and uninstalls the roll-ups of a database, while others write to it.
 *
 * <p>{@code rollups.sql} defines the roll-ups, in a schema {@code coworking_analytics} of their own. On the two tables they add triggers only,
 * and indexes for the queries that only the tokens can answer.
 */
public final class Rollups {

    /** The attempts take half a minute or more. A writer that holds a table for longer than that can wait, too. */
    private static final int MAX_ATTEMPTS = 150;
    private static final int MIN_PAUSE_MILLIS = 100;
    private static final int MAX_PAUSE_MILLIS = 300;

    private static final String ARE_TRIGGERS_INTACT_SQL = """
            SELECT count(*) = 4 AND count(*) = (SELECT count(*) FROM pg_trigger
                                                WHERE tgrelid IN (to_regclass('tokens'), to_regclass('users'))
                                                  AND starts_with(tgname, 'coworking_analytics_'))
            FROM pg_trigger
            JOIN pg_proc ON pg_proc.oid = tgfoid
            JOIN pg_class ON pg_class.oid = tgrelid
            WHERE tgrelid IN (to_regclass('tokens'), to_regclass('users')) AND pronamespace = relnamespace AND tgenabled = 'A'
              AND proname IN ('{rollups}_token_changed', '{rollups}_tokens_truncated', '{rollups}_user_changed')
              AND NOT EXISTS (SELECT FROM pg_trigger WHERE tgfoid = '{rollups}.written_by_others'::regproc AND tgenabled <> 'A')""";

    private static final String IS_COMPLETE_SQL = """
            SELECT count(*) = 14
            FROM pg_class
            WHERE relnamespace = to_regnamespace('{rollups}')
              AND relname IN ('journal', 'state', 'clock_shift', 'by_day', 'by_hour', 'by_return', 'by_user', 'present_source', 'reliance',
                              'tokens_file', 'counts_by_day', 'counts_by_hour', 'counts_by_return', 'counts_by_user')""";

    private static final String HAS_TRIGGERS_SQL = """
            SELECT EXISTS (SELECT FROM pg_trigger
                           WHERE tgrelid IN (to_regclass('tokens'), to_regclass('users')) AND starts_with(tgname, 'coworking_analytics_'))""";

    private final DataSource dataSource;

    private final SpaceClock clock;

    private Rollups(DataSource dataSource, SpaceClock clock) {
        this.dataSource = dataSource;
        this.clock = clock;
    }

    /** Makes the roll-ups of the database of the settings, for a space on the clock of the tables. It does not connect yet. */
    public static Rollups of(DatabaseSettings settings) {
        return of(settings, SpaceClock.UTC_ONLY);
    }

    /** Makes the roll-ups of the database of the settings, by the days and hours of a space. It does not connect yet. */
    public static Rollups of(DatabaseSettings settings, SpaceClock clock) {
        return new Rollups(DatabaseClient.commandDataSource(settings), clock);
    }

    /**
     * Installs the journal and its triggers, indexes the tokens, and fills the roll-ups. It may be repeated, continues where it was
     * interrupted, upgrades what an older version installed, and repairs what cannot be relied on. After a change of the time zone it fills the
     * roll-ups for the new one.
     *
     * <p>Writers wait for some milliseconds at most: it tries to lock the tables again and again instead of queueing for the lock. Readers may
     * use the roll-ups as soon as they are filled.
     *
     * @return whether it changed anything
     * @throws MigrationException if the two tables are missing, unsuitable or never unlocked, or the role may not alter them, or the roll-ups
     *         belong to other tables
     */
    public boolean install() {
        var schema = withConnection(Rollups::ownSchema);
        withConnection(Rollups::requireSuitableTables);
        if (withConnection(connection -> hasUnknownOrigin(connection, schema))) {
            var _ = retryWhileLocked(() -> withConnection(connection -> dropRollups(connection, schema)));
        }
        withConnection(connection -> clearChangelogOfDroppedSchema(connection, schema));
        var isSchemaNew = addMissing(schema);
        var areIndexesNew = retryWhileLocked(() -> withConnection(TokenIndexes::createMissing));
        if (withConnection(connection -> RollupAvailability.of(connection, clock).obstacle().isEmpty())) {
            return isSchemaNew || areIndexesNew;
        }
        fill(schema);
        return true;
    }

    private boolean addMissing(RollupSchema schema) {
        var isAnyNew = retryWhileLocked(() -> new Migrations(dataSource).addRollups(schema));
        if (withConnection(connection -> queryBoolean(connection, schema.in(IS_COMPLETE_SQL)))) {
            return isAnyNew;
        }
        var _ = retryWhileLocked(() -> withConnection(connection -> dropRollups(connection, schema)));
        return retryWhileLocked(() -> new Migrations(dataSource).addRollups(schema));
    }

    /**
     * Fills the roll-ups anew, from the tables alone, which repairs the differences that an {@link #audit()} found, and puts back the triggers
     * that are not as they should be. Readers may go on meanwhile.
     *
     * @throws MigrationException if that is not possible
     */
    public void rebuild() {
        var schema = withConnection(Rollups::ownSchema);
        withConnection(connection -> requireInstalled(connection, schema));
        withConnection(Rollups::requireSuitableTables);
        fill(schema);
    }

    private void fill(RollupSchema schema) {
        if (!withConnection(connection -> queryBoolean(connection, schema.in(ARE_TRIGGERS_INTACT_SQL)))) {
            var _ = retryWhileLocked(() -> withConnection(connection -> attachTriggers(connection, schema)));
        }
        withConnection(connection -> {
            RollupBackfill.run(connection, schema, clock);
            return true;
        });
        var obstacle = withConnection(connection -> RollupAvailability.of(connection, clock).obstacle());
        if (!obstacle.isEmpty()) {
            throw MigrationException.rollupsStillUnreliable(obstacle);
        }
    }

    /**
     * Compares the roll-ups and the journal with the tables, in one snapshot. If there are differences, a running service reads the tables until
     * the roll-ups are rebuilt.
     *
     * @return the differences, if any
     * @throws MigrationException if the comparison is not possible, for instance because no roll-ups are installed
     */
    public AuditResult audit() {
        return withConnection(connection -> {
            var schema = ownSchema(connection);
            requireInstalled(connection, schema);
            if (!isFilled(connection, schema)) {
                throw MigrationException.rollupsNotFilled();
            }
            return Audit.of(connection, RollupAvailability.of(connection, clock));
        });
    }

    /**
     * Uninstalls the roll-ups and leaves the tables as they were. A running service reads the tables from then on.
     *
     * @return whether there was anything to uninstall
     * @throws MigrationException if that is not possible
     */
    public boolean uninstall() {
        var schema = withConnection(Rollups::ownSchema);
        var isAnythingInstalled = withConnection(connection -> isInstalled(connection, schema) || TokenIndexes.anyExists(connection)
                || queryBoolean(connection, HAS_TRIGGERS_SQL));
        if (isAnythingInstalled) {
            var _ = retryWhileLocked(() -> withConnection(connection -> dropRollups(connection, schema)));
        }
        return isAnythingInstalled;
    }

    private static RollupSchema ownSchema(Connection connection) throws SQLException {
        var schema = RollupSchema.of(connection);
        var otherTable = schema.otherTable(connection);
        if (otherTable.isPresent()) {
            throw MigrationException.rollupsOfOtherTable(schema.name(), otherTable.get());
        }
        return schema;
    }

    /** Changes of a partition bypass the triggers of the table, row level security hides rows from the counts, and a crash empties UNLOGGED tables. */
    private static boolean requireSuitableTables(Connection connection) throws SQLException {
        if (queryBoolean(connection, """
                SELECT EXISTS (SELECT FROM pg_class
                               WHERE oid IN (to_regclass('tokens'), to_regclass('users')) AND (relkind = 'p' OR relrowsecurity))
                    OR EXISTS (SELECT FROM pg_inherits WHERE inhparent IN (to_regclass('tokens'), to_regclass('users')))""")) {
            throw MigrationException.tablesUnsuitableForRollups();
        }
        if (queryBoolean(connection, """
                SELECT EXISTS (SELECT FROM pg_class
                               WHERE oid IN (to_regclass('tokens'), to_regclass('users')) AND relpersistence <> 'p')""")) {
            throw MigrationException.tablesNotLogged();
        }
        return true;
    }

    /**
     * A copy of the structure alone has the schema, but no changelog that says how it was made; a copy of the tables' schema alone has the triggers,
     * but no schema for them.
     */
    private static boolean hasUnknownOrigin(Connection connection, RollupSchema schema) throws SQLException {
        if (!isInstalled(connection, schema)) {
            return queryBoolean(connection, HAS_TRIGGERS_SQL);
        }
        return !queryBoolean(connection, "SELECT to_regclass(quote_ident(current_schema()) || '.databasechangelog') IS NOT NULL")
                || !queryBoolean(connection,
                        "SELECT EXISTS (SELECT FROM databasechangelog WHERE filename = 'coworking-analytics-rollups')");
    }

    /** After a manual DROP SCHEMA the changelog still lists its changesets. */
    private static boolean clearChangelogOfDroppedSchema(Connection connection, RollupSchema schema) throws SQLException {
        try (var statement = connection.createStatement()) {
            return statement.execute(schema.in("""
                    DO $$
                    BEGIN
                        IF to_regnamespace('{rollups}') IS NULL AND to_regclass('databasechangelog') IS NOT NULL THEN
                            ALTER TABLE databasechangelog REPLICA IDENTITY FULL;
                            DELETE FROM databasechangelog WHERE filename = 'coworking-analytics-rollups';
                        END IF;
                    END $$"""));
        }
    }

    private static boolean requireInstalled(Connection connection, RollupSchema schema) throws SQLException {
        if (!isInstalled(connection, schema)) {
            throw MigrationException.rollupsNotInstalled();
        }
        if (!queryBoolean(connection, schema.in("SELECT to_regclass('{rollups}.reliance') IS NOT NULL"))) {
            throw MigrationException.rollupsOutdated();
        }
        return true;
    }

    private static boolean isInstalled(Connection connection, RollupSchema schema) throws SQLException {
        return queryBoolean(connection, schema.in("SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = '{rollups}')"));
    }

    private static boolean isFilled(Connection connection, RollupSchema schema) throws SQLException {
        return queryBoolean(connection, schema.in("SELECT NOT EXISTS (SELECT FROM {rollups}.state WHERE source IS NULL)"));
    }

    /** Each attempt to lock the tables is brief. */
    private static boolean attachTriggers(Connection connection, RollupSchema schema) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute(schema.in("SET TRANSACTION READ WRITE; SET LOCAL lock_timeout = '25ms'; CALL {rollups}.attach()"));
            connection.commit();
            return true;
        }
    }

    static boolean queryBoolean(Connection connection, String sql) throws SQLException {
        return new SqlQuery("check", sql).single(connection, row -> row.getBoolean(1));
    }

    /** Readers wait for the lock that DROP TRIGGER takes, too, so each attempt is brief. */
    private static boolean dropRollups(Connection connection, RollupSchema schema) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute(schema.in("""
                    SET TRANSACTION READ WRITE;
                    SET LOCAL lock_timeout = '25ms';
                    DO $$
                    DECLARE
                        existing record;
                    BEGIN
                        IF to_regclass('tokens') IS NOT NULL AND to_regclass('users') IS NOT NULL THEN
                            LOCK TABLE tokens, users IN ACCESS EXCLUSIVE MODE;
                        END IF;
                        SET LOCAL client_min_messages = 'warning';
                        FOR existing IN
                            SELECT tgname, tgrelid::regclass AS on_table FROM pg_trigger
                            WHERE tgrelid IN (to_regclass('tokens'), to_regclass('users')) AND starts_with(tgname, 'coworking_analytics_')
                               OR tgfoid IN (SELECT oid FROM pg_proc WHERE proname IN
                                   ('{rollups}_token_changed', '{rollups}_tokens_truncated', '{rollups}_user_changed'))
                        LOOP
                            EXECUTE format('DROP TRIGGER %I ON %s', existing.tgname, existing.on_table);
                        END LOOP;
                        FOR existing IN
                            SELECT oid::regprocedure AS signature FROM pg_proc
                            WHERE proname IN ('{rollups}_token_changed', '{rollups}_tokens_truncated', '{rollups}_user_changed')
                        LOOP
                            EXECUTE format('DROP FUNCTION %s', existing.signature);
                        END LOOP;
                        DROP INDEX IF EXISTS {indexes};
                        DROP SCHEMA IF EXISTS {rollups} CASCADE;
                        IF to_regclass('databasechangelog') IS NOT NULL THEN
                            ALTER TABLE databasechangelog REPLICA IDENTITY FULL;
                            DELETE FROM databasechangelog WHERE filename = 'coworking-analytics-rollups';
                            IF NOT EXISTS (SELECT FROM databasechangelog) THEN
                                DROP TABLE databasechangelog;
                            ELSE
                                ALTER TABLE databasechangelog REPLICA IDENTITY DEFAULT;
                            END IF;
                        END IF;
                    END $$""".replace("{indexes}", TokenIndexes.NAMES)));
            connection.commit();
            return true;
        }
    }

    private <T> T withConnection(DatabaseClient.ConnectionTask<T> task) {
        try (var connection = dataSource.getConnection()) {
            return task.run(connection);
        } catch (SQLException failure) {
            throw MigrationException.causedBy(failure);
        }
    }

    private static <T> T retryWhileLocked(Supplier<T> change) {
        for (int attempt = 1; attempt < MAX_ATTEMPTS; attempt++) {
            try {
                return change.get();
            } catch (MigrationException failed) {
                if (!failed.isLockTimeout()) {
                    throw failed;
                }
                sleepBeforeRetry();
            }
        }
        return change.get();
    }

    /** The pause is random: after a fixed one, each attempt might meet the same phase of a periodic writer. */
    static void sleepBeforeRetry() {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextInt(MIN_PAUSE_MILLIS, MAX_PAUSE_MILLIS));
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw MigrationException.causedBy(interruption);
        }
    }
}
