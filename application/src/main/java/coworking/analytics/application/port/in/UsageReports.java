package coworking.analytics.application.port.in;

import coworking.analytics.application.port.UnavailableException;
import coworking.analytics.domain.report.DailyUsage;
import coworking.analytics.domain.report.UserVisits;

/**
 * The two original reports on the use of the space.
 *
 * <p>Every report is computed from one state of the ledger that is no older than the call: it includes everything that was committed
 * before the call began. All methods may be called by many threads at once and block until the report is ready.
 */
public interface UsageReports {

    /**
     * The number of visits of each day.
     *
     * @throws UnavailableException if the ledger cannot be read now
     */
    DailyUsage dailyUsage();

    /**
     * The number of tokens issued to each user, and when the user joined.
     *
     * @throws UnavailableException if the ledger cannot be read now
     */
    UserVisits userVisits();
}
