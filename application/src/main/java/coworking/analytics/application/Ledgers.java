package coworking.analytics.application;

import coworking.analytics.application.port.in.Unavailable;
import coworking.analytics.application.port.out.LedgerUnavailable;
import java.util.function.Supplier;

/** Where a failure of the driven side becomes one of the driving side: callers do not know that there is a ledger. */
final class Ledgers {

    private Ledgers() {}

    static <T> T ask(Supplier<T> question) {
        try {
            return question.get();
        } catch (LedgerUnavailable failure) {
            throw new Unavailable(failure.reason(), failure.isTooSlow(), failure);
        }
    }
}
