package coworking.analytics.application;

import coworking.analytics.application.port.in.Readiness;
import coworking.analytics.application.port.out.TokenLedger;

/** Is ready where the ledger is readable. It asks for no tally: a probe every few seconds must not cost what a report costs. */
public final class ReadinessService implements Readiness {

    private final SharedRead<Boolean> readable;

    /** Makes a service that asks the given ledger. */
    public ReadinessService(TokenLedger ledger) {
        readable = new SharedRead<>(() -> {
            ledger.ensureReadable();
            return true;
        });
    }

    @Override
    public void ensureReady() {
        Ledgers.ask(readable::get);
    }
}
