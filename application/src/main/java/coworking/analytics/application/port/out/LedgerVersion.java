package coworking.analytics.application.port.out;

/**
 * The version of one state of a store. Versions can only be compared for equality.
 *
 * @param generation names a period in which changes are counted without gaps; it is a new one whenever the count may have begun again or
 *        lost changes, for example after a crash of the store
 * @param changes counts, within a generation, the changes that may affect a result; it may count more changes than these, never fewer
 */
public record LedgerVersion(String generation, long changes) {}
