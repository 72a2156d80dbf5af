package coworking.analytics.rest;

import coworking.analytics.rest.planted.PlantedOtherHalf;

/** Breaks a rule on purpose; see ArchitectureTest. */
public record PlantedCycle(PlantedOtherHalf half) {}
