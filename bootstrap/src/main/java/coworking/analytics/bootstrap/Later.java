package coworking.analytics.bootstrap;

import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes events for something that is made after the first of them, so that the first answer need not wait for what counts it.
 *
 * @param <T> what is made later
 */
final class Later<T> {

    /** A few seconds of callers; those that come after are not told of, if it takes that long. */
    private static final int MOST = 20_000;

    private final Queue<Consumer<? super T>> early = new LinkedBlockingQueue<>(MOST);
    private volatile @Nullable T target;

    /** Tells the target, now or when it is there. */
    void tell(Consumer<? super T> event) {
        var known = target;
        if (known != null) {
            event.accept(known);
        } else if (early.offer(event)) {
            // It may have been made between the look and the offer.
            catchUp();
        }
    }

    /** Tells it all that happened so far, and from now on at once. To be called once. */
    void is(T made) {
        target = made;
        catchUp();
    }

    private void catchUp() {
        var known = target;
        if (known == null) {
            return;
        }
        for (var event = early.poll(); event != null; event = early.poll()) {
            event.accept(known);
        }
    }
}
