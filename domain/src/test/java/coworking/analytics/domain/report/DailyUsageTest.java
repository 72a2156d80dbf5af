package coworking.analytics.domain.report;

import static coworking.analytics.domain.ExampleFacts.DAY;
import static coworking.analytics.domain.ExampleFacts.NEXT_DAY;
import static coworking.analytics.domain.ExampleFacts.unused;
import static coworking.analytics.domain.ExampleFacts.used;
import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.domain.ArbitraryHistoryDomain;
import coworking.analytics.domain.fact.Token;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(ArbitraryHistoryDomain.class)
@Domain(DomainContext.Global.class)
class DailyUsageTest {

    @Example
    void countsUsedTokensForTheDayOfTheirCreation() {
        var tokens = List.of(used(1, NEXT_DAY), used(1, DAY, NEXT_DAY), used(2, DAY), unused(2, DAY));

        assertThat(DailyUsage.of(tokens).visits()).containsExactly(Map.entry(DAY, 2L), Map.entry(NEXT_DAY, 1L));
    }

    @Example
    void leavesOutDaysOnWhichNoTokenWasUsed() {
        assertThat(DailyUsage.of(List.of(unused(1, DAY), used(1, NEXT_DAY))).visits()).containsOnlyKeys(NEXT_DAY);
    }

    @Example
    void isEmptyWithoutTokens() {
        assertThat(DailyUsage.of(List.of()).visits()).isEmpty();
        assertThat(DailyUsage.of(List.of()).total()).isZero();
    }

    @Example
    void isNotChangedByWhoeverMadeItOrHoldsIt() {
        var visits = new TreeMap<>(Map.of(DAY, 1L));
        var usage = new DailyUsage(visits);
        visits.clear();

        assertThat(usage.visits()).containsOnlyKeys(DAY).isUnmodifiable();
    }

    @Example
    void keepsItsNewestDays() {
        var usage = new DailyUsage(new TreeMap<>(Map.of(DAY, 1L, NEXT_DAY, 2L, NEXT_DAY.plusYears(1), 3L)));

        assertThat(usage.newest(2).visits()).containsExactly(Map.entry(NEXT_DAY, 2L), Map.entry(NEXT_DAY.plusYears(1), 3L));
    }

    @Property
    void equalsACountOfEachTokenByItself(@ForAll List<Token> tokens) {
        var counted = new TreeMap<LocalDate, Long>();
        for (var token : tokens) {
            if (token.usedAt().isPresent()) {
                counted.merge(LocalDate.from(token.createdAt()), 1L, Long::sum);
            }
        }

        assertThat(DailyUsage.of(tokens).visits()).isEqualTo(counted);
    }

    @Property
    void hasAsManyVisitsAsThereAreUsedTokens(@ForAll List<Token> tokens) {
        assertThat(DailyUsage.of(tokens).total()).isEqualTo(tokens.stream().filter(Token::isUsed).count());
    }

    @Property
    void isCutToTheEndOfItself(@ForAll List<Token> tokens, @ForAll @IntRange(min = 1, max = 8) int days) {
        var whole = List.copyOf(DailyUsage.of(tokens).visits().entrySet());
        var newest = List.copyOf(DailyUsage.of(tokens).newest(days).visits().entrySet());

        assertThat(newest).hasSize(Math.min(days, whole.size())).isEqualTo(whole.subList(whole.size() - newest.size(), whole.size()));
    }
}
