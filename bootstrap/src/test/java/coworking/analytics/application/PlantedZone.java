package coworking.analytics.application;

import java.time.ZoneId;

/** Breaks a rule on purpose; see ArchitectureTest. */
final class PlantedZone {

    private PlantedZone() {}

    static ZoneId read() {
        return ZoneId.systemDefault();
    }
}
