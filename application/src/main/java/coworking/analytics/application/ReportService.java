package coworking.analytics.application;

import coworking.analytics.application.port.in.UsageReports;
import coworking.analytics.application.port.out.TokenLedger;
import coworking.analytics.domain.DailyUsage;
import coworking.analytics.domain.UserVisits;

/** Answers reports from a ledger's facts. Callers who ask for the same report at the same time cost the ledger one question. */
public final class ReportService implements UsageReports {

    private final SharedRead<DailyUsage> dailyUsage;
    private final SharedRead<UserVisits> userVisits;

    /** Makes a service that asks the given ledger. */
    public ReportService(TokenLedger ledger) {
        dailyUsage = new SharedRead<>(() -> DailyUsage.from(ledger.dayTallies()));
        userVisits = new SharedRead<>(() -> new UserVisits(ledger.userTallies()));
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
