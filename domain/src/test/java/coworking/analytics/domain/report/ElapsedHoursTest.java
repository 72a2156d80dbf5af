package coworking.analytics.domain.report;

import static coworking.analytics.domain.ExampleFacts.FOUR_O_CLOCK;
import static coworking.analytics.domain.ExampleFacts.HALF_PAST_FOUR;
import static coworking.analytics.domain.ExampleFacts.unused;
import static coworking.analytics.domain.ExampleFacts.usedAtCreation;
import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.domain.HalfYearDomain;
import coworking.analytics.domain.fact.HourCounts;
import coworking.analytics.domain.fact.Token;
import coworking.analytics.domain.fact.TokenCounts;
import coworking.analytics.domain.time.AsOf;
import coworking.analytics.domain.time.TimeSpan;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(HalfYearDomain.class)
@Domain(DomainContext.Global.class)
class ElapsedHoursTest {

    private static final LocalDate DAY = LocalDate.parse("2026-03-02");

    @Example
    void cutsTheHourThatRuns() {
        var tokens = List.of(
                usedAtCreation(1, "2026-03-01T23:00"), usedAtCreation(1, "2026-03-02T08:00"),
                usedAtCreation(2, "2026-03-02T09:29:59.999999"),
                unused(2, "2026-03-02T09:30"), usedAtCreation(2, "2026-03-02T10:00"), usedAtCreation(2, "2026-03-03T09:00"));

        assertThat(elapsed(at("2026-03-02T09:30"), tokens)).containsExactly(
                new HourCounts(DAY.minusDays(1), 23, 1, 1), new HourCounts(DAY, 8, 1, 1), new HourCounts(DAY, 9, 1, 1));
    }

    @Example
    void cutsTheHourInWhichTheDayBeganAtItsEndsOnly() {
        var tokens = List.of(usedAtCreation(1, "2026-03-02T04:30"), usedAtCreation(1, "2026-03-02T05:00"),
                usedAtCreation(1, "2026-03-03T04:00"),
                usedAtCreation(1, "2026-03-03T04:20"));

        assertThat(elapsed(new AsOf(LocalDateTime.parse("2026-03-03T04:10"), HALF_PAST_FOUR), tokens))
                .containsExactly(new HourCounts(DAY, 4, 2, 2), new HourCounts(DAY, 5, 1, 1));
        assertThat(elapsed(new AsOf(LocalDateTime.parse("2026-03-02T12:00"), HALF_PAST_FOUR), tokens))
                .containsExactly(new HourCounts(DAY, 4, 1, 1), new HourCounts(DAY, 5, 1, 1));
    }

    @Property
    void leavesOfTalliesThoseOfTheTokensBeforeNow(@ForAll List<Token> tokens, @ForAll AsOf asOf) {
        var before = tokens.stream().filter(token -> token.createdAt().isBefore(asOf.now())).toList();

        assertThat(elapsed(asOf, tokens)).isEqualTo(HourCounts.of(before, asOf.dayStart()));
    }

    @Property
    void asksForThreePartsOfHoursAtMost(@ForAll List<Token> tokens, @ForAll AsOf asOf) {
        var asked = new ArrayList<TimeSpan>();
        elapsedBefore(asOf).limit(HourCounts.of(tokens, asOf.dayStart()), span -> {
            asked.add(span);
            return TokenCounts.of(tokens, span);
        });

        assertThat(asked).hasSizeLessThanOrEqualTo(3);
        assertThat(asked).allSatisfy(span -> assertThat(span.length().toMinutes()).isLessThan(60));
    }

    private static List<HourCounts> elapsed(AsOf asOf, List<Token> tokens) {
        return elapsedBefore(asOf).limit(HourCounts.of(tokens, asOf.dayStart()), span -> TokenCounts.of(tokens, span));
    }

    private static ElapsedHours elapsedBefore(AsOf asOf) {
        return new ElapsedHours(new TimeSpan(LocalDateTime.MIN, asOf.now()), asOf.dayStart(), asOf.clock());
    }

    private static AsOf at(String now) {
        return new AsOf(LocalDateTime.parse(now), FOUR_O_CLOCK);
    }
}
