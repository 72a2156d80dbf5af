package coworking.analytics.application.query;

import coworking.analytics.domain.fact.Visit;
import coworking.analytics.domain.fact.VisitPosition;
import java.util.Optional;
import java.util.function.Predicate;

/** The visits of one user. */
public record VisitsOfUserRows(long userId) implements RowSource<Visit, VisitPosition> {

    /** A user is known if a user or a token has the id. */
    @Override
    public boolean isKnown(ReportContext context) {
        return context.snapshot().member(userId, false).isPresent();
    }

    @Override
    public void forEachWhile(ReportContext context, Optional<VisitPosition> after, Predicate<Visit> consumer) {
        context.range()
                .map(context.dayStart()::spanOf)
                .ifPresent(span -> context.snapshot().visits(userId, span, after, consumer));
    }

    @Override
    public long count(ReportContext context, Optional<VisitPosition> after) {
        var count = new long[1];
        forEachWhile(context, Optional.empty(), visit -> ++count[0] > 0);
        return count[0];
    }

    @Override
    public VisitPosition positionOf(Visit row, ReportContext context, Optional<VisitPosition> after) {
        return row.position();
    }
}
