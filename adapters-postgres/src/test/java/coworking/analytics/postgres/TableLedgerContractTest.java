package coworking.analytics.postgres;

import coworking.analytics.domain.time.SpaceClock;

/** The space's wall clock shows the times as they are in the tables. */
class TableLedgerContractTest extends TableLedgerContract {

    TableLedgerContractTest() throws Exception {
        super(SpaceClock.UTC_ONLY);
    }
}
