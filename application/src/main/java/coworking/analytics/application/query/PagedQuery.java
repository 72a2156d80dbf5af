package coworking.analytics.application.query;

import coworking.analytics.application.port.in.PageToken;
import coworking.analytics.application.port.in.SpaceAnalytics.Page;
import coworking.analytics.application.port.in.SpaceAnalytics.PageRequest;
import coworking.analytics.application.port.in.SpaceAnalytics.ReportResult;
import coworking.analytics.application.port.in.SpaceAnalytics.ReportScope;
import coworking.analytics.application.port.out.LedgerSnapshot;
import java.util.OptionalLong;

/** A page of a report's rows. */
public record PagedQuery<R, P>(RowSource<R, P> rows, PageRequest<P> request) implements ReportQuery<ReportResult<Page<R, P>>> {

    @Override
    public ReportContext open(ReportScope scope, LedgerSnapshot snapshot) {
        return request.after()
                .map(token -> ReportContext.resume(scope, snapshot, token))
                .orElseGet(() -> ReportContext.open(scope, snapshot));
    }

    @Override
    public ReportResult<Page<R, P>> execute(ReportContext context) {
        return context.result(page(context), rows.notes(context));
    }

    Page<R, P> page(ReportContext context) {
        var after = request.after().map(PageToken::position);
        var collector = new PageCollector<R>(request.limit());
        rows.forEachWhile(context, after, collector);
        var total = request.withTotal() ? OptionalLong.of(rows.count(context, after)) : OptionalLong.empty();
        return collector.toPage(last -> context.tokenAt(rows.positionOf(last, context, after)), total);
    }
}
