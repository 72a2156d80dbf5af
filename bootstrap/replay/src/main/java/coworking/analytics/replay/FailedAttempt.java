package coworking.analytics.replay;

/**
 * An attempt that one service did not answer.
 *
 * @param reason which one, and why
 */
record FailedAttempt(String reason) implements Attempt {}
