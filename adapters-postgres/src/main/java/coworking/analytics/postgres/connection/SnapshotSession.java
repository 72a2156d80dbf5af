package coworking.analytics.postgres.connection;

import static java.util.Objects.requireNonNull;

import coworking.analytics.application.port.UnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Several queries of one snapshot, on one connection.
 *
 * <p>Between the queries, and between the rows of a result, the connection waits for the caller, which may wait for a slow client.
 * That says nothing about the database, so the watchdog does not treat it as a query. But the session keeps a connection, locks and a snapshot.
 * So one pause may last as long as one query may, and the session four times as long, before the connection is taken away.
 *
 * <p>The transaction is read-only and sees what was committed before its first query. It begins with locks that keep the tables: a TRUNCATE in
 * the middle would empty them for this snapshot too, and roll-ups might be dropped. The locks do not block statements that read or write rows.
 */
public final class SnapshotSession {

    private static final int MAX_SESSION_QUERY_TIMEOUTS = 4;

    /** The number of rows in memory at once. */
    private static final int FETCH_SIZE = 1_000;

    private final DatabaseClient database;
    private final Duration queryTimeout;
    private final AtomicReference<SessionState> state = new AtomicReference<>(SessionState.QUERYING);
    private volatile long startedAt;
    private volatile long idleSince;
    private @Nullable Connection connection;

    private enum SessionState {
        QUERYING, IDLE, REVOKED, CLOSED
    }

    SnapshotSession(DatabaseClient database, Duration queryTimeout) {
        this.database = database;
        this.queryTimeout = queryTimeout;
    }

    /** Opens the session, runs the work and closes the session. The database client calls it once. */
    <T> T run(String tables, Function<SnapshotSession, T> work) {
        var opened = database.openSession("conversation", fresh -> beginTransaction(fresh, tables));
        connection = opened;
        startedAt = System.nanoTime();
        markIdle();
        try {
            return work.apply(this);
        } finally {
            close(opened);
        }
    }

    private static void beginTransaction(Connection connection, String tables) {
        try (var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            // A generic plan would read the whole time for a short range.
            statement.execute("""
                    SET TRANSACTION ISOLATION LEVEL REPEATABLE READ;
                    SET LOCAL plan_cache_mode = force_custom_plan;
                    LOCK TABLE {tables} IN ACCESS SHARE MODE""".replace("{tables}", tables));
        } catch (SQLException failure) {
            throw new QueryFailedException(failure);
        }
    }

    private void close(Connection opened) {
        if (state.getAndSet(SessionState.CLOSED) != SessionState.REVOKED) {
            database.endSession(opened);
        }
    }

    /** Whether the session may keep its connection; if not, the session does not use it any more. */
    boolean isWithinTimeLimits() {
        return !(isExpired() && state.compareAndSet(SessionState.IDLE, SessionState.REVOKED));
    }

    private boolean isExpired() {
        var now = System.nanoTime();
        return state.get() == SessionState.IDLE
                && (now - idleSince > queryTimeout.toNanos()
                        || now - startedAt > queryTimeout.multipliedBy(MAX_SESSION_QUERY_TIMEOUTS).toNanos());
    }

    private void markIdle() {
        idleSince = System.nanoTime();
        state.set(SessionState.IDLE);
    }

    /** Returns the only row. */
    public <R> R queryOne(SqlQuery query, RowMapper<R> mapper) {
        return queryAll(query, mapper).getFirst();
    }

    /** Returns all rows, which are few. */
    public <R> List<R> queryAll(SqlQuery query, RowMapper<R> mapper) {
        return run(query, open -> query.list(open, mapper));
    }

    /** Hands rows to a reader until it returns false; fetches some of them at a time. */
    public <R> void forEachRow(SqlQuery query, RowMapper<R> mapper, Predicate<R> reader) {
        try (var cursor = new ResultCursor<>(query, mapper)) {
            List<R> chunk;
            do {
                chunk = cursor.nextRows();
                for (var row : chunk) {
                    if (!reader.test(row)) {
                        return;
                    }
                }
            } while (chunk.size() == FETCH_SIZE);
        }
    }

    private <R> R run(SqlQuery query, DatabaseClient.ConnectionTask<R> task) {
        if (state.get() == SessionState.CLOSED) {
            throw new IllegalStateException("The snapshot session is closed");
        }
        if (!isWithinTimeLimits() || !state.compareAndSet(SessionState.IDLE, SessionState.QUERYING)) {
            throw new UnavailableException("the answer took longer than it may", true,
                    new IllegalStateException("The session lost its connection"));
        }
        try {
            return database.queryInSession(query.name(), requireNonNull(connection), open -> runUnchecked(task, open));
        } finally {
            markIdle();
        }
    }

    private static <R> R runUnchecked(DatabaseClient.ConnectionTask<R> task, Connection open) {
        try {
            return task.run(open);
        } catch (SQLException failure) {
            throw new QueryFailedException(failure);
        }
    }

    private static final class QueryFailedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        QueryFailedException(SQLException cause) {
            super(cause);
        }
    }

    private final class ResultCursor<R> implements AutoCloseable {

        private final SqlQuery query;
        private final RowMapper<R> mapper;
        private @Nullable PreparedStatement statement;
        private @Nullable ResultSet rows;

        ResultCursor(SqlQuery query, RowMapper<R> mapper) {
            this.query = query;
            this.mapper = mapper;
        }

        List<R> nextRows() {
            return run(query, open -> SqlQuery.readRows(openRows(open), mapper, FETCH_SIZE));
        }

        private ResultSet openRows(Connection open) throws SQLException {
            var opened = rows;
            if (opened == null) {
                var prepared = query.prepare(open, FETCH_SIZE);
                statement = prepared;
                opened = prepared.executeQuery();
                rows = opened;
            }
            return opened;
        }

        /** Sends nothing to the database. */
        @Override
        public void close() {
            try {
                if (statement != null) {
                    statement.close();
                }
            } catch (SQLException alreadyClosed) {
                // The connection closed it.
            }
        }
    }
}
