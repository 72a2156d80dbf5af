package coworking.analytics.postgres;

import coworking.analytics.application.port.out.LedgerObserver;
import coworking.analytics.application.port.out.TokenLedger;
import coworking.analytics.application.tck.StoreChange;
import coworking.analytics.application.tck.TokenLedgerContract;
import coworking.analytics.domain.time.SpaceClock;
import coworking.analytics.postgres.schema.Rollups;
import coworking.analytics.postgres.testing.EmbeddedDatabase;
import coworking.analytics.postgres.testing.InterruptibleTcpProxy;
import coworking.analytics.postgres.testing.TableWriter;
import coworking.analytics.postgres.testing.TestDatabases;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** Reading the roll-ups: some changes are folded already, and others are still in the journal. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RollupLedgerContract extends TokenLedgerContract {

    private final SpaceClock clock;
    private final EmbeddedDatabase database;
    private final InterruptibleTcpProxy proxy;
    private final PostgresTokenLedger ledger;
    private final TableWriter writer;
    private int commits;

    RollupLedgerContract(SpaceClock clock) throws Exception {
        this.clock = clock;
        database = TestDatabases.empty();
        var _ = Rollups.of(TestDatabases.settings(database), clock).install();
        writer = new TableWriter(database);
        proxy = new InterruptibleTcpProxy(database.host(), database.port());
        ledger = PostgresTokenLedger.of(TestDatabases.settings(database, proxy.port()), LedgerMode.ROLLUP, LedgerObserver.NO_OP, clock);
    }

    @Override
    protected SpaceClock clock() {
        return clock;
    }

    @Override
    protected TokenLedger ledger() {
        return ledger;
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
        if (++commits % 8 == 0) {
            TestDatabases.fold(database);
        }
    }

    @AfterAll
    void close() throws SQLException {
        writer.close();
        ledger.close();
        proxy.close();
    }
}
