package coworking.analytics.postgres;

import coworking.analytics.application.port.out.TokenLedger;
import coworking.analytics.application.tck.Change;
import coworking.analytics.application.tck.TokenLedgerContract;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** Reading the roll-ups: some changes are folded already, and others are still in the journal. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RolledUpLedgerContractTest extends TokenLedgerContract {

    private final EmbeddedDatabase database;
    private final Wire wire;
    private final PostgresTokenLedger ledger;
    private final Writer writer;
    private int commits;

    RolledUpLedgerContractTest() throws Exception {
        database = Tables.empty();
        Rollups.of(Tables.settings(database)).install();
        writer = new Writer(database);
        wire = new Wire(database.host(), database.port());
        ledger = PostgresTokenLedger.of(Tables.settings(database, wire.port()), LedgerChoice.ROLLED_UP);
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
        writer.commit(changes);
        if (++commits % 8 == 0) {
            Tables.fold(database);
        }
    }

    @AfterAll
    void close() throws SQLException {
        writer.close();
        ledger.close();
        wire.close();
    }
}
