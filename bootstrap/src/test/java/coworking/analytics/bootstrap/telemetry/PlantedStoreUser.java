package coworking.analytics.bootstrap.telemetry;

import coworking.analytics.postgres.connection.DatabaseSettings;

/** Breaks a rule on purpose; see ArchitectureTest. */
record PlantedStoreUser(DatabaseSettings settings) {}
