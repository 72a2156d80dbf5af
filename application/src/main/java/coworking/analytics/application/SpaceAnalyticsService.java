package coworking.analytics.application;

import coworking.analytics.application.port.in.SpaceAnalytics;
import coworking.analytics.application.port.out.TokenLedger;
import coworking.analytics.application.query.ArrivalsQuery;
import coworking.analytics.application.query.DailyUsageQuery;
import coworking.analytics.application.query.DataQualityQuery;
import coworking.analytics.application.query.DormantMembersRows;
import coworking.analytics.application.query.MembersQuery;
import coworking.analytics.application.query.PagedQuery;
import coworking.analytics.application.query.ReportQuery;
import coworking.analytics.application.query.RetentionQuery;
import coworking.analytics.application.query.RowForwarder;
import coworking.analytics.application.query.SummaryQuery;
import coworking.analytics.application.query.UserVisitsRows;
import coworking.analytics.application.query.VisitsOfUserQuery;
import coworking.analytics.application.query.VisitsOfUserRows;
import coworking.analytics.application.sharing.Bulkhead;
import coworking.analytics.application.sharing.KeyedSingleFlight;
import coworking.analytics.domain.fact.DataQualityIssue;
import coworking.analytics.domain.fact.MemberVisits;
import coworking.analytics.domain.fact.Visit;
import coworking.analytics.domain.fact.VisitPosition;
import coworking.analytics.domain.report.Arrivals;
import coworking.analytics.domain.report.ComparisonMode;
import coworking.analytics.domain.report.DormantMember;
import coworking.analytics.domain.report.GapFill;
import coworking.analytics.domain.report.MembershipGrowth;
import coworking.analytics.domain.report.Retention;
import coworking.analytics.domain.report.UsageMetric;
import coworking.analytics.domain.report.UsageSeries;
import coworking.analytics.domain.report.UsageSummary;
import coworking.analytics.domain.time.DayStart;
import coworking.analytics.domain.time.Interval;
import coworking.analytics.domain.time.RequestedRange;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

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
    public ReportResult<UsageSeries> dailyUsage(ReportScope scope, UsageMetric metric, Interval interval, GapFill fill,
            ComparisonMode comparison) {
        return runShared(scope, new DailyUsageQuery(metric, interval, fill, comparison));
    }

    @Override
    public ReportResult<UsageSummary.ComparedSummary> summary(ReportScope scope, ComparisonMode comparison) {
        return runShared(scope, new SummaryQuery(comparison));
    }

    @Override
    public ReportResult<Arrivals> arrivals(ReportScope scope, boolean isAverage) {
        return runShared(scope, new ArrivalsQuery(isAverage));
    }

    @Override
    public ReportResult<MembershipGrowth> members(ReportScope scope, Interval interval) {
        return runShared(scope, new MembersQuery(interval));
    }

    @Override
    public ReportResult<Retention> retention(ReportScope scope, RetentionCriteria criteria) {
        return runShared(scope, new RetentionQuery(criteria));
    }

    @Override
    public ReportResult<List<DataQualityIssue>> dataQuality(ReportScope scope) {
        return runShared(scope, new DataQualityQuery());
    }

    @Override
    public ReportResult<Page<MemberVisits, UserVisitsPosition>> userVisits(
            ReportScope scope, UserVisitsCriteria criteria, PageRequest<UserVisitsPosition> request) {
        return runShared(scope, new PagedQuery<>(new UserVisitsRows(criteria), request));
    }

    @Override
    public void userVisits(ReportScope scope, UserVisitsCriteria criteria, RowConsumer<MemberVisits> consumer) {
        runExport(scope, context -> RowForwarder.forward(new UserVisitsRows(criteria), context, consumer));
    }

    @Override
    public ReportResult<Page<DormantMember, Long>> dormantMembers(
            ReportScope scope, DormancyCriteria criteria, PageRequest<Long> request) {
        return runShared(scope, new PagedQuery<>(new DormantMembersRows(criteria), request));
    }

    @Override
    public void dormantMembers(ReportScope scope, DormancyCriteria criteria, RowConsumer<DormantMember> consumer) {
        runExport(scope, context -> RowForwarder.forward(new DormantMembersRows(criteria), context, consumer));
    }

    @Override
    public Optional<ReportResult<VisitsOfUser>> visitsOfUser(
            long userId, ReportScope scope, boolean withName, PageRequest<VisitPosition> request) {
        return runShared(scope, new VisitsOfUserQuery(userId, withName, request));
    }

    @Override
    public boolean visitsOfUser(long userId, ReportScope scope, RowConsumer<Visit> consumer) {
        return runExport(scope, context -> context.snapshot().member(userId, false).isPresent()
                && RowForwarder.forward(new VisitsOfUserRows(userId), context, consumer));
    }

    private <T> T runShared(ReportScope scope, ReportQuery<T> query) {
        return singleFlight.execute(SharingKey.of(scope, query), () -> runInSnapshot(scope, query));
    }

    private boolean runExport(ReportScope scope, ReportQuery<Boolean> query) {
        return exportBulkhead.execute(() -> runInSnapshot(scope, query));
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
