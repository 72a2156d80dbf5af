package coworking.analytics.bootstrap.replay;

/**
 * A look at which one has not answered.
 *
 * @param reason which one, and what it did instead
 */
record Unanswered(String reason) implements Look {}
