package coworking.analytics.application.query;

import coworking.analytics.application.port.in.SpaceAnalytics.ReportResult;
import coworking.analytics.domain.fact.JoinCounts;
import coworking.analytics.domain.report.Buckets;
import coworking.analytics.domain.report.ComparisonMode;
import coworking.analytics.domain.report.MembershipGrowth;
import coworking.analytics.domain.report.ReportNotes;
import coworking.analytics.domain.time.DateRange;
import coworking.analytics.domain.time.Interval;
import java.time.LocalDate;
import java.util.List;

/** How the number of members grew. */
public record MembersQuery(Interval interval) implements ReportQuery<ReportResult<MembershipGrowth>> {

    @Override
    public ReportResult<MembershipGrowth> execute(ReportContext context) {
        var joins = context.snapshot().joinCounts(context.dayStart());
        return result(context.withExtent(JoinCounts.rangeOf(joins)), joins);
    }

    private ReportResult<MembershipGrowth> result(ReportContext context, List<JoinCounts> joins) {
        var growth = context.range()
                .map(range -> MembershipGrowth.from(buckets(context, range, joins), joins))
                .orElseGet(() -> MembershipGrowth.empty(interval, joins));
        return context.result(growth, ReportNotes.forMembershipGrowth(context.range(), growth));
    }

    private Buckets buckets(ReportContext context, DateRange range, List<JoinCounts> joins) {
        return range.isLong()
                ? Buckets.of(joinDays(joins), range, interval, ComparisonMode.NONE, context.asOf())
                : Buckets.of(range, interval, ComparisonMode.NONE, context.asOf());
    }

    private static List<LocalDate> joinDays(List<JoinCounts> joins) {
        return joins.stream().flatMap(counts -> counts.day().stream()).toList();
    }
}
