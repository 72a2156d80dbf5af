package coworking.analytics.application;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import coworking.analytics.application.port.in.TooBusy;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Lets in so many at a time. Of the others some may wait, in the order in which they came, though not for ever; the rest are sent away. */
final class Turnstile {

    private final Semaphore places;
    private final int mostWaiting;
    private final Duration patience;
    private final AtomicInteger waiting = new AtomicInteger();

    /**
     * Makes a turnstile.
     *
     * @param places how many are inside at a time; at least 1
     * @param mostWaiting how many may wait outside; 0 or more
     * @param patience how long one of them may
     */
    Turnstile(int places, int mostWaiting, Duration patience) {
        this.places = new Semaphore(places, true);
        this.mostWaiting = mostWaiting;
        this.patience = patience;
    }

    /**
     * Does the work inside.
     *
     * @throws TooBusy where too many wait, or the wait was too long; the work was not begun then
     */
    <T> T pass(Supplier<T> work) {
        enter();
        try {
            return work.get();
        } finally {
            places.release();
        }
    }

    private void enter() {
        if (!isIn(Duration.ZERO) && !isInAfterWaiting()) {
            throw new TooBusy();
        }
    }

    private boolean isInAfterWaiting() {
        try {
            return waiting.incrementAndGet() <= mostWaiting && isIn(patience);
        } finally {
            waiting.decrementAndGet();
        }
    }

    /** Whoever is interrupted is not to wait any longer. */
    private boolean isIn(Duration patience) {
        try {
            return places.tryAcquire(patience.toNanos(), NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
