package coworking.analytics.application.query;

import coworking.analytics.application.port.in.SpaceAnalytics.ReportResult;
import coworking.analytics.domain.report.ComparablePeriod;
import coworking.analytics.domain.report.ComparisonMode;
import coworking.analytics.domain.report.ReportNotes;
import coworking.analytics.domain.report.UsageSummary;
import coworking.analytics.domain.time.DateRange;
import java.util.List;
import java.util.Optional;

/** The key figures of the requested dates. If there are no dates, the result is an empty summary of today. */
public record SummaryQuery(ComparisonMode comparison) implements ReportQuery<ReportResult<UsageSummary.ComparedSummary>> {

    @Override
    public ReportResult<UsageSummary.ComparedSummary> execute(ReportContext context) {
        return context.range()
                .map(range -> context.result(compared(context, range), notes(context, range)))
                .orElseGet(() -> context.result(empty(context), List.of()));
    }

    private List<String> notes(ReportContext context, DateRange range) {
        return ReportNotes.forSummary(range, comparison, context.extentToCompareWith(comparison));
    }

    private static UsageSummary.ComparedSummary empty(ReportContext context) {
        return new UsageSummary.ComparedSummary(UsageSummary.empty(context.asOf().today()), Optional.empty());
    }

    private UsageSummary.ComparedSummary compared(ReportContext context, DateRange range) {
        var pair = ComparablePeriod.PeriodPair.of(range, comparison, context.asOf());
        return new UsageSummary.ComparedSummary(
                summary(context, pair.current()), pair.comparison().map(comparisonPeriod -> summary(context, comparisonPeriod)));
    }

    private static UsageSummary summary(ReportContext context, ComparablePeriod period) {
        var snapshot = context.snapshot();
        var hours = snapshot.hourCounts(context.dayStart(), period.range());
        var counts = period.elapsedCounts(hours, context.asOf(), snapshot::tokenCounts);
        var visitors = snapshot.countVisitors(List.of(period.span())).getFirst();
        return UsageSummary.from(period.range(), counts, visitors, snapshot.countJoined(period.span()));
    }
}
