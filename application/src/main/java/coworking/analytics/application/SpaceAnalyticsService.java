package coworking.analytics.application;

import coworking.analytics.application.port.in.SpaceAnalytics;
import coworking.analytics.application.port.out.TokenLedger;
import coworking.analytics.application.query.ReportQuery;
import coworking.analytics.application.query.RowForwarder;
import coworking.analytics.application.query.RowSource;
import coworking.analytics.application.sharing.Bulkhead;
import coworking.analytics.application.sharing.KeyedSingleFlight;
import coworking.analytics.domain.time.DayStart;
import coworking.analytics.domain.time.RequestedRange;
import java.time.Duration;
import java.time.LocalDate;

/**
 * Computes each report of the space from one snapshot of a ledger.
 *
 * <p>Concurrent calls for the same report share the next snapshot. A few reports run at a time. Exports last as long as their consumer reads,
 * so they leave one place to the other reports.
 */
public final class SpaceAnalyticsService implements SpaceAnalytics {

    private final TokenLedger ledger;
    private final Bulkhead snapshotBulkhead;
    private final Bulkhead exportBulkhead;
    private final KeyedSingleFlight<SharingKey> singleFlight = new KeyedSingleFlight<>();

    /**
     * Makes a service that reads the given ledger.
     *
     * @param maxSnapshots how many snapshots it reads at a time; at least 1
     * @param maxWaiting how many callers may wait for a snapshot, and as many for an export; more are rejected as too busy
     * @param timeout how long they wait before they are rejected
     */
    public SpaceAnalyticsService(TokenLedger ledger, int maxSnapshots, int maxWaiting, Duration timeout) {
        this.ledger = ledger;
        snapshotBulkhead = new Bulkhead(maxSnapshots, maxWaiting, timeout);
        exportBulkhead = new Bulkhead(Math.max(1, maxSnapshots - 1), maxWaiting, timeout);
    }

    @Override
    public <T> T answer(ReportQuestion<T> question, ReportScope scope) {
        var query = (ReportQuery<T>) question;
        return singleFlight.execute(SharingKey.of(scope, query), () -> runInSnapshot(scope, query));
    }

    @Override
    public <R> boolean export(RowQuestion<R> question, ReportScope scope, RowConsumer<R> consumer) {
        var rows = (RowSource<R, ?>) question;
        return exportBulkhead.execute(() -> runInSnapshot(scope, context -> RowForwarder.forward(rows, context, consumer)));
    }

    private <T> T runInSnapshot(ReportScope scope, ReportQuery<T> query) {
        return snapshotBulkhead.execute(() -> ledger.withSnapshot(snapshot -> query.execute(query.open(scope, snapshot))));
    }

    /** What two calls must have in common to share a result: the day of the call, but not its time. */
    private record SharingKey(ReportQuery<?> query, RequestedRange range, DayStart dayStart, LocalDate today) {

        static SharingKey of(ReportScope scope, ReportQuery<?> query) {
            return new SharingKey(query, scope.range(), scope.dayStart(), scope.asOf().today());
        }
    }
}
