package coworking.analytics.application.query;

import coworking.analytics.application.port.in.SpaceAnalytics.PageRequest;
import coworking.analytics.application.port.in.SpaceAnalytics.ReportResult;
import coworking.analytics.application.port.in.SpaceAnalytics.ReportScope;
import coworking.analytics.application.port.in.SpaceAnalytics.VisitsOfUser;
import coworking.analytics.application.port.out.LedgerSnapshot;
import coworking.analytics.domain.fact.Visit;
import coworking.analytics.domain.fact.VisitPosition;
import java.util.List;
import java.util.Optional;

/** A page of one user's visits, the latest first, with what is known of the user; empty if neither a user nor a token has the id. */
public record VisitsOfUserQuery(long userId, boolean withName, PageRequest<VisitPosition> request)
        implements
            ReportQuery<Optional<ReportResult<VisitsOfUser>>> {

    @Override
    public ReportContext open(ReportScope scope, LedgerSnapshot snapshot) {
        return visits().open(scope, snapshot);
    }

    @Override
    public Optional<ReportResult<VisitsOfUser>> execute(ReportContext context) {
        return context.snapshot()
                .member(userId, withName)
                .map(member -> new VisitsOfUser(member, visits().page(context)))
                .map(page -> context.result(page, List.of()));
    }

    private PagedQuery<Visit, VisitPosition> visits() {
        return new PagedQuery<>(new VisitsOfUserRows(userId), request);
    }
}
