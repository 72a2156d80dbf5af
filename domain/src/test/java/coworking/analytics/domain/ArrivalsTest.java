package coworking.analytics.domain;

import static coworking.analytics.domain.DayStart.MIDNIGHT;
import static coworking.analytics.domain.Examples.FOUR;
import static coworking.analytics.domain.Examples.unused;
import static coworking.analytics.domain.Examples.visit;
import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SUNDAY;
import static java.time.DayOfWeek.TUESDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(Busy.class)
@Domain(DomainContext.Global.class)
class ArrivalsTest {

    /** Monday to the Monday after. */
    private static final Days EIGHT_DAYS = new Days(LocalDate.parse("2026-03-02"), LocalDate.parse("2026-03-09"));

    private final List<Token> tokens = List.of(
            visit(1, "2026-03-02T09:10"), visit(1, "2026-03-09T09:50"), visit(2, "2026-03-09T09:00"), visit(1, "2026-03-03T03:59"),
            unused(1, "2026-03-03T10:00"));

    @Example
    void addUpEachWeekdaysHours() {
        var arrivals = Arrivals.from(EIGHT_DAYS, false, HourTally.of(tokens, MIDNIGHT));

        assertThat(arrivals.rows()).extracting(Arrivals.Row::weekday).containsExactly(DayOfWeek.values());
        assertThat(row(arrivals, MONDAY).hours().get(9)).isEqualTo(3);
        assertThat(row(arrivals, TUESDAY).hours().get(3)).isEqualTo(1);
        assertThat(row(arrivals, TUESDAY).hours().get(10)).isZero();
    }

    @Example
    void areDividedByTheDaysOfThatWeekday() {
        var arrivals = Arrivals.from(EIGHT_DAYS, true, HourTally.of(tokens, MIDNIGHT));

        assertThat(row(arrivals, MONDAY).days()).isEqualTo(2);
        assertThat(row(arrivals, MONDAY).hours().get(9)).isEqualTo(1.5);
        assertThat(row(arrivals, TUESDAY).hours().get(3)).isEqualTo(1);
    }

    @Example
    void countTheSmallHoursToTheWeekdayOfTheDayBefore() {
        var arrivals = Arrivals.from(EIGHT_DAYS, false, HourTally.of(tokens, FOUR));

        assertThat(row(arrivals, MONDAY).hours().get(3)).isEqualTo(1);
        assertThat(row(arrivals, TUESDAY).hours().get(3)).isZero();
    }

    @Example
    void areNoneOnWeekdaysThatAreNotAmongTheDays() {
        var monday = new Days(EIGHT_DAYS.first(), EIGHT_DAYS.first());

        assertThat(row(Arrivals.from(monday, true, List.of()), SUNDAY)).isEqualTo(row(Arrivals.none(true), SUNDAY));
        assertThat(Arrivals.none(true).rows()).hasSize(7).allSatisfy(row -> {
            assertThat(row.days()).isZero();
            assertThat(row.hours()).hasSize(24).containsOnly(0.0);
        });
    }

    @Property
    void areAsManyAsUsedTokensInAllAndTheSameOnAverage(@ForAll Days days, @ForAll List<Token> tokens, @ForAll DayStart start) {
        var tallies = HourTally.of(tokens, start).stream().filter(tally -> days.contains(tally.day())).toList();
        var average = Arrivals.from(days, true, tallies).rows().stream().mapToDouble(row -> row.days() * sum(row)).sum();

        assertThat(Arrivals.from(days, false, tallies).rows().stream().mapToDouble(ArrivalsTest::sum).sum())
                .isEqualTo((double) Usage.of(tokens, start.spanOf(days)).used())
                .isCloseTo(average, within(1e-6));
    }

    private static double sum(Arrivals.Row row) {
        return row.hours().stream().mapToDouble(Double::doubleValue).sum();
    }

    private static Arrivals.Row row(Arrivals arrivals, DayOfWeek weekday) {
        return arrivals.rows().stream().filter(row -> row.weekday() == weekday).findFirst().orElseThrow();
    }
}
