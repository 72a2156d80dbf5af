package coworking.analytics.postgres.table;

import coworking.analytics.postgres.schema.Rollups;

/** Breaks a rule on purpose; see ArchitectureTest. */
record PlantedSibling(Rollups rollups) {}
