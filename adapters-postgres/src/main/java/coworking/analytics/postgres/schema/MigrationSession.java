package coworking.analytics.postgres.schema;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * A connection during a migration, whose settings are restored at its end.
 *
 * <p>A migration that waits for the lock of a table blocks all later writers, so its lock timeout is short. Liquibase changes the
 * search_path and leaves transactions open.
 */
final class MigrationSession implements AutoCloseable {

    private static final String READ_SETTINGS_SQL = "SELECT current_setting('lock_timeout'), current_setting('search_path')";
    private static final String WRITE_SETTINGS_SQL = "SELECT set_config('lock_timeout', ?, false), set_config('search_path', ?, false)";
    private static final String UNLOCK_SQL = "SELECT pg_advisory_unlock_all()";

    private final Connection connection;
    private final boolean autoCommit;
    private final String lockTimeout;
    private final String searchPath;

    MigrationSession(Connection connection, String lockTimeout) throws SQLException {
        this.connection = connection;
        autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(true);
        try (var statement = connection.createStatement(); var settings = statement.executeQuery(READ_SETTINGS_SQL)) {
            settings.next();
            this.lockTimeout = settings.getString(1);
            searchPath = settings.getString(2);
        }
        setLockTimeout(lockTimeout);
    }

    private void setLockTimeout(String timeout) throws SQLException {
        try (var statement = connection.prepareStatement(WRITE_SETTINGS_SQL)) {
            statement.setString(1, timeout);
            statement.setString(2, searchPath);
            statement.execute();
        }
    }

    @Override
    public void close() throws SQLException {
        if (connection.isClosed()) {
            return;
        }
        if (!connection.getAutoCommit()) {
            connection.rollback();
        }
        connection.setAutoCommit(true);
        try (var statement = connection.createStatement()) {
            statement.execute(UNLOCK_SQL);
        }
        setLockTimeout(lockTimeout);
        connection.setAutoCommit(autoCommit);
    }
}
