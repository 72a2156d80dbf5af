package coworking.analytics.domain;

import static coworking.analytics.domain.Comparison.NONE;
import static coworking.analytics.domain.Comparison.PREVIOUS;
import static coworking.analytics.domain.Comparison.YEAR;
import static coworking.analytics.domain.DayStart.MIDNIGHT;
import static coworking.analytics.domain.Examples.unused;
import static coworking.analytics.domain.Examples.visit;
import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.domain.Summary.Peak;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(Busy.class)
@Domain(DomainContext.Global.class)
class SummaryTest {

    private static final Present LATER = new Present(LocalDateTime.parse("2027-06-01T00:00"), MIDNIGHT);

    @Example
    void namesTheEarliestOfTheBusiestDaysAndHours() {
        var tokens = List.of(
                visit(1, "2026-03-03T17:00"), visit(2, "2026-03-03T09:00"), visit(1, "2026-03-02T09:59"), visit(1, "2026-03-02T17:30"),
                unused(1, "2026-03-04T12:00"), unused(2, "2026-03-04T12:00"), unused(3, "2026-03-04T12:00"));

        var summary = Summary.from(days("2026-03-01", "2026-03-07"), HourTally.of(tokens, MIDNIGHT), 2, 1);

        assertThat(summary.usage()).isEqualTo(new Usage(7, 4));
        assertThat(summary.busiestDay()).hasValue(new Peak<>(LocalDate.parse("2026-03-02"), 2));
        assertThat(summary.busiestHour()).hasValue(new Peak<>(9, 2));
        assertThat(summary.shareUsed()).hasValue(4.0 / 7);
    }

    @Example
    void hasNoBusiestDayWhereNoTokenWasUsedAndNoShareWhereThereWasNone() {
        var unused = Summary.from(days("2026-03-01", "2026-03-07"), HourTally.of(List.of(unused(1, "2026-03-04T12:00")), MIDNIGHT), 0, 0);

        assertThat(unused.busiestDay()).isEmpty();
        assertThat(unused.busiestHour()).isEmpty();
        assertThat(unused.shareUsed()).hasValue(0);
        assertThat(Summary.none(LocalDate.parse("2026-03-01")).shareUsed()).isEmpty();
    }

    @Example
    void comparesDaysThatRunAsFarAsTheyHavePassed() {
        var now = new Present(LocalDateTime.parse("2026-03-10T06:00"), MIDNIGHT);

        var pair = Stretch.Pair.of(days("2026-03-08", "2026-03-14"), PREVIOUS, now);

        assertThat(pair.now())
                .isEqualTo(new Stretch(days("2026-03-08", "2026-03-10"), Examples.span("2026-03-08T00:00", "2026-03-10T06:00")));
        assertThat(pair.before())
                .hasValue(new Stretch(days("2026-03-01", "2026-03-03"), Examples.span("2026-03-01T00:00", "2026-03-03T06:00")));
    }

    @Example
    void comparesDaysThatAreOverAsAWhole() {
        var pair = Stretch.Pair.of(days("2026-03-01", "2026-03-08"), YEAR, LATER);

        assertThat(pair.now()).isEqualTo(Stretch.whole(days("2026-03-01", "2026-03-08"), MIDNIGHT));
        assertThat(pair.before()).hasValue(Stretch.whole(days("2025-03-02", "2025-03-09"), MIDNIGHT));
    }

    @Example
    void comparesDaysThatAreYetToComeWithNothing() {
        var now = new Present(LocalDateTime.parse("2026-03-10T06:00"), MIDNIGHT);

        assertThat(Stretch.Pair.of(days("2026-03-11", "2026-03-12"), PREVIOUS, now).before()).isEmpty();
    }

    @Example
    void isOfWholeDaysWhereNothingIsCompared() {
        var now = new Present(LocalDateTime.parse("2026-03-10T06:00"), MIDNIGHT);

        var pair = Stretch.Pair.of(days("2026-03-10", "2026-03-10"), NONE, now);

        assertThat(pair).isEqualTo(new Stretch.Pair(Stretch.whole(days("2026-03-10", "2026-03-10"), MIDNIGHT), Optional.empty()));
    }

    @Property
    void comparesStretchesOfOneLength(@ForAll Comparison comparison, @ForAll Days days, @ForAll Present present) {
        Assume.that(comparison != NONE);
        var pair = Stretch.Pair.of(days, comparison, present);

        assertThat(pair.before().isPresent()).isEqualTo(present.hasBegun(days));
        assertThat(pair.before().stream()).allSatisfy(before -> {
            assertThat(before.span().length()).isEqualTo(pair.now().span().length());
            assertThat(before.days().count()).isEqualTo(pair.now().days().count());
            assertThat(before.span().from()).isEqualTo(present.dayStart().spanOf(before.days()).from());
        });
    }

    @Property
    void countsTheTokensOfItsStretch(
            @ForAll Comparison comparison, @ForAll Days days, @ForAll List<Token> tokens, @ForAll Present present) {
        var stretch = Stretch.Pair.of(days, comparison, present).now();
        var tallies = HourTally.of(tokens, present.dayStart()).stream().filter(tally -> stretch.days().contains(tally.day())).toList();

        var summary = Summary.from(
                stretch.days(), stretch.counted(tallies, present.dayStart(), span -> Usage.of(tokens, span)), 0, 0);

        assertThat(summary.usage()).isEqualTo(Usage.of(tokens, stretch.span()));
        assertThat(summary.busiestDay().map(Peak::used).orElse(0L)).isLessThanOrEqualTo(summary.usage().used());
        assertThat(summary.busiestDay().stream()).allSatisfy(peak -> assertThat(stretch.days().contains(peak.when())).isTrue());
    }

    private static Days days(String first, String last) {
        return new Days(LocalDate.parse(first), LocalDate.parse(last));
    }
}
