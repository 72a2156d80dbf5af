package coworking.analytics.postgres;

import coworking.analytics.application.port.out.TokenLedger;
import coworking.analytics.application.tck.Change;
import coworking.analytics.application.tck.TokenLedgerContract;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** Reading the tables themselves. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresTokenLedgerContractTest extends TokenLedgerContract {

    private final EmbeddedDatabase database;
    private final Wire wire;
    private final PostgresTokenLedger ledger;

    PostgresTokenLedgerContractTest() throws Exception {
        database = Tables.empty();
        wire = new Wire(database.host(), database.port());
        ledger = PostgresTokenLedger.of(Tables.settings(database, wire.port()), LedgerChoice.PLAIN);
    }

    @Override
    protected TokenLedger ledger() {
        return ledger;
    }

    @Override
    protected void setReachable(boolean reachable) {
        if (reachable) {
            wire.pass();
        } else {
            wire.cut();
        }
    }

    @Override
    protected void commit(List<Change> changes) {
        Writer.commit(database, changes);
    }

    @AfterAll
    void close() {
        ledger.close();
        wire.close();
    }
}
