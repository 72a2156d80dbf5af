package coworking.analytics.bootstrap.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ReservoirSampleTest {

    @Test
    void ofManyDurationsAHundredAreKeptEachAsLikelyAsAnyOther() {
        var sample = new ReservoirSample();
        for (int i = 1; i <= 20_000; i++) {
            sample.add(i * 1_000_000L);
        }
        assertThat(sample.millis()).hasSize(100);
        assertThat(new TreeSet<>(Arrays.stream(sample.millis()).boxed().toList())).hasSize(100);
        // 20 standard deviations either side: a sample of the first or the last ones alone is far outside.
        assertThat(Arrays.stream(sample.millis()).average().orElseThrow()).isBetween(4_000.0, 16_000.0);
    }
}
