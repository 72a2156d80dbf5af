package coworking.analytics.postgres;

import static java.util.Objects.requireNonNull;

import coworking.analytics.application.port.out.LedgerUnavailable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Several questions to one snapshot, on one connection.
 *
 * <p>Between its questions, and between the rows of an answer, the connection waits for whoever asks, who may be waiting for a slow client.
 * That says nothing about the database, so it is not watched as a query is. But it keeps the connection, and its locks and snapshot keep
 * others from theirs: so one pause may last as long as one query, and all of it as long as four, before the connection is taken away.
 *
 * <p>The transaction is read-only, and sees what was committed before its first question. It begins with locks that keep the tables as they
 * are: a TRUNCATE in the middle would empty them for this snapshot too, and roll-ups might be dropped. These locks are in nobody's way who
 * reads or writes rows.
 */
final class Conversation {

    private static final int QUERIES = 4;

    /** As many rows as are in memory at once. */
    private static final int CHUNK = 1_000;
    private static final int ALL = 0;

    private final Database database;
    private final Duration longestQuery;
    private final AtomicReference<State> state = new AtomicReference<>(State.ASKING);
    private volatile long begun;
    private volatile long pausedSince;
    private @Nullable Connection connection;

    private enum State {
        ASKING, PAUSED, TAKEN_AWAY, OVER
    }

    Conversation(Database database, Duration longestQuery) {
        this.database = database;
        this.longestQuery = longestQuery;
    }

    /** Called by the database, once. */
    <T> T hold(String tables, Function<Conversation, T> questions) {
        var opened = database.open("conversation", fresh -> begin(fresh, tables));
        connection = opened;
        begun = System.nanoTime();
        pause();
        try {
            return questions.apply(this);
        } finally {
            end(opened);
        }
    }

    private static void begin(Connection connection, String tables) {
        try (var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            // A plan that is made for any value would take the whole time for a short stretch of it.
            statement.execute("""
                    SET TRANSACTION ISOLATION LEVEL REPEATABLE READ;
                    SET LOCAL plan_cache_mode = force_custom_plan;
                    LOCK TABLE %s IN ACCESS SHARE MODE""".formatted(tables));
        } catch (SQLException failure) {
            throw new Unanswered(failure);
        }
    }

    /** Whatever fails here has been answered: the connection is given up, and that is all. */
    private void end(Connection opened) {
        if (state.getAndSet(State.OVER) != State.TAKEN_AWAY) {
            database.end(opened);
        }
    }

    /** Whether the connection may be kept; where it may not, it is not used any more. */
    boolean isWithinItsTime() {
        return !(isOverdue() && state.compareAndSet(State.PAUSED, State.TAKEN_AWAY));
    }

    private boolean isOverdue() {
        var now = System.nanoTime();
        return state.get() == State.PAUSED
                && (now - pausedSince > longestQuery.toNanos() || now - begun > longestQuery.multipliedBy(QUERIES).toNanos());
    }

    private void pause() {
        pausedSince = System.nanoTime();
        state.set(State.PAUSED);
    }

    /** Returns the only row. */
    <R> R one(Question question, Row<R> row) {
        return all(question, row).getFirst();
    }

    /** Returns all rows, which are few. */
    <R> List<R> all(Question question, Row<R> row) {
        return ask(question, connection -> {
            try (var statement = question.prepare(connection, ALL); var rows = statement.executeQuery()) {
                return read(rows, row, Integer.MAX_VALUE);
            }
        });
    }

    /** Hands out row after row, some of which are fetched at a time, until the reader has had enough. */
    <R> void each(Question question, Row<R> row, Predicate<R> reader) {
        try (var cursor = new Cursor<>(question, row)) {
            List<R> chunk;
            do {
                chunk = cursor.next();
                for (var next : chunk) {
                    if (!reader.test(next)) {
                        return;
                    }
                }
            } while (chunk.size() == CHUNK);
        }
    }

    private <R> R ask(Question question, Asking<R> asking) {
        if (state.get() == State.OVER) {
            throw new IllegalStateException("The conversation is over");
        }
        if (!isWithinItsTime() || !state.compareAndSet(State.PAUSED, State.ASKING)) {
            throw new LedgerUnavailable("the answer took longer than it may", true, new IllegalStateException("Not taken in time"));
        }
        try {
            return database.ask(question.name, requireNonNull(connection), asking::unchecked);
        } finally {
            pause();
        }
    }

    private static <R> List<R> read(ResultSet rows, Row<R> row, int most) throws SQLException {
        var read = new ArrayList<R>();
        while (read.size() < most && rows.next()) {
            read.add(row.read(rows));
        }
        return read;
    }

    /**
     * A question in SQL.
     *
     * @param name names it, in logs and traces
     * @param values of its parameters; each is given as text, and the SQL says of what type it is
     */
    record Question(String name, String sql, List<String> values) {

        private PreparedStatement prepare(Connection connection, int fetchSize) throws SQLException {
            var statement = connection.prepareStatement(sql);
            statement.setFetchSize(fetchSize);
            for (var i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i), Types.OTHER);
            }
            return statement;
        }
    }

    /** Reads the row at which a result stands. */
    @FunctionalInterface
    interface Row<R> {

        R read(ResultSet row) throws SQLException;
    }

    @FunctionalInterface
    private interface Asking<R> {

        R ask(Connection connection) throws SQLException;

        default R unchecked(Connection connection) {
            try {
                return ask(connection);
            } catch (SQLException failure) {
                throw new Unanswered(failure);
            }
        }
    }

    private static final class Unanswered extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Unanswered(SQLException cause) {
            super(cause);
        }
    }

    private final class Cursor<R> implements AutoCloseable {

        private final Question question;
        private final Row<R> row;
        private @Nullable PreparedStatement statement;
        private @Nullable ResultSet rows;

        Cursor(Question question, Row<R> row) {
            this.question = question;
            this.row = row;
        }

        List<R> next() {
            return ask(question, connection -> read(open(connection), row, CHUNK));
        }

        private ResultSet open(Connection connection) throws SQLException {
            var open = rows;
            if (open == null) {
                var prepared = question.prepare(connection, CHUNK);
                statement = prepared;
                open = prepared.executeQuery();
                rows = open;
            }
            return open;
        }

        /** Sends nothing. */
        @Override
        public void close() {
            try {
                if (statement != null) {
                    statement.close();
                }
            } catch (SQLException goneAlready) {
                // With its connection.
            }
        }
    }
}
