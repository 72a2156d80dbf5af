package coworking.analytics.rest.http;

import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.rest.LogCapture;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ThrottledErrorLogTest {

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final LogCapture log = new LogCapture(ThrottledErrorLogTest.class);
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - MINUTE);
    private final ThrottledErrorLog errorLog = new ThrottledErrorLog(System.getLogger(ThrottledErrorLogTest.class.getName()), clock::get);

    @AfterEach
    void release() {
        log.close();
    }

    @Test
    void ofManyThatAreAlikeOneAMinuteIsLoggedAndTheOthersAreCounted() {
        for (int i = 0; i < 1_000; i++) {
            logFailure();
        }
        clock.addAndGet(MINUTE - 1);
        logFailure();
        assertThat(log.records()).extracting(logged -> logged.getMessage()).containsExactly("it failed");
        clock.incrementAndGet();
        logFailure();
        logFailure();
        assertThat(log.records()).extracting(logged -> logged.getMessage())
                .containsExactly("it failed", "it failed, as did 1000 since the last such line");
        clock.addAndGet(MINUTE);
        logFailure();
        assertThat(log.records().getLast().getMessage()).isEqualTo("it failed, as did 1 since the last such line");
    }

    @Test
    void anotherKindIsLoggedAtOnce() {
        logFailure();
        errorLog.log("it failed", new IllegalArgumentException());
        errorLog.log("it failed", new IllegalArgumentException()); // Of another place.
        assertThat(log.records()).hasSize(3);
    }

    @Test
    void kindsAreNotCollectedWithoutEnd() {
        for (int i = 0; i < 1_000; i++) {
            var failure = new IllegalStateException();
            failure.setStackTrace(new StackTraceElement[]{new StackTraceElement("Made", "up", "Made.java", i)});
            errorLog.log("it failed", failure);
        }
        assertThat(log.records()).hasSize(51);
    }

    private void logFailure() {
        errorLog.log("it failed", new IllegalStateException());
    }
}
