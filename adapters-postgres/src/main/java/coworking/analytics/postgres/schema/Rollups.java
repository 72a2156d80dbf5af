package coworking.analytics.postgres.schema;

import coworking.analytics.application.port.out.AuditResult;
import coworking.analytics.postgres.connection.DatabaseClient;
import coworking.analytics.postgres.connection.DatabaseSettings;
import coworking.analytics.postgres.connection.SqlQuery;
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

    private final DataSource dataSource;

    private Rollups(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Makes the roll-ups of the database of the settings. It does not connect yet. */
    public static Rollups of(DatabaseSettings settings) {
        return new Rollups(DatabaseClient.commandDataSource(settings));
    }

    /**
     * Installs the journal and its triggers, indexes the tokens, and fills the roll-ups. It may be repeated, continues where it was
     * interrupted, and upgrades what an older version installed.
     *
     * <p>Writers wait for some milliseconds at most: it tries to lock the tables again and again instead of queueing for the lock. Readers may
     * use the roll-ups as soon as they are filled.
     *
     * @return whether it changed anything
     * @throws MigrationException if the two tables are missing, unsuitable or never unlocked, or the role may not alter them
     */
    public boolean install() {
        withConnection(Rollups::requireSuitableTables);
        withConnection(Rollups::clearChangelogOfDroppedSchema);
        var isSchemaNew = retryWhileLocked(() -> new Migrations(dataSource).addRollups());
        var areIndexesNew = retryWhileLocked(() -> withConnection(TokenIndexes::createMissing));
        return withConnection(connection -> {
            if (isFilled(connection)) {
                return isSchemaNew || areIndexesNew;
            }
            RollupBackfill.run(connection);
            return true;
        });
    }

    /**
     * Fills the roll-ups anew, from the tables alone, which repairs the differences that an {@link #audit()} found. Readers may go on meanwhile.
     *
     * @throws MigrationException if that is not possible
     */
    public void rebuild() {
        withConnection(connection -> {
            requireInstalled(connection);
            RollupBackfill.run(connection);
            return true;
        });
    }

    /**
     * Compares the roll-ups and the journal with the tables, in one snapshot.
     *
     * @return the differences, if any
     * @throws MigrationException if the comparison is not possible, for instance because no roll-ups are installed
     */
    public AuditResult audit() {
        return withConnection(connection -> {
            requireInstalled(connection);
            if (!isFilled(connection)) {
                throw MigrationException.rollupsNotFilled();
            }
            return Audit.of(connection);
        });
    }

    /**
     * Uninstalls the roll-ups and leaves the tables as they were. A running service reads the tables from then on.
     *
     * @return whether there was anything to uninstall
     * @throws MigrationException if that is not possible
     */
    public boolean uninstall() {
        var isAnythingInstalled = withConnection(connection -> isInstalled(connection) || TokenIndexes.anyExists(connection));
        if (isAnythingInstalled) {
            var _ = retryWhileLocked(() -> withConnection(Rollups::dropRollups));
        }
        return isAnythingInstalled;
    }

    /** Changes of a partition bypass the triggers of the table, and row level security hides rows from the counts. */
    private static boolean requireSuitableTables(Connection connection) throws SQLException {
        if (queryBoolean(connection, """
                SELECT EXISTS (SELECT FROM pg_class
                               WHERE oid IN (to_regclass('tokens'), to_regclass('users')) AND (relkind = 'p' OR relrowsecurity))
                    OR EXISTS (SELECT FROM pg_inherits WHERE inhparent IN (to_regclass('tokens'), to_regclass('users')))""")) {
            throw MigrationException.tablesUnsuitableForRollups();
        }
        return true;
    }

    /** After a manual DROP SCHEMA the changelog still lists its changesets. */
    private static boolean clearChangelogOfDroppedSchema(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            return statement.execute("""
                    DO $$
                    BEGIN
                        IF to_regnamespace('coworking_analytics') IS NULL AND to_regclass('databasechangelog') IS NOT NULL THEN
                            DELETE FROM databasechangelog WHERE filename = 'coworking-analytics-rollups';
                        END IF;
                    END $$""");
        }
    }

    private static void requireInstalled(Connection connection) throws SQLException {
        if (!isInstalled(connection)) {
            throw MigrationException.rollupsNotInstalled();
        }
        if (!queryBoolean(connection, "SELECT to_regprocedure('coworking_analytics.create_views()') IS NOT NULL")) {
            throw MigrationException.rollupsOutdated();
        }
    }

    private static boolean isInstalled(Connection connection) throws SQLException {
        return queryBoolean(connection, "SELECT to_regnamespace('coworking_analytics') IS NOT NULL");
    }

    /** The filling creates the roll-ups and then their views, this one last. */
    private static boolean isFilled(Connection connection) throws SQLException {
        return queryBoolean(connection, "SELECT to_regclass('coworking_analytics.user_counts') IS NOT NULL");
    }

    static boolean queryBoolean(Connection connection, String sql) throws SQLException {
        return new SqlQuery("check", sql).single(connection, row -> row.getBoolean(1));
    }

    /** Readers wait for the lock that DROP TRIGGER takes, too, so each attempt is brief. */
    private static boolean dropRollups(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("""
                    SET LOCAL lock_timeout = '25ms';
                    DO $$
                    BEGIN
                        IF to_regclass('tokens') IS NOT NULL AND to_regclass('users') IS NOT NULL THEN
                            LOCK TABLE tokens, users IN ACCESS EXCLUSIVE MODE;
                        END IF;
                        SET LOCAL client_min_messages = 'warning';
                        DROP INDEX IF EXISTS {indexes};
                        DROP SCHEMA IF EXISTS coworking_analytics CASCADE;
                        IF to_regclass('databasechangelog') IS NOT NULL THEN
                            DELETE FROM databasechangelog WHERE filename = 'coworking-analytics-rollups';
                            IF NOT EXISTS (SELECT FROM databasechangelog) THEN
                                DROP TABLE databasechangelog;
                            END IF;
                        END IF;
                    END $$""".replace("{indexes}", TokenIndexes.NAMES));
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
