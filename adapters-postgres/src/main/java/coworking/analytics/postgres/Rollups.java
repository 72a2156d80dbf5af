package coworking.analytics.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * The roll-ups of one database as a thing to be installed, checked, made anew and taken away, on a database that others write to
 * all the while.
 *
 * <p>What they are is told in {@code rollups.sql}. They live in a schema {@code coworking_analytics} of their own; all that they leave on
 * the two tables is triggers, and indexes for the questions that only the tokens themselves can answer.
 */
public final class Rollups {

    /** Together half a minute and more: writers that hold a table for longer than that are not in a hurry themselves. */
    private static final int ATTEMPTS = 150;
    private static final int SHORTEST_PAUSE_MILLIS = 100;
    private static final int LONGEST_PAUSE_MILLIS = 300;

    private final DataSource source;

    private Rollups(DataSource source) {
        this.source = source;
    }

    /** Makes the roll-ups of the database that the settings name; connects to nothing yet. */
    public static Rollups of(DatabaseSettings settings) {
        return new Rollups(Database.command(settings));
    }

    /**
     * Installs the journal and its triggers, indexes the tokens, and fills the roll-ups. It may be repeated, and takes up where it
     * was interrupted. What an older version installed is brought to the newest state.
     *
     * <p>Writers wait for no more than some milliseconds: it asks for its lock again and again rather than queue for it. Readers may use
     * the roll-ups from the moment they are filled.
     *
     * @return whether there was anything to do
     * @throws MigrationFailed where the two tables are not there, not what is needed or never unlocked, or the role may not alter them
     */
    public boolean install() {
        perform(Rollups::requireSuitableTables);
        perform(Rollups::forgetWhatWasDropped);
        var _ = patiently(() -> {
            new Migrations(source).addRollups();
            return true;
        });
        var areIndexedNow = patiently(() -> perform(TokenIndexes::create));
        return perform(connection -> {
            if (isFilled(connection)) {
                return areIndexedNow;
            }
            Filling.fill(connection);
            return true;
        });
    }

    /**
     * Fills the roll-ups anew, from the tables alone: the cure where an {@link #audit()} found differences. Answers go on meanwhile.
     *
     * @throws MigrationFailed where that is not possible
     */
    public void rebuild() {
        perform(connection -> {
            requireInstalled(connection);
            Filling.fill(connection);
            return true;
        });
    }

    /**
     * Compares the roll-ups and the journal with the tables, in one snapshot.
     *
     * @return the differences; none where all is well
     * @throws MigrationFailed where the comparison is not possible, as where no roll-ups are installed
     */
    public Audit audit() {
        return perform(connection -> {
            requireInstalled(connection);
            if (!isFilled(connection)) {
                throw MigrationFailed.withoutFilledRollups();
            }
            return Audit.of(connection);
        });
    }

    /**
     * Takes all of it away and leaves the tables as they were. A service that runs reads the tables from then on.
     *
     * @return whether there was anything to take away
     * @throws MigrationFailed where that is not possible
     */
    public boolean uninstall() {
        var wasThere = perform(connection -> isInstalled(connection) || TokenIndexes.areThere(connection));
        if (wasThere) {
            var _ = patiently(() -> perform(Rollups::drop));
        }
        return wasThere;
    }

    /** What changes a partition, or hides rows, goes past the triggers on the table. */
    private static boolean requireSuitableTables(Connection connection) throws SQLException {
        if (exists(connection, """
                SELECT EXISTS (SELECT FROM pg_class
                               WHERE oid IN (to_regclass('tokens'), to_regclass('users')) AND (relkind = 'p' OR relrowsecurity))
                    OR EXISTS (SELECT FROM pg_inherits WHERE inhparent IN (to_regclass('tokens'), to_regclass('users')))""")) {
            throw MigrationFailed.notForRollups();
        }
        return true;
    }

    /** Somebody may have dropped the schema by hand; then the changelog says that it is there. */
    private static boolean forgetWhatWasDropped(Connection connection) throws SQLException {
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
            throw MigrationFailed.withoutRollups();
        }
        if (!exists(connection, """
                SELECT EXISTS (SELECT FROM pg_attribute
                               WHERE attrelid = to_regclass('coworking_analytics.journal') AND attname = 'hour')""")) {
            throw MigrationFailed.withOlderRollups();
        }
    }

    private static boolean isInstalled(Connection connection) throws SQLException {
        return exists(connection, "SELECT to_regnamespace('coworking_analytics') IS NOT NULL");
    }

    /** All that is filled is made when it is filled. */
    private static boolean isFilled(Connection connection) throws SQLException {
        return exists(connection, "SELECT to_regclass('coworking_analytics.by_return') IS NOT NULL");
    }

    static boolean exists(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement(); var row = statement.executeQuery(sql)) {
            return row.next() && row.getBoolean(1);
        }
    }

    /** To drop a trigger takes a lock that readers wait for too, so it is asked for briefly as well. */
    private static boolean drop(Connection connection) throws SQLException {
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
                        DROP INDEX IF EXISTS %s;
                        DROP SCHEMA IF EXISTS coworking_analytics CASCADE;
                        IF to_regclass('databasechangelog') IS NOT NULL THEN
                            DELETE FROM databasechangelog WHERE filename = 'coworking-analytics-rollups';
                            IF NOT EXISTS (SELECT FROM databasechangelog) THEN
                                DROP TABLE databasechangelog;
                            END IF;
                        END IF;
                    END $$""".formatted(TokenIndexes.NAMES));
            connection.commit();
            return true;
        }
    }

    private <T> T perform(Database.Task<T> task) {
        try (var connection = source.getConnection()) {
            return task.on(connection);
        } catch (SQLException failure) {
            throw MigrationFailed.because(failure);
        }
    }

    private static <T> T patiently(Supplier<T> change) {
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            try {
                return change.get();
            } catch (MigrationFailed failed) {
                if (!failed.isForALock()) {
                    throw failed;
                }
                pause();
            }
        }
        return change.get();
    }

    /** Of no fixed length, or it might meet the same writer's pattern each time. */
    static void pause() {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextInt(SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw MigrationFailed.because(ended);
        }
    }
}
