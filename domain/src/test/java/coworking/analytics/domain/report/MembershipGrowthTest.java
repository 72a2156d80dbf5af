package coworking.analytics.domain.report;

import static coworking.analytics.domain.report.ComparisonMode.NONE;
import static coworking.analytics.domain.time.DayStart.MIDNIGHT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import coworking.analytics.domain.HalfYearDomain;
import coworking.analytics.domain.fact.JoinCounts;
import coworking.analytics.domain.report.MembershipGrowth.MembershipPoint;
import coworking.analytics.domain.time.AsOf;
import coworking.analytics.domain.time.DateRange;
import coworking.analytics.domain.time.Interval;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(HalfYearDomain.class)
@Domain(DomainContext.Global.class)
class MembershipGrowthTest {

    private static final AsOf NOW = new AsOf(LocalDateTime.parse("2026-03-04T12:00"), MIDNIGHT);

    @Example
    void growsByThoseWhoJoined() {
        var joins = List.of(tally("2026-02-01", 5, 1), tally("2026-03-02", 1, 0), tally("2026-03-04", 0, 2), tally("2026-03-09", 1, 0));

        var members = MembershipGrowth.from(table(Interval.DAY, "2026-03-02", "2026-03-04"), joins);

        assertThat(members.points())
                .extracting(MembershipPoint::label, MembershipPoint::joined, MembershipPoint::cumulative, MembershipPoint::isPartial)
                .containsExactly(tuple("2026-03-02", 1L, 7L, false), tuple("2026-03-03", 0L, 7L, false), tuple("2026-03-04", 2L, 9L, true));
        assertThat(members.active()).isEqualTo(7);
        assertThat(members.inactive()).isEqualTo(3);
    }

    @Example
    void hasThoseWhoseJoiningWasNotRecordedInNoInterval() {
        var joins = List.of(tally("2026-03-02", 1, 0), new JoinCounts(Optional.empty(), 2, 1));

        var members = MembershipGrowth.from(table(Interval.MONTH, "2026-03-01", "2026-03-31"), joins);

        assertThat(members.undated()).isEqualTo(3);
        assertThat(members.active()).isEqualTo(3);
        assertThat(members.points()).extracting(MembershipPoint::joined, MembershipPoint::cumulative).containsExactly(tuple(1L, 1L));
    }

    @Example
    void isWhatIsSoNowWhereThereAreNoDays() {
        var members = MembershipGrowth.empty(Interval.WEEK, List.of(tally("2026-03-02", 1, 2)));

        assertThat(members).isEqualTo(new MembershipGrowth(Interval.WEEK, 1, 2, 0, List.of()));
    }

    @Property
    void neverShrinksAndAddsUp(@ForAll Interval interval, @ForAll DateRange days, @ForAll List<LocalDate> joined, @ForAll AsOf present) {
        var joins = joined.stream().distinct().sorted().map(day -> new JoinCounts(Optional.of(day), 1, 0)).toList();
        var points = MembershipGrowth.from(Buckets.of(days, interval, NONE, present), joins).points();

        assertThat(points).extracting(MembershipPoint::cumulative).isSorted();
        assertThat(points.stream().mapToLong(MembershipPoint::joined).sum())
                .isEqualTo(joined.stream().distinct().filter(days::contains).count());
        assertThat(points.getLast().cumulative())
                .isEqualTo(joined.stream().distinct().filter(day -> !day.isAfter(days.last())).count());
    }

    private static Buckets table(Interval interval, String first, String last) {
        return Buckets.of(new DateRange(LocalDate.parse(first), LocalDate.parse(last)), interval, NONE, NOW);
    }

    private static JoinCounts tally(String day, long active, long inactive) {
        return new JoinCounts(Optional.of(LocalDate.parse(day)), active, inactive);
    }
}
