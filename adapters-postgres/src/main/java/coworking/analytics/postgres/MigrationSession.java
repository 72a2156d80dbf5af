package coworking.analytics.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * A connection while a migration uses it, given back to its owner as it was.
 *
 * <p>A migration that waits for a table makes every writer wait who comes after it, so it gives up soon. Liquibase, for its part,
 * rearranges the search_path and leaves transactions open.
 */
final class MigrationSession implements AutoCloseable {

    private static final String READ = "SELECT current_setting('lock_timeout'), current_setting('search_path')";
    private static final String WRITE = "SELECT set_config('lock_timeout', ?, false), set_config('search_path', ?, false)";
    private static final String UNLOCK = "SELECT pg_advisory_unlock_all()";

    private final Connection connection;
    private final boolean autoCommit;
    private final String lockTimeout;
    private final String searchPath;

    MigrationSession(Connection connection, String lockTimeout) throws SQLException {
        this.connection = connection;
        autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(true);
        try (var statement = connection.createStatement(); var settings = statement.executeQuery(READ)) {
            settings.next();
            this.lockTimeout = settings.getString(1);
            searchPath = settings.getString(2);
        }
        set(lockTimeout);
    }

    private void set(String timeout) throws SQLException {
        try (var statement = connection.prepareStatement(WRITE)) {
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
            statement.execute(UNLOCK);
        }
        set(lockTimeout);
        connection.setAutoCommit(autoCommit);
    }
}
