package coworking.analytics.adopter;

import coworking.analytics.application.port.out.TokenLedger;
import coworking.analytics.application.tck.InMemoryTokenLedger;
import coworking.analytics.application.tck.StoreChange;
import coworking.analytics.application.tck.TokenLedgerContract;
import java.util.List;

/** In a package of its own, as the test of an adapter is. */
class InMemoryTokenLedgerTest extends TokenLedgerContract {

    private final InMemoryTokenLedger ledger = new InMemoryTokenLedger();

    @Override
    protected TokenLedger ledger() {
        return ledger;
    }

    @Override
    protected void commit(List<StoreChange> changes) {
        ledger.commit(changes);
    }

    @Override
    protected void setReachable(boolean reachable) {
        ledger.setReachable(reachable);
    }
}
