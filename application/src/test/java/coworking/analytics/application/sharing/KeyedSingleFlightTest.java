package coworking.analytics.application.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No test here waits for time to pass; the limit only ends a deadlock. */
@Timeout(60)
class KeyedSingleFlightTest {

    private final KeyedSingleFlight<String> reads = new KeyedSingleFlight<>();
    private final CountDownLatch opened = new CountDownLatch(1);
    private final AtomicInteger count = new AtomicInteger();

    @Test
    void answersAllWhoAskTheSameWhileAReadRunsByOneMore() {
        var first = ask("the same", this::held);
        awaitReads(1);
        var crowd = IntStream.range(0, 20).mapToObj(number -> ask("the same", this::held)).toList();
        crowd.forEach(caller -> awaitWaiting(caller.thread()));
        opened.countDown();

        assertThat(first.answer()).isEqualTo("1");
        assertThat(crowd).extracting(KeyedCaller::answer).containsOnly("2");
    }

    @Test
    void letsWhoAsksSomethingElseGoAhead() {
        var first = ask("one", this::held);
        awaitReads(1);

        assertThat(reads.<String>execute("another", () -> "at once")).isEqualTo("at once");
        opened.countDown();
        assertThat(first.answer()).isEqualTo("1");
    }

    /** Each caller knows for itself when it asks: the one who runs the read answers with that. */
    @Test
    void readsWhatTheCallerWhoRunsItSays() {
        var first = ask("the same", this::held);
        awaitReads(1);
        var second = ask("the same", () -> "by the second caller");
        awaitWaiting(second.thread());
        opened.countDown();

        assertThat(first.answer()).isEqualTo("1");
        assertThat(second.answer()).isEqualTo("by the second caller");
    }

    @Test
    void keepsNothingOfWhatNobodyAsks() {
        for (var number = 0; number < 1_000; number++) {
            reads.execute("question " + number, () -> "answer");
        }
        assertThatThrownBy(() -> reads.execute("question", () -> {
            throw new IllegalStateException("down");
        })).hasMessage("down");

        assertThat(reads.size()).isZero();
    }

    @Test
    void keepsNoMoreThanThereAreCallers() {
        var callers = IntStream.range(0, 20).mapToObj(number -> ask("question " + number % 5, this::held)).toList();
        awaitReads(5);

        assertThat(reads.size()).isEqualTo(5);
        opened.countDown();
        callers.forEach(KeyedCaller::answer);
        assertThat(reads.size()).isZero();
    }

    private String held() {
        var number = count.incrementAndGet();
        try {
            opened.await();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
        return String.valueOf(number);
    }

    private void awaitReads(int reads) {
        while (count.get() < reads) {
            Thread.onSpinWait();
        }
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    private KeyedCaller ask(String question, Supplier<String> source) {
        var task = new FutureTask<>(() -> reads.execute(question, source));
        return new KeyedCaller(Thread.ofVirtual().start(task), task);
    }

    private record KeyedCaller(Thread thread, FutureTask<String> task) {

        String answer() {
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
            return task.resultNow();
        }
    }
}
