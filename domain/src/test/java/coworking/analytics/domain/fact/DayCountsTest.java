package coworking.analytics.domain.fact;

import static coworking.analytics.domain.ExampleFacts.DAY;
import static coworking.analytics.domain.ExampleFacts.NEXT_DAY;
import static coworking.analytics.domain.ExampleFacts.unused;
import static coworking.analytics.domain.ExampleFacts.used;
import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.domain.ArbitraryHistoryDomain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(ArbitraryHistoryDomain.class)
@Domain(DomainContext.Global.class)
class DayCountsTest {

    @Example
    void countIssuedAndUsedTokensOfEachDay() {
        var tokens = List.of(unused(1, NEXT_DAY), used(1, DAY), unused(2, DAY), used(2, DAY, NEXT_DAY));

        assertThat(DayCounts.of(tokens)).containsExactly(new DayCounts(DAY, 3, 2), new DayCounts(NEXT_DAY, 1, 0));
    }

    @Example
    void tallyNothingWhereThereIsNoToken() {
        assertThat(DayCounts.of(List.of())).isEmpty();
    }

    @Example
    void areHandedOutInAListThatNobodyCanChange() {
        assertThat(DayCounts.of(List.of(used(1, DAY)))).isUnmodifiable();
    }

    @Property
    void addUpToAllTokens(@ForAll List<Token> tokens) {
        var tallies = DayCounts.of(tokens);

        assertThat(tallies.stream().mapToLong(DayCounts::issued).sum()).isEqualTo(tokens.size());
        assertThat(tallies.stream().mapToLong(DayCounts::used).sum()).isEqualTo(tokens.stream().filter(Token::isUsed).count());
    }

    @Property
    void nameEachDayOnceInAscendingOrder(@ForAll List<Token> tokens) {
        assertThat(DayCounts.of(tokens)).extracting(DayCounts::day).doesNotHaveDuplicates().isSorted();
    }

    @Property
    void doNotDependOnTheOrderOfTokens(@ForAll List<Token> tokens, @ForAll Random random) {
        var shuffled = new ArrayList<>(tokens);
        Collections.shuffle(shuffled, random);

        assertThat(DayCounts.of(shuffled)).isEqualTo(DayCounts.of(tokens));
    }
}
