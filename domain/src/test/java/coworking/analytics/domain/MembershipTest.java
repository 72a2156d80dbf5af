package coworking.analytics.domain;

import static coworking.analytics.domain.Comparison.NONE;
import static coworking.analytics.domain.DayStart.MIDNIGHT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import coworking.analytics.domain.Membership.Point;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(Busy.class)
@Domain(DomainContext.Global.class)
class MembershipTest {

    private static final Present NOW = new Present(LocalDateTime.parse("2026-03-04T12:00"), MIDNIGHT);

    @Example
    void growsByThoseWhoJoined() {
        var joins = List.of(tally("2026-02-01", 5, 1), tally("2026-03-02", 1, 0), tally("2026-03-04", 0, 2), tally("2026-03-09", 1, 0));

        var members = Membership.from(table(Interval.DAY, "2026-03-02", "2026-03-04"), joins);

        assertThat(members.points())
                .extracting(Point::name, Point::joined, Point::cumulative, Point::isPartial)
                .containsExactly(tuple("2026-03-02", 1L, 7L, false), tuple("2026-03-03", 0L, 7L, false), tuple("2026-03-04", 2L, 9L, true));
        assertThat(members.active()).isEqualTo(7);
        assertThat(members.inactive()).isEqualTo(3);
    }

    @Example
    void hasThoseWhoseJoiningWasNotRecordedInNoInterval() {
        var joins = List.of(tally("2026-03-02", 1, 0), new JoinTally(Optional.empty(), 2, 1));

        var members = Membership.from(table(Interval.MONTH, "2026-03-01", "2026-03-31"), joins);

        assertThat(members.undated()).isEqualTo(3);
        assertThat(members.active()).isEqualTo(3);
        assertThat(members.points()).extracting(Point::joined, Point::cumulative).containsExactly(tuple(1L, 1L));
    }

    @Example
    void isWhatIsSoNowWhereThereAreNoDays() {
        var members = Membership.none(Interval.WEEK, List.of(tally("2026-03-02", 1, 2)));

        assertThat(members).isEqualTo(new Membership(Interval.WEEK, 1, 2, 0, List.of()));
    }

    @Property
    void neverShrinksAndAddsUp(@ForAll Interval interval, @ForAll Days days, @ForAll List<LocalDate> joined, @ForAll Present present) {
        var joins = joined.stream().distinct().sorted().map(day -> new JoinTally(Optional.of(day), 1, 0)).toList();
        var points = Membership.from(Timetable.of(days, interval, NONE, present), joins).points();

        assertThat(points).extracting(Point::cumulative).isSorted();
        assertThat(points.stream().mapToLong(Point::joined).sum())
                .isEqualTo(joined.stream().distinct().filter(days::contains).count());
        assertThat(points.getLast().cumulative())
                .isEqualTo(joined.stream().distinct().filter(day -> !day.isAfter(days.last())).count());
    }

    private static Timetable table(Interval interval, String first, String last) {
        return Timetable.of(new Days(LocalDate.parse(first), LocalDate.parse(last)), interval, NONE, NOW);
    }

    private static JoinTally tally(String day, long active, long inactive) {
        return new JoinTally(Optional.of(LocalDate.parse(day)), active, inactive);
    }
}
