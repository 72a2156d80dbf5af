package coworking.analytics.postgres;

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
 * Tells a slow query from a dead database, and ends queries on the latter.
 *
 * <p>A timeout cannot: a report over many rows may rightly take longer than anybody may wait for a database that hangs. So each
 * second that a query takes, the guard knocks at the database on a connection of its own, and cuts the query's connection when
 * the knock has no answer. A refusal is an answer: who refuses is alive. A question that is never slow needs no knock: it is cut
 * when its connection has worked on it for about a second.
 */
final class StallGuard implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 1_000;
    private static final int QUICK_MILLIS = 900;
    private static final int QUICK_CHECK_MILLIS = 300;
    private static final int LOOK_AROUND_MILLIS = 100;

    private static final ScopedValue<Query> CURRENT = ScopedValue.newInstance();

    private final Knock knock;
    private final Duration knockPatience;
    private final Set<Query> running = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor clock;

    /**
     * Makes a guard.
     *
     * @param knock finds out whether the database is alive
     * @param knockPatience how long it may take to find out
     */
    StallGuard(Knock knock, Duration knockPatience) {
        this.knock = knock;
        this.knockPatience = knockPatience;
        clock = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("stall-guard").factory());
        var _ = clock.scheduleWithFixedDelay(this::lookAround, LOOK_AROUND_MILLIS, LOOK_AROUND_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** One look at all of them: a timer for each would cost more than most of them do. */
    private void lookAround() {
        try {
            running.stream().filter(Query::isDue).forEach(query -> Thread.startVirtualThread(query::check));
        } catch (OutOfMemoryError passing) {
            // There may be more at the next look, which a failure of this one would call off.
        }
    }

    /**
     * Runs a query under watch.
     *
     * @throws Stalled where the database stopped answering while it ran
     */
    <T> T watch(Supplier<T> supplier) {
        return watch(query -> isAlive(), PATIENCE_MILLIS, supplier);
    }

    /**
     * Runs a query that no healthy database takes a second for.
     *
     * @throws Stalled where it took longer, even if the database answers others
     */
    <T> T watchQuick(Supplier<T> supplier) {
        return watch(query -> !query.hasHeldItsConnectionFor(QUICK_MILLIS), QUICK_CHECK_MILLIS, supplier);
    }

    private <T> T watch(Predicate<Query> mayGoOn, int periodMillis, Supplier<T> supplier) {
        var query = new Query(mayGoOn, Duration.ofMillis(periodMillis));
        try {
            return run(query, supplier);
        } finally {
            query.giveBack();
        }
    }

    private <T> T run(Query query, Supplier<T> supplier) {
        running.add(query);
        try {
            return ScopedValue.where(CURRENT, query).call(supplier::get);
        } catch (RuntimeException failure) {
            throw query.isCut() ? new Stalled(failure) : failure;
        } finally {
            running.remove(query);
        }
    }

    /**
     * Runs one of several queries on a connection that is kept for the next one, under watch; where it fails, the connection is given back.
     *
     * @throws Stalled where the database stopped answering while it ran
     */
    <T> T watchOneOfSeveral(Supplier<T> supplier) {
        var query = new Query(asked -> isAlive(), Duration.ofMillis(PATIENCE_MILLIS));
        try {
            return run(query, supplier);
        } catch (RuntimeException failure) {
            query.giveBack();
            throw failure;
        }
    }

    /**
     * Lets somebody keep a connection while they do something else than wait for the database, and takes it away from them where they may
     * keep it no longer. Whatever they throw comes out as it is.
     */
    <T> T lend(BooleanSupplier mayKeepIt, Supplier<T> supplier) {
        var loan = new Query(kept -> mayKeepIt.getAsBoolean() || kept.takeAway(), Duration.ofMillis(PATIENCE_MILLIS));
        running.add(loan);
        try {
            return ScopedValue.where(CURRENT, loan).call(supplier::get);
        } finally {
            running.remove(loan);
            loan.giveBack();
        }
    }

    /** Puts a connection under the watch of the query that this thread runs. */
    Connection watched(Connection connection) {
        CURRENT.get().uses(connection);
        return connection;
    }

    private boolean isAlive() {
        var answer = new FutureTask<>(() -> {
            knock.tryIt();
            return true;
        });
        Thread.startVirtualThread(answer);
        try {
            return answer.get(knockPatience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException refusal) {
            return true;
        } catch (TimeoutException | InterruptedException silence) {
            return false;
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    /** Tries whether the database is alive. */
    interface Knock {

        /** Returns or throws where it is; blocks where it is not, but not for ever. */
        void tryIt() throws SQLException;
    }

    /** The database stopped answering while a query ran. */
    static final class Stalled extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Stalled(Throwable cause) {
            super(cause);
        }
    }

    /** A running query, and the connection it holds once it has one. */
    private static final class Query {

        private final Predicate<Query> mayGoOn;
        private final Duration period;
        private long nextCheck;
        private @Nullable Connection connection;
        private long heldSince;
        private boolean cut;

        Query(Predicate<Query> mayGoOn, Duration period) {
            this.mayGoOn = mayGoOn;
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

        /** Takes its time: not to be called under the lock. */
        void check() {
            if (!mayGoOn.test(this)) {
                cut();
            }
        }

        synchronized void uses(Connection connection) {
            this.connection = connection;
            heldSince = System.nanoTime();
            if (cut) {
                cut();
            }
        }

        /** Waiting for a connection does not count: that is bounded by the pool, which also knows why it waited in vain. */
        synchronized boolean hasHeldItsConnectionFor(long millis) {
            return connection != null && TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - heldSince) >= millis;
        }

        /** Harmless where the query has ended: the pool's handle of a connection that was given back does nothing. */
        synchronized void cut() {
            cut = true;
            var held = connection;
            if (held != null) {
                quietly(() -> held.abort(Runnable::run));
            }
        }

        /** Who keeps it may be busy elsewhere and not notice for long. */
        boolean takeAway() {
            cut();
            giveBack();
            return false;
        }

        /** DbClient loses the connection of a statement that it fails to prepare. Giving one back twice is harmless. */
        synchronized void giveBack() {
            var held = connection;
            if (held != null) {
                quietly(held::close);
            }
        }

        synchronized boolean isCut() {
            return cut;
        }

        private static void quietly(Ending ending) {
            try {
                ending.run();
            } catch (SQLException alreadyClosed) {
                // Then there is nothing left to end.
            }
        }

        private interface Ending {

            void run() throws SQLException;
        }
    }
}
