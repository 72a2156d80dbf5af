package coworking.analytics.application.port.out;

/**
 * The mark of one state of a store, to be compared for equality and nothing else.
 *
 * @param generation names the time in which changes were counted: another one wherever a count may have begun anew, or lost some of
 *        what it had counted, as in a crash of the store
 * @param changes counts, within a generation, what may have changed an answer; it may count more than that, never less
 */
public record Version(String generation, long changes) {}
