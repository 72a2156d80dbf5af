package coworking.analytics.application;

import coworking.analytics.application.port.in.UsageReports;
import coworking.analytics.application.port.out.TokenLedger;
import coworking.analytics.domain.DailyUsage;
import coworking.analytics.domain.UserVisits;
import java.util.function.Supplier;

/**
 * Answers reports from a ledger's facts. Callers who ask for the same report at the same time cost the ledger one question, and the
 * question for the facts is spared where the ledger's version shows that nothing changed: then they are given the same instance.
 */
public final class ReportService implements UsageReports {

    private final SharedRead<DailyUsage> dailyUsage;
    private final SharedRead<UserVisits> userVisits;

    /** Makes a service that asks the given ledger. */
    public ReportService(TokenLedger ledger) {
        dailyUsage = shared(ledger, () -> DailyUsage.from(ledger.dayTallies()));
        userVisits = shared(ledger, () -> new UserVisits(ledger.userTallies()));
    }

    private static <T> SharedRead<T> shared(TokenLedger ledger, Supplier<T> report) {
        return new SharedRead<>(new CheckedRead<>(ledger::version, report));
    }

    @Override
    public DailyUsage dailyUsage() {
        return Ledgers.ask(dailyUsage::get);
    }

    @Override
    public UserVisits userVisits() {
        return Ledgers.ask(userVisits::get);
    }
}
