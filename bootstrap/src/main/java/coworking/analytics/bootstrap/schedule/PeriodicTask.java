package coworking.analytics.bootstrap.schedule;

import coworking.analytics.application.port.UnavailableException;
import coworking.analytics.bootstrap.logging.FailureLog;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A task that runs on a thread of its own, with a fixed delay between runs. A failed run does not end the schedule. */
public final class PeriodicTask implements AutoCloseable {

    private final FailureLog failureLog;
    private final Runnable task;
    private final Duration initialDelay;
    private final Duration interval;
    private final Duration shutdownTimeout;
    private final ScheduledExecutorService scheduler;

    /**
     * Makes a task that has not started.
     *
     * @param name the thread's name
     * @param failureLog logs when runs begin to fail, and when they succeed again
     * @param initialDelay the time from the start to the first run
     * @param shutdownTimeout how long {@link #close} waits for a run under way; zero interrupts it
     */
    public PeriodicTask(
            String name, FailureLog failureLog, Runnable task, Duration initialDelay, Duration interval, Duration shutdownTimeout) {
        this.failureLog = failureLog;
        this.task = task;
        this.initialDelay = initialDelay;
        this.interval = interval;
        this.shutdownTimeout = shutdownTimeout;
        scheduler = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name(name).factory());
    }

    /** A task whose first run comes after one interval, and whose last run may be interrupted. */
    public PeriodicTask(String name, FailureLog failureLog, Runnable task, Duration interval) {
        this(name, failureLog, task, interval, interval, Duration.ZERO);
    }

    public void start() {
        var _ = scheduler.scheduleWithFixedDelay(this::runSafely, initialDelay.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** An exception that leaves this method would end the schedule. */
    private void runSafely() {
        try {
            task.run();
            failureLog.succeeded();
        } catch (UnavailableException outage) {
            // Expected, and neither a failure nor a success: the ledger logs when it begins and ends.
        } catch (RuntimeException | Error failure) {
            failureLog.failed(failure);
        }
    }

    @Override
    public void close() {
        if (shutdownTimeout.isZero()) {
            scheduler.shutdownNow();
            return;
        }
        scheduler.shutdown();
        try {
            var _ = scheduler.awaitTermination(shutdownTimeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
