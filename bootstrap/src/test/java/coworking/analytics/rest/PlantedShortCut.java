package coworking.analytics.rest;

import coworking.analytics.application.port.out.TokenLedger;

/** Breaks a rule on purpose; see ArchitectureTest. */
record PlantedShortCut(TokenLedger ledger) {}
