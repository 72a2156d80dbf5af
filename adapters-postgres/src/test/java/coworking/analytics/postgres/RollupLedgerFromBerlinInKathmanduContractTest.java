package coworking.analytics.postgres;

import coworking.analytics.domain.time.SpaceClock;
import java.time.ZoneId;

/** The tables have daylight-saving time, and the space is off whole hours. */
class RollupLedgerFromBerlinInKathmanduContractTest extends RollupLedgerContract {

    RollupLedgerFromBerlinInKathmanduContractTest() throws Exception {
        super(SpaceClock.of(ZoneId.of("Europe/Berlin"), ZoneId.of("Asia/Kathmandu")));
    }
}
