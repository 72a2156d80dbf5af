package coworking.analytics.bootstrap;

import coworking.analytics.application.port.out.LedgerOperations;
import coworking.analytics.application.port.out.TokenLedger;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * A store in use.
 *
 * @param ledger answers
 * @param operations status and upkeep of the same ledger
 * @param maxSnapshots the number of snapshots that may be open at the same time
 * @param meters the store's own meters, such as those of a connection pool
 */
record OpenStore(TokenLedger ledger, LedgerOperations operations, int maxSnapshots, MeterBinder meters) implements AutoCloseable {

    @Override
    public void close() {
        operations.close();
    }
}
