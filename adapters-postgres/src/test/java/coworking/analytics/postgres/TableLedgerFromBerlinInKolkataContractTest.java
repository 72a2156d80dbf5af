package coworking.analytics.postgres;

import coworking.analytics.domain.time.SpaceClock;
import java.time.ZoneId;

/** The tables are in a zone with daylight-saving time, the space in one of half an hour without it. */
class TableLedgerFromBerlinInKolkataContractTest extends TableLedgerContract {

    TableLedgerFromBerlinInKolkataContractTest() throws Exception {
        super(SpaceClock.of(ZoneId.of("Europe/Berlin"), ZoneId.of("Asia/Kolkata")));
    }
}
