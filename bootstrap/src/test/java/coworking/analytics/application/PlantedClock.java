package coworking.analytics.application;

import java.time.Instant;

/** Breaks a rule on purpose; see ArchitectureTest. */
final class PlantedClock {

    private PlantedClock() {}

    static Instant read() {
        return Instant.now();
    }
}
