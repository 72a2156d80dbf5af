package coworking.analytics.application.sharing;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import coworking.analytics.application.port.in.TooBusyException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Limits concurrent calls. A limited number of further calls wait in order of arrival, for a limited time; the rest are rejected. */
public final class Bulkhead {

    private final Semaphore permits;
    private final int maxWaiting;
    private final Duration timeout;
    private final AtomicInteger waiting = new AtomicInteger();

    /**
     * Makes a bulkhead.
     *
     * @param maxConcurrent how many calls run at a time; at least 1
     * @param maxWaiting how many calls may wait; 0 or more
     * @param timeout how long a call may wait
     */
    public Bulkhead(int maxConcurrent, int maxWaiting, Duration timeout) {
        this.permits = new Semaphore(maxConcurrent, true);
        this.maxWaiting = maxWaiting;
        this.timeout = timeout;
    }

    /**
     * Runs the work as one of the concurrent calls.
     *
     * @throws TooBusyException if too many calls wait, or the wait was too long; the work was not begun
     */
    public <T> T execute(Supplier<T> work) {
        acquire();
        try {
            return work.get();
        } finally {
            permits.release();
        }
    }

    private void acquire() {
        if (!tryAcquire(Duration.ZERO) && !tryAcquireAfterWaiting()) {
            throw new TooBusyException();
        }
    }

    private boolean tryAcquireAfterWaiting() {
        try {
            return waiting.incrementAndGet() <= maxWaiting && tryAcquire(timeout);
        } finally {
            waiting.decrementAndGet();
        }
    }

    /** An interrupt ends the wait. */
    private boolean tryAcquire(Duration timeout) {
        try {
            return permits.tryAcquire(timeout.toNanos(), NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
