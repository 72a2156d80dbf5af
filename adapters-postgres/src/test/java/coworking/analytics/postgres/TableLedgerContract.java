package coworking.analytics.postgres;

import coworking.analytics.application.port.out.LedgerObserver;
import coworking.analytics.application.port.out.TokenLedger;
import coworking.analytics.application.tck.StoreChange;
import coworking.analytics.application.tck.TokenLedgerContract;
import coworking.analytics.domain.time.SpaceClock;
import coworking.analytics.postgres.testing.EmbeddedDatabase;
import coworking.analytics.postgres.testing.InterruptibleTcpProxy;
import coworking.analytics.postgres.testing.TableWriter;
import coworking.analytics.postgres.testing.TestDatabases;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** Reading the tables themselves. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TableLedgerContract extends TokenLedgerContract {

    private final EmbeddedDatabase database;
    private final InterruptibleTcpProxy proxy;
    private final PostgresTokenLedger ledger;
    private final TableWriter writer;

    private final SpaceClock clock;

    TableLedgerContract(SpaceClock clock) throws Exception {
        this.clock = clock;
        database = TestDatabases.empty();
        writer = new TableWriter(database);
        proxy = new InterruptibleTcpProxy(database.host(), database.port());
        ledger = PostgresTokenLedger.of(TestDatabases.settings(database, proxy.port()), LedgerMode.TABLE, LedgerObserver.NO_OP, clock);
    }

    @Override
    protected TokenLedger ledger() {
        return ledger;
    }

    @Override
    protected SpaceClock clock() {
        return clock;
    }

    @Override
    protected void setReachable(boolean reachable) {
        if (reachable) {
            proxy.pass();
        } else {
            proxy.cut();
        }
    }

    @Override
    protected void commit(List<StoreChange> changes) {
        writer.commit(changes);
    }

    @AfterAll
    void close() throws SQLException {
        writer.close();
        ledger.close();
        proxy.close();
    }
}
