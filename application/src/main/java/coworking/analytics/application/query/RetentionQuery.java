package coworking.analytics.application.query;

import coworking.analytics.application.port.in.SpaceAnalytics.ReportResult;
import coworking.analytics.application.port.in.SpaceAnalytics.RetentionCriteria;
import coworking.analytics.domain.report.ReportNotes;
import coworking.analytics.domain.report.Retention;
import coworking.analytics.domain.time.DateRange;
import java.util.List;

/** Whether new members stay. */
public record RetentionQuery(RetentionCriteria criteria) implements ReportQuery<ReportResult<Retention>> {

    @Override
    public ReportResult<Retention> execute(ReportContext context) {
        return context.range()
                .map(range -> context.result(retention(context, range), ReportNotes.forRetention(range, criteria.interval())))
                .orElseGet(() -> context.result(new Retention(criteria.interval(), List.of()), List.of()));
    }

    private Retention retention(ReportContext context, DateRange range) {
        var interval = criteria.interval();
        var span = context.dayStart().spanOf(interval.expandToWhole(range));
        var counts = context.snapshot().cohortCounts(context.dayStart(), interval, span);
        return Retention.from(interval, criteria.maxPeriods(), counts, context.asOf());
    }
}
