package coworking.analytics.bootstrap.telemetry;

import coworking.analytics.rest.http.EntityTag;

/** Breaks a rule on purpose; see ArchitectureTest. */
record PlantedBackDoor(EntityTag tag) {}
