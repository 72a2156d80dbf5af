package coworking.analytics.bootstrap.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.application.port.out.LedgerObserver.FoldOutcome;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LastKnownStateTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-22T12:00:00Z"));
    private final LastKnownState lastKnownState = new LastKnownState(((InstantSource) now::get).withZone(ZoneOffset.UTC));

    @Test
    void theLagGrowsUntilAFold() {
        lastKnownState.journalCounted(3, 1);
        advance(60);
        lastKnownState.journalFolded(FoldOutcome.ELSEWHERE);
        lastKnownState.journalCounted(2, 1);
        advance(60);
        lastKnownState.journalFolded(FoldOutcome.FAILED);

        assertThat(lastKnownState.rollupLag()).isEqualTo(120);
        assertThat(lastKnownState.journalRows()).isEqualTo(2);
    }

    @Test
    void anyFoldEndsTheLag() {
        for (var fold : new FoldOutcome[]{FoldOutcome.FOLDED, FoldOutcome.NOTHING}) {
            lastKnownState.journalCounted(3, 1);
            advance(60);
            lastKnownState.journalFolded(fold);
            assertThat(lastKnownState.rollupLag()).isZero();
        }
    }

    /** On a standby others write all the time, so its journal may never be seen empty. */
    @Test
    void anotherGenerationIsTheFoldOfAnother() {
        lastKnownState.journalCounted(3, 1);
        advance(60);
        lastKnownState.journalCounted(5, 2);
        assertThat(lastKnownState.rollupLag()).isZero();
        advance(30);
        lastKnownState.journalCounted(5, 2);
        assertThat(lastKnownState.rollupLag()).isEqualTo(30);
        lastKnownState.journalCounted(0, 2);
        assertThat(lastKnownState.rollupLag()).isZero();
    }

    private void advance(int seconds) {
        now.updateAndGet(before -> before.plusSeconds(seconds));
    }
}
