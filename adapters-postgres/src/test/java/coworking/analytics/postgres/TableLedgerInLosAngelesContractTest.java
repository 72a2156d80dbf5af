package coworking.analytics.postgres;

import coworking.analytics.domain.time.SpaceClock;
import java.time.ZoneId;

/** The space is west of the zone of its tables, as where a database runs on UTC. */
class TableLedgerInLosAngelesContractTest extends TableLedgerContract {

    TableLedgerInLosAngelesContractTest() throws Exception {
        super(SpaceClock.of(ZoneId.of("UTC"), ZoneId.of("America/Los_Angeles")));
    }
}
