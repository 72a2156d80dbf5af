package coworking.analytics.postgres.connection;

import static java.lang.System.Logger.Level.INFO;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Begins the transactions of queries, with settings that end with them.
 *
 * <p>A pooler such as pgbouncer may give each transaction of a client another connection to the server. A setting of the session would stay on
 * that connection and reach its next client, which may be a writer. A server-side prepared statement would be missing, or another one of that
 * name would run. So no setting outlives its transaction, and statements are prepared only on a direct connection: there the server's process is
 * the one that the driver was told of when it connected.
 */
final class ReadTransactions {

    /** For the driver's {@code prepareThreshold}. */
    static final int NEVER_PREPARE = 0;

    /** The driver's default. */
    private static final int PREPARE_AFTER_FIVE = 5;

    private static final System.Logger LOG = System.getLogger(ReadTransactions.class.getName());

    private final String settingsSql;
    private final AtomicBoolean isBehindPooler = new AtomicBoolean();

    /** Bounds each statement of the transactions, and each wait for a lock. */
    ReadTransactions(Duration statementTimeout, int lockTimeoutMillis) {
        settingsSql = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ ONLY; SET LOCAL statement_timeout = "
                + statementTimeout.toMillis()
                + "; SET LOCAL lock_timeout = " + lockTimeoutMillis;
    }

    /**
     * Begins a transaction.
     *
     * @return the connection, in the transaction until it is closed: DbClient would turn autocommit on, and so end the transaction and its settings
     */
    Connection begin(Connection connection) throws SQLException {
        if (connection.isWrapperFor(PGConnection.class) && !isBehindPooler.get()) {
            prepareIfDirect(connection, connection.unwrap(PGConnection.class));
        }
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute(settingsSql);
        }
        return (Connection) Proxy.newProxyInstance(ReadTransactions.class.getClassLoader(), new Class<?>[]{Connection.class},
                (proxy, method, arguments) -> method.getName().equals("setAutoCommit") ? null : call(connection, method, arguments));
    }

    private static @Nullable Object call(Connection connection, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        }
    }

    /** Asks once for each connection to the server, outside of the transaction, whose settings must precede any query. */
    private void prepareIfDirect(Connection connection, PGConnection driver) throws SQLException {
        if (driver.getPrepareThreshold() != NEVER_PREPARE) {
            return;
        }
        try (var statement = connection.createStatement(); var row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            if (row.getInt(1) == driver.getBackendPID()) {
                driver.setPrepareThreshold(PREPARE_AFTER_FIVE);
            } else if (isBehindPooler.compareAndSet(false, true)) {
                LOG.log(INFO, "a connection pooler is in front of the database: no statement is prepared on the server");
            }
        }
    }
}
