package coworking.analytics.postgres;

import coworking.analytics.application.port.in.UsageReports;

/** Breaks a rule on purpose; see ArchitectureTest. */
record PlantedQuestion(UsageReports reports) {}
