package coworking.analytics.application.query;

import coworking.analytics.application.port.in.SpaceAnalytics.ReportResult;
import coworking.analytics.domain.fact.DataQualityIssue;
import coworking.analytics.domain.time.TimeSpan;
import java.util.List;

/** The data quality issues. */
public record DataQualityQuery() implements ReportQuery<ReportResult<List<DataQualityIssue>>> {

    @Override
    public ReportResult<List<DataQualityIssue>> execute(ReportContext context) {
        return context.result(context.snapshot().dataQualityIssues(span(context), context.asOf().moment()), List.of());
    }

    /** Without dates the span is empty: no tokens are checked, but users are. */
    private static TimeSpan span(ReportContext context) {
        var now = context.scope().now();
        return context.range().map(context.dayStart()::spanOf).orElse(new TimeSpan(now, now));
    }
}
