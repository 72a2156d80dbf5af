package coworking.analytics.domain;

/** Breaks a rule on purpose; see ArchitectureTest. */
final class PlantedFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;
}
