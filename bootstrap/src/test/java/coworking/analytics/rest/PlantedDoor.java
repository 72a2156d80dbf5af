package coworking.analytics.rest;

/** Breaks a rule on purpose; see ArchitectureTest. */
public record PlantedDoor() {}
