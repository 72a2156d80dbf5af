package coworking.analytics.application.port.out;

/**
 * The mark of one state of a store, to be compared for equality and nothing else.
 *
 * @param generation tells apart the times in which changes were counted: another one wherever a count may have begun anew
 * @param changes counts, within a generation, what may have changed an answer; it may count more than that, never less
 */
public record Version(long generation, long changes) {}
