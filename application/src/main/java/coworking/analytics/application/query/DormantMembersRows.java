package coworking.analytics.application.query;

import coworking.analytics.application.port.in.SpaceAnalytics.DormancyCriteria;
import coworking.analytics.domain.report.DormantMember;
import coworking.analytics.domain.report.ReportNotes;
import coworking.analytics.domain.time.DateRange;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** Members who have been away for longer than their own rhythm explains, ascending by id, which is the position. */
public record DormantMembersRows(DormancyCriteria criteria) implements RowSource<DormantMember, Long> {

    @Override
    public void forEachWhile(ReportContext context, Optional<Long> after, Predicate<DormantMember> consumer) {
        var lastDay = lastDay(context);
        context.range().map(context.dayStart()::spanOf).ifPresent(span -> context.snapshot().visitDays(
                context.dayStart(),
                span,
                after.map(OptionalLong::of).orElse(OptionalLong.empty()),
                criteria.withNames(),
                visits -> DormantMember.of(visits, criteria.factor(), criteria.minVisits(), lastDay).map(consumer::test).orElse(true)));
    }

    /** The day until which absences last. Visits after the requested range are not read, so the range says nothing about later days. */
    private static LocalDate lastDay(ReportContext context) {
        var today = context.asOf().today();
        return context.isAllTime()
                ? today
                : context.range().map(DateRange::last).filter(last -> last.isBefore(today)).orElse(today);
    }

    @Override
    public long count(ReportContext context, Optional<Long> after) {
        var count = new long[1];
        forEachWhile(context, Optional.empty(), member -> ++count[0] > 0);
        return count[0];
    }

    @Override
    public Long positionOf(DormantMember row, ReportContext context, Optional<Long> after) {
        return row.member().userId();
    }

    @Override
    public List<String> notes(ReportContext context) {
        return context.range()
                .map(range -> ReportNotes.forDormantMembers(range, lastDay(context), context.asOf().today()))
                .orElse(List.of());
    }
}
