package coworking.analytics.application;

import coworking.analytics.application.port.in.UsageReports;
import coworking.analytics.application.port.out.ReportObserver;
import coworking.analytics.application.port.out.ReportObserver.Report;
import coworking.analytics.application.port.out.TokenLedger;
import coworking.analytics.domain.DailyUsage;
import coworking.analytics.domain.UserVisits;

/**
 * Answers reports from a ledger's facts. Callers who ask for the same report at the same time cost the ledger one question, and the
 * question for the facts is spared where the ledger's version shows that nothing changed: then they are given the same instance.
 */
public final class ReportService implements UsageReports {

    private final ObservedRead<DailyUsage> dailyUsage;
    private final ObservedRead<UserVisits> userVisits;

    /** Makes a service that asks the given ledger. */
    public ReportService(TokenLedger ledger) {
        this(ledger, ReportObserver.NOBODY);
    }

    /** Makes a service that asks the given ledger and tells the observer how its answers come about. */
    public ReportService(TokenLedger ledger, ReportObserver observer) {
        dailyUsage = new ObservedRead<>(Report.DAILY_USAGE, ledger, () -> DailyUsage.from(ledger.dayTallies()), observer);
        userVisits = new ObservedRead<>(Report.USER_VISITS, ledger, () -> new UserVisits(ledger.userTallies()), observer);
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
