package coworking.analytics.postgres;

/** Breaks a rule on purpose; see ArchitectureTest. */
final class PlantedSetting {

    private PlantedSetting() {}

    static String read() {
        return System.getenv("DB_HOST");
    }
}
