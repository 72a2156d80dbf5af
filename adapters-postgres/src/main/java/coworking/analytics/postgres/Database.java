package coworking.analytics.postgres;

import com.zaxxer.hikari.HikariDataSource;
import coworking.analytics.application.port.out.LedgerUnavailable;
import io.helidon.dbclient.DbClient;
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
 * The connections to one database, and the promise that nobody waits for a dead one.
 *
 * <p>A question fails within two seconds of the database's falling silent, in whatever state that finds it: connecting takes at
 * most {@code connectTimeout}, and {@link StallGuard} ends a query whose database has stopped answering others too. A query on a
 * database that answers others may take as long as {@code queryTimeout}, even where its own session is stuck: from outside, that
 * cannot be told from a long report.
 */
final class Database implements AutoCloseable {

    /** A table that somebody else holds locked looks to callers like a database that hangs, and is bounded like one. */
    private static final int LOCK_TIMEOUT_MILLIS = 500;

    /** So that a knock and the second before it stay below the two seconds that callers wait, at the default time-out. */
    private static final Duration KNOCK_RESERVE = Duration.ofMillis(400);

    private static final int CHUNKS_IN_MEMORY = 8;
    private static final int MAINTENANCE_TIMEOUT_SECONDS = 3_600;
    private static final int VALIDATION_TIMEOUT_MILLIS = 500;
    private static final int IDLE_TIMEOUT_MILLIS = 60_000;
    private static final int COMMAND_CONNECT_SECONDS = 10;

    private final DataSource server;
    private final DataSource maintenance;
    private final HikariDataSource pool;
    private final StallGuard guard;
    private final DbClient client;
    private final DatabaseObserver observer;
    private final Outages outages;
    private final Duration longestQuery;
    private final Semaphore turns;

    /** Opens no connection: the database may be down. */
    Database(DatabaseSettings settings, DatabaseObserver observer) {
        this(server(settings), maintenance(settings), settings, observer);
    }

    Database(DataSource server, DataSource maintenance, DatabaseSettings settings, DatabaseObserver observer) {
        this.server = server;
        this.maintenance = maintenance;
        this.observer = observer;
        outages = new Outages(observer::lost);
        longestQuery = settings.queryTimeout();
        turns = new Semaphore(settings.conversations(), true);
        pool = pool(settings, server);
        guard = new StallGuard(this::connectOutsideThePool, settings.connectTimeout().minus(KNOCK_RESERVE));
        client = JdbcClientBuilder.create().connectionPool(new WatchedPool()).build();
    }

    /**
     * Asks the database.
     *
     * @param question names what is asked, in logs
     * @param query asks, and closes what it opens; by {@code createNamedQuery}, for DbClient spends longer on making up a name than
     *        PostgreSQL on a short query
     * @throws LedgerUnavailable where there is no answer, for whatever reason
     */
    <T> T ask(String question, Function<DbClient, T> query) {
        return ask(question, () -> guard.watch(() -> query.apply(client)));
    }

    /** Asks what a healthy database answers at once, whatever it holds; otherwise as {@link #ask}. */
    <T> T askQuickly(String question, Function<DbClient, T> query) {
        return ask(question, () -> guard.watchQuick(() -> query.apply(client)));
    }

    /**
     * Asks past DbClient, which takes longer to tell the columns of a row than PostgreSQL to find it; otherwise as
     * {@link #ask(String, Function)}. For a question that is asked all the time.
     */
    <T> T askDirectly(String question, Task<T> query) {
        return ask(question, () -> guard.watch(() -> onConnection(query)));
    }

    private <T> T onConnection(Task<T> query) {
        try (var connection = guard.watched(pool.getConnection())) {
            return query.on(connection);
        } catch (SQLException failure) {
            throw new IllegalStateException("No answer", failure);
        }
    }

    private <T> T ask(String question, Supplier<T> watched) {
        return observed(question, () -> answerOrReason(question, watched));
    }

    private <T> T observed(String question, Supplier<T> asked) {
        var asking = observer.asking(question);
        var isAnswered = false;
        try {
            var answer = asked.get();
            isAnswered = true;
            return answer;
        } finally {
            asking.ended(isAnswered);
        }
    }

    private <T> T answerOrReason(String question, Supplier<T> watched) {
        var mark = outages.mark();
        try {
            if (outages.isUnreachable()) {
                connectOutsideThePool();
            }
            var answer = answer(watched);
            outages.answered(question);
            return answer;
        } catch (SQLException | RuntimeException cause) {
            throw unavailable(question, cause, mark);
        }
    }

    private LedgerUnavailable unavailable(String question, Exception cause, long mark) {
        var failure = Failure.of(cause);
        outages.failed(question, failure, mark);
        return new LedgerUnavailable(failure.reason(), failure.isTooSlow(), cause);
    }

    /**
     * Asks several things of one snapshot, on one connection.
     *
     * @param tables what may be read, as SQL lists it; none of it can be truncated, altered or dropped meanwhile
     * @param questions asks; what it throws comes out as it is
     * @throws LedgerUnavailable where the database does not answer, or all connections that conversations may keep are kept by others
     */
    <T> T converse(String tables, Function<Conversation, T> questions) {
        if (!isTurn()) {
            throw new LedgerUnavailable("too many questions are under way", new IllegalStateException("No connection to spare"));
        }
        try {
            var conversation = new Conversation(this, longestQuery);
            return guard.lend(conversation::isWithinItsTime, () -> conversation.hold(tables, questions));
        } finally {
            turns.release();
        }
    }

    private boolean isTurn() {
        try {
            return turns.tryAcquire(pool.getConnectionTimeout(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Takes a connection that the caller keeps, prepared by some work; in a conversation. */
    Connection open(String question, Consumer<Connection> preparation) {
        var opened = ask(question, () -> guard.watchOneOfSeveral(() -> {
            var connection = client.unwrap(Connection.class);
            preparation.accept(connection);
            return connection;
        }));
        return guard.watched(opened);
    }

    /** Makes a connection that the caller kept as it was before; where that fails, it is given up. */
    void end(Connection kept) {
        try {
            guard.watchOneOfSeveral(() -> rollBack(guard.watched(kept)));
        } catch (RuntimeException givenUp) {
            // Everything was answered already, or has failed.
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

    /** Asks on a connection that the caller keeps, once: what was said on it before cannot be said again on another one. */
    <T> T ask(String question, Connection kept, Function<Connection, T> query) {
        var mark = outages.mark();
        return observed(question, () -> {
            try {
                var answer = guard.watchOneOfSeveral(() -> query.apply(guard.watched(kept)));
                outages.answered(question);
                return answer;
            } catch (RuntimeException cause) {
                throw unavailable(question, cause, mark);
            }
        });
    }

    /** Whether the last thing that was asked of the database found it there. */
    boolean isReachable() {
        return !outages.isUnreachable();
    }

    /** Has the pool report to a registry of metrics of a kind that HikariCP knows; once at the most. */
    void measurePool(Object registry) {
        pool.setMetricRegistry(registry);
    }

    /** Connections may have died while they idled in the pool, which is no outage: then the query is run once more, on a new one. */
    private <T> T answer(Supplier<T> watched) {
        try {
            return watched.get();
        } catch (RuntimeException failure) {
            if (!Failure.isOfOneConnection(failure)) {
                throw failure;
            }
            pool.getHikariPoolMXBean().softEvictConnections();
            return watched.get();
        }
    }

    /**
     * Fails at once where the database refuses, and leaves the pool alone: the pool would make each caller wait for its whole
     * timeout, and back off for longer and longer, so that it would notice the database's return late.
     */
    private void connectOutsideThePool() throws SQLException {
        server.getConnection().close();
    }

    /**
     * Does what may take minutes, and may write, on a connection of its own that is closed after it.
     *
     * @throws LedgerUnavailable where it fails, for whatever reason
     */
    <T> T maintain(String task, Task<T> work) {
        var mark = outages.mark();
        try (var connection = maintenance.getConnection()) {
            var done = work.on(connection);
            outages.answered(task);
            return done;
        } catch (SQLException cause) {
            var failure = Failure.of(cause);
            outages.failed(task, failure, mark);
            throw new LedgerUnavailable(failure.reason(), cause);
        }
    }

    @Override
    public void close() {
        guard.close();
        pool.close();
    }

    static PGSimpleDataSource server(DatabaseSettings settings) {
        var server = new PGSimpleDataSource();
        server.setServerNames(new String[]{settings.host()});
        server.setPortNumbers(new int[]{settings.port()});
        server.setDatabaseName(settings.name());
        server.setUser(settings.username());
        server.setPassword(settings.password());
        server.setSslMode(settings.sslMode());
        server.setApplicationName("coworking-analytics");
        server.setConnectTimeout((int) settings.connectTimeout().toSeconds());
        server.setLoginTimeout((int) settings.connectTimeout().toSeconds());
        // A chunk of users at a time is enough. Heeded in transactions only: whatever else is asked is one row.
        server.setDefaultRowFetchSize(CHUNKS_IN_MEMORY);
        // Later than the query's own timeout: it is for connections that died without a word.
        server.setSocketTimeout((int) settings.queryTimeout().toSeconds() + 5);
        return server;
    }

    /** For what takes longer than a caller would wait. */
    static PGSimpleDataSource maintenance(DatabaseSettings settings) {
        var server = server(settings);
        server.setSocketTimeout(MAINTENANCE_TIMEOUT_SECONDS);
        return server;
    }

    /** No caller waits for a command, and a cold JVM on half a core needs more than a second for its first TLS handshake. */
    static PGSimpleDataSource command(DatabaseSettings settings) {
        var server = maintenance(settings);
        var patience = Math.max((int) settings.connectTimeout().toSeconds(), COMMAND_CONNECT_SECONDS);
        server.setConnectTimeout(patience);
        server.setLoginTimeout(patience);
        return server;
    }

    /** Made without a configuration of its own, which HikariCP would copy by reflection, field by field, before the first answer. */
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
        config.setConnectionInitSql("""
                SET default_transaction_read_only = on;
                SET default_transaction_isolation = 'read committed';
                SET statement_timeout = %d;
                SET lock_timeout = %d""".formatted(settings.queryTimeout().toMillis(), LOCK_TIMEOUT_MILLIS));
        return config;
    }

    /** Work on one connection, in autocommit mode. */
    @FunctionalInterface
    interface Task<T> {

        T on(Connection connection) throws SQLException;
    }

    /** Hands the pool's connections to DbClient, under the guard's eyes. */
    private final class WatchedPool implements JdbcConnectionPool {

        @Override
        public Connection connection() {
            try {
                return guard.watched(pool.getConnection());
            } catch (SQLException failure) {
                throw new IllegalStateException("No connection", failure);
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
