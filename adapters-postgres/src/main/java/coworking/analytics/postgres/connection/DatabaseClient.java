package coworking.analytics.postgres.connection;

import com.zaxxer.hikari.HikariDataSource;
import coworking.analytics.application.port.UnavailableException;
import coworking.analytics.application.port.out.LedgerObserver;
import io.helidon.dbclient.DbClient;
import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.jdbc.JdbcClientBuilder;
import io.helidon.dbclient.jdbc.JdbcConnectionPool;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The connections to one database, with a bound on the time that a query waits for a dead database.
 *
 * <p>A query fails within two seconds after the database stops answering: connecting takes at most {@code connectTimeout}, and
 * {@link QueryWatchdog} ends a query if the database does not answer its probe either. While the database answers the probe, a query may
 * take as long as {@code queryTimeout}, even if its own session is stuck: the client cannot tell a stuck session from a long report.
 */
public final class DatabaseClient implements AutoCloseable {

    /** To callers, a locked table looks like a database that hangs, so the wait for it is as short. */
    private static final int LOCK_TIMEOUT_MILLIS = 500;

    /** With the default timeout, a probe and the second before it stay below the two seconds that callers wait. */
    private static final Duration PROBE_RESERVE = Duration.ofMillis(400);

    private static final int MAINTENANCE_TIMEOUT_SECONDS = 3_600;
    private static final int VALIDATION_TIMEOUT_MILLIS = 500;
    private static final int IDLE_TIMEOUT_MILLIS = 60_000;
    private static final int MIN_COMMAND_CONNECT_SECONDS = 10;

    private final DataSource serverDataSource;
    private final DataSource maintenanceDataSource;
    private final HikariDataSource pool;
    private final QueryWatchdog watchdog;
    private final DbClient client;
    private final LedgerObserver observer;
    private final OutageLog outages;
    private final Duration queryTimeout;
    private final Semaphore sessionPermits;
    private final ReadTransactions transactions;

    /** Opens no connection: the database may be down. */
    public DatabaseClient(DatabaseSettings settings, LedgerObserver observer) {
        this(serverDataSource(settings), maintenanceDataSource(settings), settings, observer);
    }

    DatabaseClient(DataSource serverDataSource, DataSource maintenanceDataSource, DatabaseSettings settings, LedgerObserver observer) {
        this.serverDataSource = serverDataSource;
        this.maintenanceDataSource = maintenanceDataSource;
        this.observer = observer;
        outages = new OutageLog(observer::databaseLost);
        queryTimeout = settings.queryTimeout();
        transactions = new ReadTransactions(queryTimeout, LOCK_TIMEOUT_MILLIS);
        sessionPermits = new Semaphore(settings.maxSessions(), true);
        pool = pool(settings, serverDataSource);
        watchdog = new QueryWatchdog(this::connectDirectly, settings.connectTimeout().minus(PROBE_RESERVE));
        client = JdbcClientBuilder.create().connectionPool(new WatchedPool()).build();
    }

    /**
     * Runs a statement that stands alone by DbClient.
     *
     * @param queryName names the query in logs, metrics and traces
     * @param query runs the statement and closes its result; by {@code createNamedQuery}, because DbClient takes longer to make up a name than
     *        PostgreSQL takes for a short query
     * @throws UnavailableException if there is no result, for whatever reason
     */
    public <T> T execute(String queryName, Function<DbExecute, T> query) {
        return query(queryName, () -> watchdog.watch(() -> query.apply(client.execute())));
    }

    /** As {@link #execute}, for a statement that a healthy database answers at once, whatever data it holds. */
    public <T> T probe(String queryName, Function<DbExecute, T> query) {
        return query(queryName, () -> watchdog.watchWithDeadline(() -> query.apply(client.execute())));
    }

    /**
     * Runs statements on a connection of the pool, in a transaction that reads only. {@link SqlQuery} runs each of them.
     *
     * @throws UnavailableException if there is no result, for whatever reason
     */
    public <T> T query(String queryName, ConnectionTask<T> task) {
        return query(queryName, () -> watchdog.watch(() -> withConnection(task)));
    }

    private <T> T withConnection(ConnectionTask<T> task) {
        try (var connection = client.unwrap(Connection.class)) {
            return task.run(connection);
        } catch (SQLException failure) {
            throw new IllegalStateException("The query failed", failure);
        }
    }

    private <T> T query(String queryName, Supplier<T> watched) {
        return observe(queryName, () -> queryOrTranslate(queryName, watched));
    }

    private <T> T observe(String queryName, Supplier<T> query) {
        var observation = observer.queryStarted(queryName);
        var isAnswered = false;
        try {
            var result = query.get();
            isAnswered = true;
            return result;
        } finally {
            observation.end(isAnswered);
        }
    }

    private <T> T queryOrTranslate(String queryName, Supplier<T> watched) {
        var mark = outages.mark();
        try {
            if (outages.isUnreachable()) {
                connectDirectly();
            }
            var result = queryWithRetry(watched);
            outages.recordAnswer(queryName);
            return result;
        } catch (SQLException | RuntimeException cause) {
            throw toUnavailable(queryName, cause, mark);
        }
    }

    private UnavailableException toUnavailable(String queryName, Exception cause, long mark) {
        var failure = DatabaseError.of(cause);
        outages.recordFailure(queryName, failure, mark);
        return new UnavailableException(failure.reason(), failure.isTimeout(), cause);
    }

    /**
     * Runs several queries of one snapshot, on one connection.
     *
     * @param tables the tables and views that the queries read, as SQL lists them; the session's locks keep others from truncating, altering or
     *        dropping them
     * @param work runs the queries; its exceptions are rethrown unchanged
     * @throws UnavailableException if the database does not answer, or other sessions keep all connections that sessions may keep
     */
    public <T> T inSnapshot(String tables, Function<SnapshotSession, T> work) {
        if (!acquireSessionPermit()) {
            throw new UnavailableException("too many questions are under way", new IllegalStateException("No session permit is free"));
        }
        try {
            var session = new SnapshotSession(this, queryTimeout);
            return watchdog.watchSession(session::isWithinTimeLimits, () -> session.run(tables, work));
        } finally {
            sessionPermits.release();
        }
    }

    private boolean acquireSessionPermit() {
        try {
            return sessionPermits.tryAcquire(pool.getConnectionTimeout(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Opens a connection that the session keeps, and prepares it. */
    Connection openSession(String queryName, Consumer<Connection> preparation) {
        var opened = query(queryName, () -> watchdog.watchInSession(() -> {
            var connection = client.unwrap(Connection.class);
            preparation.accept(connection);
            return connection;
        }));
        return watchdog.attach(opened);
    }

    /** Restores a connection that a session kept; the pool discards it if that fails. */
    void endSession(Connection kept) {
        try {
            watchdog.watchInSession(() -> rollBack(watchdog.attach(kept)));
        } catch (RuntimeException givenUp) {
            // The session has its results already.
        }
    }

    private static Connection rollBack(Connection connection) {
        try {
            connection.rollback();
            return connection;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Runs a query on the connection of a session, without a retry: another connection would have another snapshot. */
    <T> T queryInSession(String queryName, Connection kept, Function<Connection, T> query) {
        var mark = outages.mark();
        return observe(queryName, () -> {
            try {
                var result = watchdog.watchInSession(() -> query.apply(watchdog.attach(kept)));
                outages.recordAnswer(queryName);
                return result;
            } catch (RuntimeException cause) {
                throw toUnavailable(queryName, cause, mark);
            }
        });
    }

    /** Whether the latest query reached the database. */
    public boolean isReachable() {
        return !outages.isUnreachable();
    }

    /** Binds the metrics of the pool to a registry that HikariCP supports, at most once. */
    public void bindPoolMetrics(Object registry) {
        pool.setMetricRegistry(registry);
    }

    /** A connection that broke while it was idle in the pool is no outage: the query runs once more, on a new connection. */
    private <T> T queryWithRetry(Supplier<T> watched) {
        try {
            return watched.get();
        } catch (RuntimeException failure) {
            if (!DatabaseError.isConnectionBroken(failure)) {
                throw failure;
            }
            pool.getHikariPoolMXBean().softEvictConnections();
            return watched.get();
        }
    }

    /**
     * Fails at once if the database refuses connections. The pool would make each caller wait for its whole timeout, and would wait longer
     * and longer between its attempts, so that it would notice late that the database is back.
     */
    private void connectDirectly() throws SQLException {
        serverDataSource.getConnection().close();
    }

    /**
     * Runs a task that may take minutes and may write, on a connection of its own.
     *
     * @throws UnavailableException if it fails, for whatever reason
     */
    public <T> T runMaintenance(String task, ConnectionTask<T> work) {
        var mark = outages.mark();
        try (var connection = maintenanceDataSource.getConnection()) {
            var done = work.run(connection);
            outages.recordAnswer(task);
            return done;
        } catch (SQLException cause) {
            var failure = DatabaseError.of(cause);
            outages.recordFailure(task, failure, mark);
            throw new UnavailableException(failure.reason(), cause);
        }
    }

    @Override
    public void close() {
        watchdog.close();
        pool.close();
    }

    static PGSimpleDataSource serverDataSource(DatabaseSettings settings) {
        var server = new PGSimpleDataSource();
        server.setServerNames(new String[]{settings.host()});
        server.setPortNumbers(new int[]{settings.port()});
        server.setDatabaseName(settings.name());
        server.setUser(settings.username());
        server.setPassword(settings.password());
        server.setSslMode(settings.sslMode());
        server.setApplicationName("coworking-analytics");
        server.setPrepareThreshold(ReadTransactions.NEVER_PREPARE);
        server.setConnectTimeout((int) settings.connectTimeout().toSeconds());
        server.setLoginTimeout((int) settings.connectTimeout().toSeconds());
        // Longer than the query timeout: it ends queries on connections that the network lost.
        server.setSocketTimeout((int) settings.queryTimeout().toSeconds() + 5);
        return server;
    }

    /** For tasks that take longer than a caller waits. */
    static PGSimpleDataSource maintenanceDataSource(DatabaseSettings settings) {
        var server = serverDataSource(settings);
        server.setSocketTimeout(MAINTENANCE_TIMEOUT_SECONDS);
        return server;
    }

    /** For commands. A cold JVM on half a core needs more than a second for its first TLS handshake, and no caller waits for it. */
    public static PGSimpleDataSource commandDataSource(DatabaseSettings settings) {
        var server = maintenanceDataSource(settings);
        var connectSeconds = Math.max((int) settings.connectTimeout().toSeconds(), MIN_COMMAND_CONNECT_SECONDS);
        server.setConnectTimeout(connectSeconds);
        server.setLoginTimeout(connectSeconds);
        return server;
    }

    /** Makes the pool without a HikariConfig, which HikariCP would copy by reflection, field by field, before the first query. */
    private static HikariDataSource pool(DatabaseSettings settings, DataSource server) {
        var config = new HikariDataSource();
        config.setPoolName("database");
        config.setDataSource(server);
        config.setMaximumPoolSize(settings.poolSize());
        config.setMinimumIdle(0);
        config.setIdleTimeout(IDLE_TIMEOUT_MILLIS);
        config.setConnectionTimeout(settings.connectTimeout().toMillis());
        config.setValidationTimeout(VALIDATION_TIMEOUT_MILLIS);
        config.setInitializationFailTimeout(-1);
        return config;
    }

    /** Work on one connection. */
    @FunctionalInterface
    public interface ConnectionTask<T> {

        T run(Connection connection) throws SQLException;
    }

    /** Hands the pool's connections to DbClient, watched by the watchdog. */
    private final class WatchedPool implements JdbcConnectionPool {

        @Override
        public Connection connection() {
            try {
                return transactions.begin(watchdog.attach(pool.getConnection()));
            } catch (SQLException failure) {
                throw new IllegalStateException("The pool has no connection", failure);
            }
        }

        @Override
        public String name() {
            return "database";
        }

        @Override
        public String type() {
            return "hikari";
        }
    }
}
