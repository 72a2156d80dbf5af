package coworking.analytics.application.port.in;

import coworking.analytics.domain.DailyUsage;
import coworking.analytics.domain.UserVisits;

/**
 * The questions that callers ask about the use of the space.
 *
 * <p>Every answer is computed from one consistent state of the ledger that is no older than the question: what was committed
 * before the call began is in it. All methods may be called by many threads at once and block until the answer is there.
 */
public interface UsageReports {

    /**
     * How many visits each day had.
     *
     * @throws Unavailable where the ledger cannot be read now
     */
    DailyUsage dailyUsage();

    /**
     * How many tokens each user was issued, and when the user joined.
     *
     * @throws Unavailable where the ledger cannot be read now
     */
    UserVisits userVisits();
}
