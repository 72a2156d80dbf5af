package coworking.analytics.application.query;

import coworking.analytics.application.port.in.SpaceAnalytics.UserVisitsCriteria;
import coworking.analytics.application.port.in.SpaceAnalytics.UserVisitsPosition;
import coworking.analytics.application.port.out.LedgerSnapshot.CountedTokens;
import coworking.analytics.application.port.out.LedgerSnapshot.MemberOrder;
import coworking.analytics.application.port.out.LedgerSnapshot.MemberPosition;
import coworking.analytics.application.port.out.LedgerSnapshot.MemberVisitsCriteria;
import coworking.analytics.domain.fact.MemberVisits;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** Users and their visits. */
public record UserVisitsRows(UserVisitsCriteria criteria) implements RowSource<MemberVisits, UserVisitsPosition> {

    @Override
    public void forEachWhile(ReportContext context, Optional<UserVisitsPosition> after, Predicate<MemberVisits> consumer) {
        if (context.range().isPresent()) {
            context.snapshot().memberVisits(criteria(context, after), consumer);
        }
    }

    @Override
    public long count(ReportContext context, Optional<UserVisitsPosition> after) {
        return context.range().isPresent() ? context.snapshot().countMembers(criteria(context, after)) : 0;
    }

    private MemberVisitsCriteria criteria(ReportContext context, Optional<UserVisitsPosition> after) {
        return new MemberVisitsCriteria(
                context.range().filter(range -> !context.isAllTime()).map(context.dayStart()::spanOf),
                criteria.countsUsed() ? CountedTokens.USED : CountedTokens.ISSUED,
                criteria.isActive(),
                criteria.minVisits(),
                order(),
                after.map(position -> OptionalLong.of(position.maxTokenId())).orElse(OptionalLong.empty()),
                after.map(position -> new MemberPosition(position.visits(), position.userId())),
                criteria.withNames());
    }

    private MemberOrder order() {
        return switch (criteria.order()) {
            case MOST_VISITS -> MemberOrder.MOST_VISITS;
            case FEWEST_VISITS -> MemberOrder.FEWEST_VISITS;
            case ID -> MemberOrder.ID;
        };
    }

    @Override
    public UserVisitsPosition positionOf(MemberVisits row, ReportContext context, Optional<UserVisitsPosition> after) {
        return new UserVisitsPosition(
                criteria.countsUsed() ? row.used() : row.issued(),
                row.member().userId(),
                after.map(UserVisitsPosition::maxTokenId).orElseGet(() -> context.snapshot().newestTokenId().orElseThrow()));
    }
}
