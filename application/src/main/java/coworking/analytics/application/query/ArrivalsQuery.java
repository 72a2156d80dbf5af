package coworking.analytics.application.query;

import coworking.analytics.application.port.in.SpaceAnalytics.ReportResult;
import coworking.analytics.domain.report.Arrivals;
import coworking.analytics.domain.report.ReportNotes;
import coworking.analytics.domain.time.DateRange;
import java.util.List;

/**
 * Arrivals by weekday and hour.
 *
 * @param isAverage whether the values are per day of that weekday, rather than in total
 */
public record ArrivalsQuery(boolean isAverage) implements ReportQuery<ReportResult<Arrivals>> {

    @Override
    public ReportResult<Arrivals> execute(ReportContext context) {
        return context.range()
                .map(range -> context.result(arrivals(context, range), ReportNotes.forArrivals(range, isAverage, context.asOf())))
                .orElseGet(() -> context.result(Arrivals.empty(isAverage), List.of()));
    }

    private Arrivals arrivals(ReportContext context, DateRange range) {
        return Arrivals.from(range, isAverage, context.snapshot().hourCounts(context.dayStart(), range), context.dayStart(),
                context.asOf().clock());
    }
}
