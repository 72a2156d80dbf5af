package coworking.analytics.domain;

import static coworking.analytics.domain.Examples.FOUR;
import static coworking.analytics.domain.Examples.HALF_PAST_FOUR;
import static coworking.analytics.domain.Examples.unused;
import static coworking.analytics.domain.Examples.visit;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(Busy.class)
@Domain(DomainContext.Global.class)
class PresentTest {

    private static final LocalDate DAY = LocalDate.parse("2026-03-02");
    private static final Days ONE_DAY = new Days(DAY, DAY);

    @Example
    void tellsWhetherDaysHaveBegunAndAreOver() {
        assertThat(at("2026-03-02T03:59:59.999999").hasBegun(ONE_DAY)).isFalse();
        assertThat(at("2026-03-02T04:00").hasBegun(ONE_DAY)).isTrue();
        assertThat(at("2026-03-03T03:59:59.999999").isOver(ONE_DAY)).isFalse();
        assertThat(at("2026-03-03T04:00").isOver(ONE_DAY)).isTrue();
    }

    @Example
    void cutsTheHourThatRuns() {
        var tokens = List.of(
                visit(1, "2026-03-01T23:00"), visit(1, "2026-03-02T08:00"), visit(2, "2026-03-02T09:29:59.999999"),
                unused(2, "2026-03-02T09:30"), visit(2, "2026-03-02T10:00"), visit(2, "2026-03-03T09:00"));

        assertThat(past(at("2026-03-02T09:30"), tokens)).containsExactly(
                new HourTally(DAY.minusDays(1), 23, 1, 1), new HourTally(DAY, 8, 1, 1), new HourTally(DAY, 9, 1, 1));
    }

    @Example
    void cutsTheHourInWhichTheDayBeganAtItsEndsOnly() {
        var tokens = List.of(visit(1, "2026-03-02T04:30"), visit(1, "2026-03-02T05:00"), visit(1, "2026-03-03T04:00"),
                visit(1, "2026-03-03T04:20"));

        assertThat(past(new Present(LocalDateTime.parse("2026-03-03T04:10"), HALF_PAST_FOUR), tokens))
                .containsExactly(new HourTally(DAY, 4, 2, 2), new HourTally(DAY, 5, 1, 1));
        assertThat(past(new Present(LocalDateTime.parse("2026-03-02T12:00"), HALF_PAST_FOUR), tokens))
                .containsExactly(new HourTally(DAY, 4, 1, 1), new HourTally(DAY, 5, 1, 1));
    }

    @Property
    void leavesOfTalliesThoseOfTheTokensBeforeNow(@ForAll List<Token> tokens, @ForAll Present present) {
        var before = tokens.stream().filter(token -> token.createdAt().isBefore(present.now())).toList();

        assertThat(past(present, tokens)).isEqualTo(HourTally.of(before, present.dayStart()));
    }

    @Property
    void asksForThreePartsOfHoursAtMost(@ForAll List<Token> tokens, @ForAll Present present) {
        var asked = new ArrayList<TimeSpan>();
        present.past(HourTally.of(tokens, present.dayStart()), span -> {
            asked.add(span);
            return Usage.of(tokens, span);
        });

        assertThat(asked).hasSizeLessThanOrEqualTo(3);
        assertThat(asked).allSatisfy(span -> assertThat(span.length().toMinutes()).isLessThan(60));
    }

    private static List<HourTally> past(Present present, List<Token> tokens) {
        return present.past(HourTally.of(tokens, present.dayStart()), span -> Usage.of(tokens, span));
    }

    private static Present at(String now) {
        return new Present(LocalDateTime.parse(now), FOUR);
    }
}
