package coworking.analytics.rest.planted;

import coworking.analytics.rest.PlantedCycle;

/** Breaks a rule on purpose; see ArchitectureTest. */
public record PlantedOtherHalf(PlantedCycle cycle) {}
