package coworking.analytics.domain;

import java.nio.file.Path;

/** Breaks a rule on purpose; see ArchitectureTest. */
record PlantedFile(Path path) {}
