package coworking.analytics.application.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coworking.analytics.application.port.in.TooBusyException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No test here waits for time to pass; the limit only ends a deadlock. */
@Timeout(60)
class BulkheadTest {

    private static final Duration LONG_TIMEOUT = Duration.ofDays(1);

    private final CountDownLatch opened = new CountDownLatch(1);

    @Test
    void letsInNoMoreThanItHasPlacesFor() {
        var turnstile = new Bulkhead(3, 100, LONG_TIMEOUT);
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        var callers = Stream.generate(() -> start(() -> {
            for (var pass = 0; pass < 500; pass++) {
                turnstile.execute(() -> {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    Thread.onSpinWait();
                    return inside.decrementAndGet();
                });
            }
        })).limit(12).toList();
        callers.forEach(BulkheadTest::join);

        assertThat(most.get()).isBetween(1, 3);
    }

    @Test
    void letsAFewWaitAndSendsTheRestAway() throws InterruptedException {
        var turnstile = new Bulkhead(1, 2, LONG_TIMEOUT);
        var inside = hold(turnstile);
        var waiting = List.of(hold(turnstile, false), hold(turnstile, false));
        waiting.forEach(BulkheadTest::awaitWaiting);

        assertThatThrownBy(() -> turnstile.execute(() -> "in")).isInstanceOf(TooBusyException.class);
        opened.countDown();
        join(inside);
        waiting.forEach(BulkheadTest::join);
        assertThat(turnstile.<String>execute(() -> "in")).isEqualTo("in");
    }

    @Test
    void letsNobodyWaitForEver() throws InterruptedException {
        var turnstile = new Bulkhead(1, 2, Duration.ofMillis(1));
        var inside = hold(turnstile);

        assertThatThrownBy(() -> turnstile.execute(() -> "in")).isInstanceOf(TooBusyException.class);
        opened.countDown();
        join(inside);
        assertThat(turnstile.<String>execute(() -> "in")).isEqualTo("in");
    }

    @Test
    void isFreeAgainAfterAFailure() {
        var turnstile = new Bulkhead(1, 0, LONG_TIMEOUT);
        var failure = new IllegalStateException("down");

        assertThatThrownBy(() -> turnstile.execute(() -> {
            throw failure;
        })).isSameAs(failure);
        assertThat(turnstile.<String>execute(() -> "in")).isEqualTo("in");
    }

    @Test
    void sendsAwayWhoIsInterruptedAndLeavesThatToBeSeen() throws InterruptedException {
        var turnstile = new Bulkhead(1, 2, LONG_TIMEOUT);
        var inside = hold(turnstile);
        var task = new FutureTask<>(() -> {
            assertThatThrownBy(() -> turnstile.execute(() -> "in")).isInstanceOf(TooBusyException.class);
            return Thread.currentThread().isInterrupted();
        });
        var waiting = start(task);
        awaitWaiting(waiting);
        waiting.interrupt();

        join(waiting);
        assertThat(task.resultNow()).isTrue();
        opened.countDown();
        join(inside);
    }

    private Thread hold(Bulkhead turnstile) throws InterruptedException {
        return hold(turnstile, true);
    }

    /** Goes in and stays until the latch is opened. */
    private Thread hold(Bulkhead turnstile, boolean awaitsEntry) throws InterruptedException {
        var entered = new CountDownLatch(awaitsEntry ? 1 : 0);
        var thread = start(() -> turnstile.execute(() -> {
            entered.countDown();
            return await(opened);
        }));
        entered.await();
        return thread;
    }

    private static boolean await(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }

    private static Thread start(Runnable work) {
        return Thread.ofPlatform().start(work);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
