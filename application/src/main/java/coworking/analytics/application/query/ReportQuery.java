package coworking.analytics.application.query;

import coworking.analytics.application.port.in.SpaceAnalytics.ReportQuestion;
import coworking.analytics.application.port.in.SpaceAnalytics.ReportScope;
import coworking.analytics.application.port.out.LedgerSnapshot;

/**
 * One report, computed from one snapshot of the ledger. A driving adapter makes the query, and the service executes it.
 *
 * @param <T> the result
 */
@FunctionalInterface
public interface ReportQuery<T> extends ReportQuestion<T> {

    /** The context in which this query runs. */
    default ReportContext open(ReportScope scope, LedgerSnapshot snapshot) {
        return ReportContext.open(scope, snapshot);
    }

    /** Reads facts from the snapshot and lets the domain compute the report. */
    T execute(ReportContext context);
}
