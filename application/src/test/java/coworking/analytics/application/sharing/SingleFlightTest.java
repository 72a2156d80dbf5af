package coworking.analytics.application.sharing;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No test here waits for time to pass; the limit only ends a deadlock. */
@Timeout(60)
class SingleFlightTest {

    private static final int CALLERS = 50;

    private final ControlledLoader source = new ControlledLoader();
    private final SingleFlight<String> shared = new SingleFlight<>(source);

    /** A report may be long, and beside the next one there may be no room for it. */
    @Test
    void keepsNothingOfWhatItGaveOut() {
        var shared = new SingleFlight<>(Object::new);
        var given = new WeakReference<>(shared.get());

        for (int attempt = 0; attempt < 100 && given.get() != null; attempt++) {
            System.gc();
        }
        assertThat(given.get()).isNull();
        assertThat(shared.get()).isNotNull();
    }

    @Test
    void readsAnewForWhoeverAsksAfterARead() {
        source.answer("first");
        source.answer("second");

        assertThat(shared.get()).isEqualTo("first");
        assertThat(shared.get()).isEqualTo("second");
    }

    @Test
    void neverHandsOutAReadThatBeganBeforeTheCall() {
        var early = ask();
        source.awaitRead();
        var late = ask();
        late.awaitGathering();
        source.answer("old");
        source.answer("new");

        assertThat(early.answer()).isEqualTo("old");
        assertThat(late.answer()).isEqualTo("new");
    }

    @Test
    void readsOnceMoreForAllWhoAskWhileItReads() {
        var first = ask();
        source.awaitRead();
        var crowd = crowd();
        source.answer("old");
        source.answer("new");

        assertThat(first.answer()).isEqualTo("old");
        assertThat(crowd).extracting(FlightCaller::answer).containsOnly("new");
        assertThat(source.reads()).isEqualTo(2);
    }

    @Test
    void readsOnceAtATime() {
        var first = ask();
        source.awaitRead();
        var second = ask();
        second.awaitGathering();

        assertThat(source.reads()).isEqualTo(1);
        source.answer("old");
        source.answer("new");
        assertThat(Stream.of(first, second)).extracting(FlightCaller::answer).containsExactly("old", "new");
    }

    @Test
    void throwsWhatTheReadThrewAndReadsAnewForTheNextCall() {
        var failure = new IllegalStateException("down");
        source.fail(failure);
        source.answer("up");

        assertThatThrownBy(shared::get).isSameAs(failure);
        assertThat(shared.get()).isEqualTo("up");
    }

    @Test
    void failsAllWhoAskedWhileTheReadWasFailingWithoutAnotherRead() {
        var failure = new IllegalStateException("down");
        var first = ask();
        source.awaitRead();
        var crowd = crowd();
        source.fail(failure);

        assertThat(first.failure()).isSameAs(failure);
        assertThat(crowd).extracting(FlightCaller::failure).containsOnly(failure);
        assertThat(source.reads()).isEqualTo(1);
    }

    @Test
    void readsAnewAfterACrowdHasFailed() {
        ask();
        source.awaitRead();
        var crowd = crowd();
        source.fail(new IllegalStateException("down"));
        crowd.forEach(FlightCaller::failure);
        source.answer("up");

        assertThat(shared.get()).isEqualTo("up");
    }

    @Test
    void leavesNobodyWaitingWhereTheReadEndsInAnError() {
        var error = new StackOverflowError("deep");
        var first = ask();
        source.awaitRead();
        var crowd = crowd();
        source.fail(error);
        source.answer("up");

        assertThat(Stream.concat(Stream.of(first), crowd.stream()).map(FlightCaller::failure))
                .allSatisfy(failure -> assertThat(failure).satisfiesAnyOf(
                        itself -> assertThat(itself).isSameAs(error), wrapped -> assertThat(wrapped).hasCause(error)));
        assertThat(shared.get()).isEqualTo("up");
    }

    @Test
    void letsNobodyWaitForAReadThatBeganAfterItsFailure() {
        for (var round = 0; round < 200; round++) {
            var again = new FutureTask<>(() -> {
                assertThatThrownBy(shared::get).hasMessage("down");
                return shared.get();
            });
            var persistent = new FlightCaller(Thread.ofPlatform().start(again), again);
            source.awaitRead();
            var gathered = ask();
            gathered.awaitGathering();
            source.fail(new IllegalStateException("down"));
            source.awaitRead();

            assertThat(gathered.failure()).hasMessage("down");
            source.answer("up");
            assertThat(persistent.answer()).isEqualTo("up");
        }
    }

    @Test
    void keepsAnInterruptedCallerWaitingForItsOwnRead() {
        var first = ask();
        source.awaitRead();
        var interrupted = ask();
        interrupted.awaitGathering();
        interrupted.thread().interrupt();
        var late = ask();
        late.awaitGathering();
        source.answer("old");
        source.answer(() -> "new, by a caller that " + (Thread.interrupted() ? "was interrupted" : "was not"));

        assertThat(first.answer()).isEqualTo("old");
        assertThat(Stream.of(interrupted, late)).extracting(FlightCaller::answer).containsOnly("new, by a caller that was interrupted");
    }

    @Test
    void givesEachOfManyCallersNoLessThanWasTrueBeforeItsCall() {
        var truth = new AtomicInteger();
        var counting = new SingleFlight<>(truth::get);
        Queue<String> outdated = new ConcurrentLinkedQueue<>();
        var callers = Stream.generate(() -> Thread.ofVirtual().start(() -> {
            for (var call = 0; call < 2_000; call++) {
                var before = truth.incrementAndGet();
                var answer = counting.get();
                if (answer < before) {
                    outdated.add(answer + " where " + before + " was true");
                }
            }
        })).limit(8).toList();
        callers.forEach(SingleFlightTest::join);

        assertThat(outdated).isEmpty();
    }

    /** Callers who have all asked, and wait, when this returns. */
    private List<FlightCaller> crowd() {
        var crowd = IntStream.range(0, CALLERS).mapToObj(number -> ask()).collect(toCollection(ArrayList::new));
        crowd.forEach(FlightCaller::awaitGathering);
        return crowd;
    }

    private FlightCaller ask() {
        var task = new FutureTask<>(shared::get);
        return new FlightCaller(Thread.ofVirtual().start(task), task);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private record FlightCaller(Thread thread, FutureTask<String> task) {

        /** Returns when the caller has nothing left to do but wait for others. */
        void awaitGathering() {
            while (thread.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        }

        String answer() {
            join(thread);
            return task.resultNow();
        }

        Throwable failure() {
            join(thread);
            return task.exceptionNow();
        }
    }

    /** Reads what a test says, when it says it. */
    private static final class ControlledLoader implements Supplier<String> {

        private final Semaphore begun = new Semaphore(0);
        private final Semaphore said = new Semaphore(0);
        private final Queue<Supplier<String>> outcomes = new ConcurrentLinkedQueue<>();
        private final AtomicInteger reads = new AtomicInteger();

        @Override
        public String get() {
            reads.incrementAndGet();
            begun.release();
            said.acquireUninterruptibly();
            return outcomes.remove().get();
        }

        void awaitRead() {
            begun.acquireUninterruptibly();
        }

        void answer(String value) {
            answer(() -> value);
        }

        void answer(Supplier<String> value) {
            outcomes.add(value);
            said.release();
        }

        void fail(RuntimeException failure) {
            answer(() -> {
                throw failure;
            });
        }

        void fail(Error error) {
            answer(() -> {
                throw error;
            });
        }

        int reads() {
            return reads.get();
        }
    }
}
