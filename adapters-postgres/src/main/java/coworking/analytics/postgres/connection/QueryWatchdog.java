package coworking.analytics.postgres.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells a slow query from a dead database, and aborts queries on a dead one.
 *
 * <p>A timeout cannot: a report over many rows may take longer than a caller may wait for a database that hangs. So once in each second of a
 * query, the watchdog probes the database on a connection of its own, and aborts the query's connection if the probe gets no answer. A
 * refusal is an answer too. A query that is never slow needs no probe: the watchdog aborts it after about a second on its connection.
 */
final class QueryWatchdog implements AutoCloseable {

    private static final int PROBE_PERIOD_MILLIS = 1_000;
    private static final int MAX_QUICK_QUERY_MILLIS = 900;
    private static final int QUICK_CHECK_PERIOD_MILLIS = 300;
    private static final int SCHEDULER_PERIOD_MILLIS = 100;

    private static final ScopedValue<WatchedQuery> CURRENT = ScopedValue.newInstance();

    private final LivenessProbe probe;
    private final Duration probeTimeout;
    private final Set<WatchedQuery> running = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor scheduler;

    /**
     * Makes a watchdog.
     *
     * @param probe checks whether the database is alive
     * @param probeTimeout the longest time that the check may take
     */
    QueryWatchdog(LivenessProbe probe, Duration probeTimeout) {
        this.probe = probe;
        this.probeTimeout = probeTimeout;
        scheduler = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("stall-guard").factory());
        var _ = scheduler.scheduleWithFixedDelay(this::checkDueQueries, SCHEDULER_PERIOD_MILLIS, SCHEDULER_PERIOD_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    /** Checks all queries at once: a timer for each query would cost more than most queries do. */
    private void checkDueQueries() {
        try {
            running.stream().filter(WatchedQuery::isDue).forEach(query -> Thread.startVirtualThread(query::check));
        } catch (OutOfMemoryError temporary) {
            // An exception would cancel the later checks, which may find more memory.
        }
    }

    /**
     * Runs a query and watches it.
     *
     * @throws DatabaseStalledException if the database stopped answering while it ran
     */
    <T> T watch(Supplier<T> supplier) {
        return watch(query -> isAlive(), PROBE_PERIOD_MILLIS, supplier);
    }

    /**
     * Runs a query that takes a healthy database less than a second.
     *
     * @throws DatabaseStalledException if it took longer, even if the database answers other queries
     */
    <T> T watchWithDeadline(Supplier<T> supplier) {
        return watch(query -> !query.hasHeldConnectionFor(MAX_QUICK_QUERY_MILLIS), QUICK_CHECK_PERIOD_MILLIS, supplier);
    }

    private <T> T watch(Predicate<WatchedQuery> mayContinue, int periodMillis, Supplier<T> supplier) {
        var query = new WatchedQuery(mayContinue, Duration.ofMillis(periodMillis));
        try {
            return run(query, supplier);
        } finally {
            query.release();
        }
    }

    private <T> T run(WatchedQuery query, Supplier<T> supplier) {
        running.add(query);
        try {
            return ScopedValue.where(CURRENT, query).call(supplier::get);
        } catch (RuntimeException failure) {
            throw query.isAborted() ? new DatabaseStalledException(failure) : failure;
        } finally {
            running.remove(query);
        }
    }

    /**
     * Runs one of several queries of a session and watches it. If it fails, the connection returns to the pool.
     *
     * @throws DatabaseStalledException if the database stopped answering while it ran
     */
    <T> T watchInSession(Supplier<T> supplier) {
        var query = new WatchedQuery(running -> isAlive(), Duration.ofMillis(PROBE_PERIOD_MILLIS));
        try {
            return run(query, supplier);
        } catch (RuntimeException failure) {
            query.release();
            throw failure;
        }
    }

    /**
     * Lets a session keep a connection while it does not wait for the database, and revokes the connection once the session may not keep it any
     * more. Exceptions are rethrown unchanged.
     */
    <T> T watchSession(BooleanSupplier mayKeepConnection, Supplier<T> supplier) {
        var session = new WatchedQuery(kept -> mayKeepConnection.getAsBoolean() || kept.revoke(), Duration.ofMillis(PROBE_PERIOD_MILLIS));
        running.add(session);
        try {
            return ScopedValue.where(CURRENT, session).call(supplier::get);
        } finally {
            running.remove(session);
            session.release();
        }
    }

    /** Attaches a connection to the query that this thread runs. */
    Connection attach(Connection connection) {
        CURRENT.get().attach(connection);
        return connection;
    }

    private boolean isAlive() {
        var answer = new FutureTask<>(() -> {
            probe.probe();
            return true;
        });
        Thread.startVirtualThread(answer);
        try {
            return answer.get(probeTimeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException refusal) {
            return true;
        } catch (TimeoutException | InterruptedException silence) {
            return false;
        }
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }

    /** Checks whether the database is alive. */
    interface LivenessProbe {

        /** Returns or throws if the database is alive; otherwise blocks for a limited time. */
        void probe() throws SQLException;
    }

    /** The database stopped answering while a query ran. */
    static final class DatabaseStalledException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        DatabaseStalledException(Throwable cause) {
            super(cause);
        }
    }

    /** A running query, and the connection it holds once it has one. */
    private static final class WatchedQuery {

        private final Predicate<WatchedQuery> mayContinue;
        private final Duration period;
        private long nextCheck;
        private @Nullable Connection connection;
        private long heldSince;
        private boolean aborted;

        WatchedQuery(Predicate<WatchedQuery> mayContinue, Duration period) {
            this.mayContinue = mayContinue;
            this.period = period;
            nextCheck = System.nanoTime() + period.toNanos();
        }

        /** Once in each period. */
        synchronized boolean isDue() {
            var due = System.nanoTime() - nextCheck >= 0;
            if (due) {
                nextCheck += period.toNanos();
            }
            return due;
        }

        /** Takes as long as a probe, so the caller must not hold the lock. */
        void check() {
            if (!mayContinue.test(this)) {
                abort();
            }
        }

        synchronized void attach(Connection connection) {
            this.connection = connection;
            heldSince = System.nanoTime();
            if (aborted) {
                abort();
            }
        }

        /** The wait for a connection does not count: the pool bounds it, and reports why it failed. */
        synchronized boolean hasHeldConnectionFor(long millis) {
            return connection != null && TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - heldSince) >= millis;
        }

        /** Has no effect after the end of the query, when the pool's handle of the connection does nothing. */
        synchronized void abort() {
            aborted = true;
            var held = connection;
            if (held != null) {
                ignoringSqlException(() -> held.abort(Runnable::run));
            }
        }

        /** Returns the connection to the pool too, because the session may notice the loss late. */
        boolean revoke() {
            abort();
            release();
            return false;
        }

        /** DbClient does not close the connection of a statement that it cannot prepare. A second close has no effect. */
        synchronized void release() {
            var held = connection;
            if (held != null) {
                ignoringSqlException(held::close);
            }
        }

        synchronized boolean isAborted() {
            return aborted;
        }

        private static void ignoringSqlException(SqlAction action) {
            try {
                action.run();
            } catch (SQLException alreadyClosed) {
                // There is nothing left to close.
            }
        }

        private interface SqlAction {

            void run() throws SQLException;
        }
    }
}
