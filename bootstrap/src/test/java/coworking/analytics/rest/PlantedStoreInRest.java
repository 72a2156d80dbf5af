package coworking.analytics.rest;

import coworking.analytics.postgres.connection.DatabaseSettings;

/** Breaks a rule on purpose; see ArchitectureTest. */
record PlantedStoreInRest(DatabaseSettings settings) {}
