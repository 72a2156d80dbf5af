package coworking.analytics.bootstrap.telemetry;

import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Buffers events for a target that is made after the first of them, so that the first response need not wait for the meters.
 *
 * @param <T> the target
 */
public final class EventBuffer<T> {

    /** A few seconds of events; later ones are dropped until the target is attached. */
    private static final int MAX_EVENTS = 20_000;

    private final Queue<Consumer<? super T>> pending = new LinkedBlockingQueue<>(MAX_EVENTS);
    private volatile @Nullable T target;

    /** Passes an event to the target, now or when it is attached. */
    public void publish(Consumer<? super T> event) {
        var known = target;
        if (known != null) {
            event.accept(known);
        } else if (pending.offer(event)) {
            // The target may have been attached between the check and the offer.
            drain();
        }
    }

    /** Passes on the buffered events, and later ones at once. To be called once. */
    public void attach(T newTarget) {
        target = newTarget;
        drain();
    }

    private void drain() {
        var known = target;
        if (known == null) {
            return;
        }
        for (var event = pending.poll(); event != null; event = pending.poll()) {
            event.accept(known);
        }
    }
}
