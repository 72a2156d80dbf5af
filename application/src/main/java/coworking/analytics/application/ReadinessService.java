package coworking.analytics.application;

import coworking.analytics.application.port.in.Readiness;
import coworking.analytics.application.port.out.TokenLedger;
import coworking.analytics.application.sharing.SingleFlight;

/** Reports ready if the ledger is readable. It reads no counts, because a probe every few seconds must not cost as much as a report. */
public final class ReadinessService implements Readiness {

    private final SingleFlight<Boolean> check;

    /** Makes a service that reads the given ledger. */
    public ReadinessService(TokenLedger ledger) {
        check = new SingleFlight<>(() -> {
            ledger.ensureReadable();
            return true;
        });
    }

    @Override
    public void ensureReady() {
        check.get();
    }
}
