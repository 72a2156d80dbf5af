package coworking.analytics.application.port.out;

import java.util.List;
import java.util.Optional;

/**
 * Status and upkeep of a ledger. The object that implements {@link TokenLedger} usually implements this port too.
 *
 * <p>Calls come from many threads at once.
 */
public interface LedgerOperations extends AutoCloseable {

    /** Whether the last request to the store reached it; true before the first. Answers at once, without asking the store. */
    boolean isReachable();

    /** What answers are read from; empty before the first answer. Answers at once, without asking the store. */
    Optional<LedgerSource> readsFrom();

    /**
     * Does the periodic work that keeps answers fast. Answers are exact without it.
     *
     * @return the number of changes that were moved into derived data
     * @throws UnavailableException if the store failed; the next call tries again
     */
    default long maintain() {
        return 0;
    }

    /**
     * Compares derived data with the facts.
     *
     * @return empty if nothing is derived, or if another process is auditing now
     * @throws UnavailableException if the store failed; the next call tries again
     */
    default Optional<AuditResult> audit() {
        return Optional.empty();
    }

    /**
     * What looks wrong about the store's settings, though answers may be right. Asks the store.
     *
     * @return whole sentences; empty if nothing does
     * @throws UnavailableException if the store failed
     */
    default List<String> findWarnings() {
        return List.of();
    }

    /** Prepares for the first request. It never fails: the request will report what is wrong. */
    default void warmUp() {}

    /** Releases connections. */
    @Override
    default void close() {}

    /** Whether answers come from the tables because an audit found differences, which are still there. */
    default boolean hasDifferences() {
        return false;
    }
}
