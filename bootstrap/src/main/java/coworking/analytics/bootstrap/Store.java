package coworking.analytics.bootstrap;

import coworking.analytics.application.port.out.AuditResult;
import coworking.analytics.application.port.out.LedgerObserver;
import coworking.analytics.domain.time.SpaceClock;

/** A store behind the ledger, as the composition root and the command line use it. Commands that a store does not have fail. */
interface Store {

    /** Makes the ledger. It connects later. */
    OpenStore open(LedgerObserver observer);

    /** Shows the ledger's times on the space's wall clock. */
    SpaceClock clock();

    /** The store's {@code db.system.name} in traces (OpenTelemetry). */
    String systemName();

    /** Where the store is, for the log: no secret. */
    String description();

    /** Creates or adopts the tables; returns what was done. */
    default String migrate() {
        throw unsupported("migrate");
    }

    /** Installs derived data; returns false if it was installed already. */
    default boolean install() {
        throw unsupported("install");
    }

    /** Compares derived data with the facts. */
    default AuditResult audit() {
        throw unsupported("audit");
    }

    /** Computes derived data again. */
    default void rebuild() {
        throw unsupported("rebuild");
    }

    /** Removes derived data; returns false if there was none. */
    default boolean uninstall() {
        throw unsupported("uninstall");
    }

    private static StoreCommandException unsupported(String command) {
        return new StoreCommandException("This store has no command " + command + ".", null);
    }
}
