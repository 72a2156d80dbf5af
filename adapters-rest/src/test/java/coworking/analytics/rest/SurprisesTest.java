package coworking.analytics.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SurprisesTest {

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final LogCapture log = new LogCapture(SurprisesTest.class);
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - MINUTE);
    private final Surprises surprises = new Surprises(System.getLogger(SurprisesTest.class.getName()), clock::get);

    @AfterEach
    void release() {
        log.close();
    }

    @Test
    void ofManyThatAreAlikeOneAMinuteIsLoggedAndTheOthersAreCounted() {
        for (int i = 0; i < 1_000; i++) {
            surprise();
        }
        clock.addAndGet(MINUTE - 1);
        surprise();
        assertThat(log.records()).extracting(logged -> logged.getMessage()).containsExactly("it failed");
        clock.incrementAndGet();
        surprise();
        surprise();
        assertThat(log.records()).extracting(logged -> logged.getMessage())
                .containsExactly("it failed", "it failed, as did 1000 since the last such line");
        clock.addAndGet(MINUTE);
        surprise();
        assertThat(log.records().getLast().getMessage()).isEqualTo("it failed, as did 1 since the last such line");
    }

    @Test
    void anotherKindIsLoggedAtOnce() {
        surprise();
        surprises.log("it failed", new IllegalArgumentException());
        surprises.log("it failed", new IllegalArgumentException()); // Of another place.
        assertThat(log.records()).hasSize(3);
    }

    @Test
    void kindsAreNotCollectedWithoutEnd() {
        for (int i = 0; i < 1_000; i++) {
            var failure = new IllegalStateException();
            failure.setStackTrace(new StackTraceElement[]{new StackTraceElement("Made", "up", "Made.java", i)});
            surprises.log("it failed", failure);
        }
        assertThat(log.records()).hasSize(51);
    }

    private void surprise() {
        surprises.log("it failed", new IllegalStateException());
    }
}
