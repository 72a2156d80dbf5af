package coworking.analytics.application.query;

import coworking.analytics.application.port.in.SpaceAnalytics.ReportResult;
import coworking.analytics.domain.fact.HourCounts;
import coworking.analytics.domain.report.Buckets;
import coworking.analytics.domain.report.ComparisonMode;
import coworking.analytics.domain.report.GapFill;
import coworking.analytics.domain.report.ReportNotes;
import coworking.analytics.domain.report.UsageMetric;
import coworking.analytics.domain.report.UsageSeries;
import coworking.analytics.domain.time.DateRange;
import coworking.analytics.domain.time.Interval;
import java.util.List;

/** A metric over time. */
public record DailyUsageQuery(UsageMetric metric, Interval interval, GapFill fill,
        ComparisonMode comparison) implements ReportQuery<ReportResult<UsageSeries>> {

    @Override
    public ReportResult<UsageSeries> execute(ReportContext context) {
        return context.range()
                .map(range -> context.result(series(context, range), notes(context, range)))
                .orElseGet(() -> context.result(new UsageSeries(metric, interval, List.of()), List.of()));
    }

    private List<String> notes(ReportContext context, DateRange range) {
        return ReportNotes.forUsageSeries(range, interval, fill, comparison, context.extentToCompareWith(comparison));
    }

    private UsageSeries series(ReportContext context, DateRange range) {
        return metric == UsageMetric.MEMBERS ? visitorSeries(context, range) : tokenSeries(context, range);
    }

    private UsageSeries tokenSeries(ReportContext context, DateRange range) {
        var counts = context.snapshot().hourCounts(context.dayStart(), range);
        var buckets = range.isLong() ? nonEmptyBuckets(counts, range, context) : allBuckets(range, context);
        var elapsed = buckets.period().elapsedCounts(counts, context.asOf(), context.snapshot()::tokenCounts);
        return UsageSeries.ofTokenCounts(metric, buckets, fill, elapsed, comparisonCounts(context, buckets));
    }

    private static List<HourCounts> comparisonCounts(ReportContext context, Buckets buckets) {
        var snapshot = context.snapshot();
        var dayStart = context.dayStart();
        return buckets.comparisonPeriod()
                .map(period -> period.elapsedCounts(snapshot.hourCounts(dayStart, period.range()), context.asOf(), snapshot::tokenCounts))
                .orElse(List.of());
    }

    private UsageSeries visitorSeries(ReportContext context, DateRange range) {
        var snapshot = context.snapshot();
        var buckets = range.isLong()
                ? nonEmptyBuckets(snapshot.hourCounts(context.dayStart(), range), range, context)
                : allBuckets(range, context);
        return UsageSeries.ofVisitorCounts(buckets, fill, snapshot.countVisitors(buckets.spans()), comparisonVisitors(context, buckets));
    }

    private static List<Long> comparisonVisitors(ReportContext context, Buckets buckets) {
        return buckets.comparisonPeriod()
                .map(period -> context.snapshot().countVisitors(buckets.comparisonSpans()))
                .orElse(List.of());
    }

    private Buckets allBuckets(DateRange range, ReportContext context) {
        return Buckets.of(range, interval, comparison, context.asOf());
    }

    private Buckets nonEmptyBuckets(List<HourCounts> counts, DateRange range, ReportContext context) {
        var days = counts.stream().map(HourCounts::day).toList();
        return Buckets.of(days, range, interval, comparison, context.asOf());
    }
}
