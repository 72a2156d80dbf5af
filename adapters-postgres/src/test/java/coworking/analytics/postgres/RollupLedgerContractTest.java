package coworking.analytics.postgres;

import coworking.analytics.domain.time.SpaceClock;

/** The space's wall clock shows the times as they are in the tables. */
class RollupLedgerContractTest extends RollupLedgerContract {

    RollupLedgerContractTest() throws Exception {
        super(SpaceClock.UTC_ONLY);
    }
}
