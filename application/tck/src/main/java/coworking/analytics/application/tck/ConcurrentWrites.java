package coworking.analytics.application.tck;

import coworking.analytics.application.tck.StoreChange.Clear;
import coworking.analytics.application.tck.StoreChange.PutToken;
import coworking.analytics.application.tck.StoreChange.PutUser;
import coworking.analytics.application.tck.StoreChange.RemoveToken;
import coworking.analytics.application.tck.StoreChange.RemoveUser;
import coworking.analytics.domain.fact.Token;
import coworking.analytics.domain.fact.User;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One writer and several readers at the same time.
 *
 * <p>There are always ten tokens. Each commit takes the oldest one, with its day and its user, and issues it anew for the next day
 * to the next user. So all states differ, and a mixture of two states equals none of them.
 *
 * <p>The outcome does not depend on speed: readers read a fixed number of times, and the writer goes on until they are done. The number of
 * commits per read is limited, because each result is compared with all states.
 */
final class ConcurrentWrites {

    private static final int TOKENS = 10;
    private static final int READERS = 3;
    private static final int READS_PER_READER = 100;
    private static final int MAX_COMMITS_PER_READ = 4;
    private static final long PAUSE_NANOS = 10_000;
    private static final LocalDateTime START = LocalDateTime.parse("2023-01-01T12:00:00");

    private final List<StoreContents> states = new ArrayList<>();
    private final AtomicInteger commitsStarted = new AtomicInteger(-1);
    private final AtomicInteger commitsFinished = new AtomicInteger(-1);
    private final AtomicInteger readsStarted = new AtomicInteger();
    private final Consumer<List<StoreChange>> store;

    /**
     * What one read returned.
     *
     * @param state the number of the state that the result shows; negative if it shows none that existed
     * @param oldest the number of the state that was committed when the read began
     */
    record ObservedState(int state, int oldest) {

        boolean isOfOneState() {
            return state >= 0;
        }

        boolean isOutdated() {
            return isOfOneState() && state < oldest;
        }
    }

    private record TimedAnswer<A>(A answer, int oldest, int newest) {}

    private ConcurrentWrites(Consumer<List<StoreChange>> store) {
        this.store = store;
    }

    /** Repeats a read while the store changes, and compares each result with the states that it may show. */
    static <A> List<ObservedState> observe(Consumer<List<StoreChange>> store, Supplier<A> read, Function<StoreContents, A> truth) {
        var writes = new ConcurrentWrites(store);
        var replies = writes.answers(read);
        var truths = writes.states.stream().map(truth).toList();
        return replies.stream()
                .map(reply -> new ObservedState(truths.subList(0, reply.newest() + 1).lastIndexOf(reply.answer()), reply.oldest()))
                .toList();
    }

    private <A> List<TimedAnswer<A>> answers(Supplier<A> read) {
        commit(IntStream.range(0, TOKENS).mapToObj(ConcurrentWrites::putUserAndToken).reduce(List.of(new Clear()),
                ConcurrentWrites::concat));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var readers = Stream.generate(() -> threads.submit(() -> readRepeatedly(read))).limit(READERS).toList();
            for (var number = TOKENS; !readers.stream().allMatch(Future::isDone); number++) {
                commit(concat(putUserAndToken(number), removeUserAndToken(number - TOKENS)));
                awaitReaders(readers);
            }
            return readers.stream().map(ConcurrentWrites::result).flatMap(List::stream).toList();
        }
    }

    private void awaitReaders(List<? extends Future<?>> readers) {
        while (commitsFinished.get() > MAX_COMMITS_PER_READ * readsStarted.get() && !readers.stream().allMatch(Future::isDone)) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private <A> List<TimedAnswer<A>> readRepeatedly(Supplier<A> read) {
        var replies = new ArrayList<TimedAnswer<A>>();
        for (var left = READS_PER_READER; left > 0; left--) {
            var oldest = commitsFinished.get();
            readsStarted.incrementAndGet();
            var answer = read.get();
            replies.add(new TimedAnswer<>(answer, oldest, commitsStarted.get()));
        }
        return replies;
    }

    private void commit(List<StoreChange> changes) {
        states.add((states.isEmpty() ? StoreContents.EMPTY : states.getLast()).after(changes));
        commitsStarted.incrementAndGet();
        store.accept(changes);
        commitsFinished.incrementAndGet();
    }

    private static List<StoreChange> putUserAndToken(int number) {
        var time = START.plusDays(number);
        return List.of(
                new PutUser(new User(number, Optional.of(time))),
                new PutToken(tokenId(number), new Token(number, time, Optional.of(time))));
    }

    private static List<StoreChange> removeUserAndToken(int number) {
        return tokenId(number) == tokenId(number + TOKENS)
                ? List.of(new RemoveUser(number))
                : List.of(new RemoveToken(tokenId(number)), new RemoveUser(number));
    }

    /** Even tokens keep their ids, so that issuing them anew is an update; odd ones do not, so that it is a delete and an insert. */
    private static long tokenId(int number) {
        return number % 2 == 0 ? number % TOKENS : number;
    }

    private static List<StoreChange> concat(List<StoreChange> first, List<StoreChange> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private static <T> T result(Future<T> reader) {
        try {
            return reader.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while readers were at work", interrupted);
        } catch (ExecutionException failed) {
            throw new AssertionError("A reader was refused while the store changed: " + failed.getCause(), failed.getCause());
        }
    }
}
