package coworking.analytics.application.sharing;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Lets concurrent callers share one read. A caller never receives the result of a read that began before its call.
 *
 * <p>Reads run one at a time. All callers that arrive during a read share the <em>next</em> one. So a thousand callers cost the source
 * two reads, and each result is no older than the call.
 *
 * <p>A failure also ends the calls that wait for the next read: they called while the source was failing. Otherwise a source that is slow to
 * fail would keep them waiting for two failures in a row.
 *
 * @param <T> what is read; never null
 */
public final class SingleFlight<T> {

    private final Supplier<T> loader;
    private final Supplier<Runnable> waitListener;
    private final AtomicReference<Flight<T>> openFlight = new AtomicReference<>(new Flight<>(CompletableFuture.completedFuture(null)));

    public SingleFlight(Supplier<T> loader) {
        this(loader, () -> SingleFlight::noOp);
    }

    /**
     * Makes a single flight that reports waits.
     *
     * @param waitListener called when a wait begins; its result is run when the wait is over. Both run on the waiting thread
     */
    SingleFlight(Supplier<T> loader, Supplier<Runnable> waitListener) {
        this.loader = loader;
        this.waitListener = waitListener;
    }

    /** Returns or throws the outcome of a read that begins after this call, on the thread of this or another caller. */
    public T get() {
        return execute().value();
    }

    /** As {@link #get}, but with the caller's own loader if this caller runs the read. Its result must be valid for all callers. */
    T get(Supplier<T> callerLoader) {
        return execute(callerLoader).value();
    }

    /** As {@link #get}, and says whether this caller ran the read. */
    FlightResult<T> execute() {
        return execute(loader);
    }

    private FlightResult<T> execute(Supplier<T> loader) {
        var flight = currentFlight();
        var isLeader = flight.claim();
        if (isLeader) {
            lead(flight, loader);
        }
        return new FlightResult<>(waitFor(flight.outcome, flight::outcome), isLeader);
    }

    private <R> R waitFor(CompletableFuture<?> read, Supplier<R> outcome) {
        Runnable waitEnded = read.isDone() ? SingleFlight::noOp : waitListener.get();
        try {
            return outcome.get();
        } finally {
            waitEnded.run();
        }
    }

    private static void noOp() {}

    /** The flight that is open to joiners. It is over only if memory ran out before it could be replaced. */
    private Flight<T> currentFlight() {
        var flight = openFlight.get();
        if (flight.isOpen()) {
            return flight;
        }
        openFlight.compareAndSet(flight, flight.next());
        return openFlight.get();
    }

    private void lead(Flight<T> flight, Supplier<T> loader) {
        try {
            var _ = waitFor(flight.predecessor, flight.predecessor::join);
            if (flight.isOpen()) {
                yieldToJoiners();
                closeToJoiners(flight);
                flight.succeed(loader.get());
            }
        } catch (RuntimeException | Error failure) {
            fail(flight, failure);
        }
    }

    /** Callers that are about to call and only wait for a processor can join this read, rather than need another one. */
    @SuppressWarnings("ThreadPriorityCheck") // Nothing relies on it: where the scheduler does otherwise, the next read is shared by fewer.
    private static void yieldToJoiners() {
        Thread.yield();
    }

    /** The joiners of the next flight fail first: once this flight is over, one of them would lead it. */
    private void fail(Flight<T> flight, Throwable failure) {
        try {
            var next = openFlight.get();
            closeToJoiners(next);
            next.fail(failure);
        } finally {
            flight.fail(failure);
        }
    }

    /** Later callers join a new flight, because the read of this one may miss changes that were committed before their call. */
    private void closeToJoiners(Flight<T> flight) {
        openFlight.set(flight.next());
    }

    /**
     * The result for one caller.
     *
     * @param isLeader whether the caller's own thread ran the read
     */
    record FlightResult<T>(T value, boolean isLeader) {}

    /** One read and the callers that share it, after the read before. The first of them claims the flight and leads it. */
    private static final class Flight<T> {

        private final CompletableFuture<?> predecessor;
        private final CompletableFuture<T> outcome = new CompletableFuture<>();
        private final AtomicBoolean claimed = new AtomicBoolean();

        Flight(CompletableFuture<?> predecessor) {
            this.predecessor = predecessor;
        }

        /** The flight after this one. It keeps no reference to this flight's result, which may be large. */
        Flight<T> next() {
            return new Flight<>(outcome.handle((value, failure) -> null));
        }

        boolean claim() {
            return claimed.compareAndSet(false, true);
        }

        boolean isOpen() {
            return !outcome.isDone();
        }

        void succeed(T value) {
            outcome.complete(value);
        }

        void fail(Throwable failure) {
            outcome.completeExceptionally(failure);
        }

        T outcome() {
            try {
                return outcome.join();
            } catch (CompletionException failed) {
                throw failed.getCause() instanceof RuntimeException failure ? failure : failed;
            }
        }
    }
}
