package coworking.analytics.postgres.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class QueryWatchdogTest {

    private static final Duration PROBE_TIMEOUT = Duration.ofMillis(600);

    private final Connection connection = mock(Connection.class);

    @Test
    void aQuickQueryIsNotProbed() {
        var knocks = new AtomicInteger();
        try (var guard = new QueryWatchdog(knocks::incrementAndGet, PROBE_TIMEOUT)) {
            assertThat(guard.watch(() -> "answer")).isEqualTo("answer");
        }
        assertThat(knocks).hasValue(0);
    }

    @Test
    void aQueryIsAbortedWhereTheProbeGetsNoAnswer() throws SQLException {
        var silence = new CountDownLatch(1);
        var cut = new CountDownLatch(1);
        doAnswer(invocation -> {
            cut.countDown();
            return null;
        }).when(connection).abort(any());

        try (var guard = new QueryWatchdog(() -> await(silence), PROBE_TIMEOUT)) {
            assertThatThrownBy(() -> guard.watch(queryThatEndsWith(guard, cut))).isInstanceOf(QueryWatchdog.DatabaseStalledException.class);
        } finally {
            silence.countDown();
        }
    }

    @Test
    void aRefusalIsASignOfLife() throws SQLException {
        var knocked = new CountDownLatch(1);
        QueryWatchdog.LivenessProbe refusal = () -> {
            knocked.countDown();
            throw new SQLException("no more connections for you");
        };
        try (var guard = new QueryWatchdog(refusal, PROBE_TIMEOUT)) {
            assertThatThrownBy(() -> guard.watch(queryThatEndsWith(guard, knocked))).hasMessage("ended")
                    .isNotInstanceOf(QueryWatchdog.DatabaseStalledException.class);
        }
        verify(connection, never()).abort(any());
    }

    private Supplier<String> queryThatEndsWith(QueryWatchdog guard, CountDownLatch end) {
        return () -> {
            guard.attach(connection);
            await(end);
            throw new IllegalStateException("ended");
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
