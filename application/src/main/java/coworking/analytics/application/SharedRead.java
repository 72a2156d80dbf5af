package coworking.analytics.application;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Lets callers who ask the same thing at the same time share one read, without ever handing out one that began before they asked.
 *
 * <p>Reads run one at a time. Whoever asks while one is running gathers, with all others who do, for the <em>next</em> one. So a
 * thousand callers cost the source two reads, and each gets a result that is no older than its question.
 *
 * <p>A failure is shared more widely: those who gathered while a read was failing fail with it, for they asked a source that was
 * seen to fail. Otherwise a source that is slow to fail would keep them waiting for two failures in a row.
 *
 * @param <T> what is read; never null
 */
final class SharedRead<T> {

    private final Supplier<T> source;
    private final Supplier<Runnable> waiting;
    private final AtomicReference<Round<T>> gathering = new AtomicReference<>(new Round<>(CompletableFuture.completedFuture(null)));

    SharedRead(Supplier<T> source) {
        this(source, () -> SharedRead::nothing);
    }

    /**
     * Makes a read that tells who waits for others.
     *
     * @param waiting is called when a wait begins, and what it returns when the wait is over, both by the thread that waits
     */
    SharedRead(Supplier<T> source, Supplier<Runnable> waiting) {
        this.source = source;
        this.waiting = waiting;
    }

    /** Returns or throws the outcome of a read that begins after this call, whichever caller runs it. */
    T get() {
        return share().value();
    }

    /** As {@link #get}, but reads another source where this caller runs the read: one that knows who asks, and answers all alike. */
    T get(Supplier<T> own) {
        return share(own).value();
    }

    /** As {@link #get}, and tells whether this caller ran the read. */
    Share<T> share() {
        return share(source);
    }

    private Share<T> share(Supplier<T> source) {
        var round = openRound();
        var isOwn = round.claim();
        if (isOwn) {
            lead(round, source);
        }
        return new Share<>(waitFor(round.outcome, round::outcome), isOwn);
    }

    private <R> R waitFor(CompletableFuture<?> read, Supplier<R> outcome) {
        Runnable over = read.isDone() ? SharedRead::nothing : waiting.get();
        try {
            return outcome.get();
        } finally {
            over.run();
        }
    }

    private static void nothing() {}

    /** A round that is over gathers nobody, unless memory ran out before it could be replaced. */
    private Round<T> openRound() {
        var round = gathering.get();
        if (round.isOpen()) {
            return round;
        }
        gathering.compareAndSet(round, round.next());
        return gathering.get();
    }

    private void lead(Round<T> round, Supplier<T> source) {
        try {
            var _ = waitFor(round.before, round.before::join);
            if (round.isOpen()) {
                letOthersGather();
                closeGathering(round);
                round.succeed(source.get());
            }
        } catch (RuntimeException | Error failure) {
            fail(round, failure);
        }
    }

    /** Whoever is about to ask, and only lacks a processor to do so, would else be too late for this read and need another one. */
    @SuppressWarnings("ThreadPriorityCheck") // Nothing relies on it: where the scheduler does otherwise, the next read is shared by fewer.
    private static void letOthersGather() {
        Thread.yield();
    }

    /** Those who gather fail first: once the round itself is over, one of them would take its turn. */
    private void fail(Round<T> round, Throwable failure) {
        try {
            var next = gathering.get();
            closeGathering(next);
            next.fail(failure);
        } finally {
            round.fail(failure);
        }
    }

    /** From here on callers gather for a new round: the read of this one may miss what they already saw committed. */
    private void closeGathering(Round<T> round) {
        gathering.set(round.next());
    }

    /**
     * What one caller is given.
     *
     * @param isOwn whether its own thread read it
     */
    record Share<T>(T value, boolean isOwn) {}

    /** Callers who share one read, after the read before it. The first of them claims the round and leads it. */
    private static final class Round<T> {

        private final CompletableFuture<?> before;
        private final CompletableFuture<T> outcome = new CompletableFuture<>();
        private final AtomicBoolean claimed = new AtomicBoolean();

        Round(CompletableFuture<?> before) {
            this.before = before;
        }

        /** For those who come next. They are told when this round is over, but keep nothing of what it read: that may be long. */
        Round<T> next() {
            return new Round<>(outcome.handle((value, failure) -> null));
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
