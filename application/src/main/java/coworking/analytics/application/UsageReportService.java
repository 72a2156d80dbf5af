package coworking.analytics.application;

import coworking.analytics.application.port.in.UsageReports;
import coworking.analytics.application.port.out.ReportObserver;
import coworking.analytics.application.port.out.ReportObserver.OriginalReport;
import coworking.analytics.application.port.out.TokenLedger;
import coworking.analytics.application.sharing.InstrumentedRead;
import coworking.analytics.domain.report.DailyUsage;
import coworking.analytics.domain.report.UserVisits;

/**
 * Computes the original reports from a ledger's facts. Concurrent calls for the same report share one read, and while the ledger's version
 * is unchanged all calls return the same instance without a read of the facts.
 */
public final class UsageReportService implements UsageReports {

    private final InstrumentedRead<DailyUsage> dailyUsage;
    private final InstrumentedRead<UserVisits> userVisits;

    /** Makes a service that reads the given ledger. */
    public UsageReportService(TokenLedger ledger) {
        this(ledger, ReportObserver.NO_OP);
    }

    /** Makes a service that reads the given ledger and tells the observer where each answer came from. */
    public UsageReportService(TokenLedger ledger, ReportObserver observer) {
        dailyUsage = new InstrumentedRead<>(OriginalReport.DAILY_USAGE, ledger, () -> DailyUsage.from(ledger.dayCounts()), observer);
        userVisits = new InstrumentedRead<>(OriginalReport.USER_VISITS, ledger, () -> new UserVisits(ledger.userCounts()), observer);
    }

    @Override
    public DailyUsage dailyUsage() {
        return dailyUsage.get();
    }

    @Override
    public UserVisits userVisits() {
        return userVisits.get();
    }
}
