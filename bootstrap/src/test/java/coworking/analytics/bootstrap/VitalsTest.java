package coworking.analytics.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.postgres.DatabaseObserver.Folding;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class VitalsTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-22T12:00:00Z"));
    private final Vitals vitals = new Vitals(((InstantSource) now::get).withZone(ZoneOffset.UTC));

    @Test
    void theLagGrowsWhileNobodyFolds() {
        vitals.counted(3, 1);
        after(60);
        vitals.folded(Folding.ELSEWHERE);
        vitals.counted(2, 1);
        after(60);
        vitals.folded(Folding.FAILED);

        assertThat(vitals.rollupLag()).isEqualTo(120);
        assertThat(vitals.journalRows()).isEqualTo(2);
    }

    @Test
    void whoeverFoldsEndsIt() {
        for (var fold : new Folding[]{Folding.FOLDED, Folding.NOTHING}) {
            vitals.counted(3, 1);
            after(60);
            vitals.folded(fold);
            assertThat(vitals.rollupLag()).isZero();
        }
    }

    /** On a standby others write all the time, so its journal may never be seen empty. */
    @Test
    void anotherGenerationIsTheFoldOfAnother() {
        vitals.counted(3, 1);
        after(60);
        vitals.counted(5, 2);
        assertThat(vitals.rollupLag()).isZero();
        after(30);
        vitals.counted(5, 2);
        assertThat(vitals.rollupLag()).isEqualTo(30);
        vitals.counted(0, 2);
        assertThat(vitals.rollupLag()).isZero();
    }

    private void after(int seconds) {
        now.updateAndGet(before -> before.plusSeconds(seconds));
    }
}
