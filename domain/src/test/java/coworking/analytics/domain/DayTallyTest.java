package coworking.analytics.domain;

import static coworking.analytics.domain.Examples.DAY;
import static coworking.analytics.domain.Examples.NEXT_DAY;
import static coworking.analytics.domain.Examples.unused;
import static coworking.analytics.domain.Examples.used;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(Lives.class)
@Domain(DomainContext.Global.class)
class DayTallyTest {

    @Example
    void countIssuedAndUsedTokensOfEachDay() {
        var tokens = List.of(unused(1, NEXT_DAY), used(1, DAY), unused(2, DAY), used(2, DAY, NEXT_DAY));

        assertThat(DayTally.of(tokens)).containsExactly(new DayTally(DAY, 3, 2), new DayTally(NEXT_DAY, 1, 0));
    }

    @Example
    void tallyNothingWhereThereIsNoToken() {
        assertThat(DayTally.of(List.of())).isEmpty();
    }

    @Example
    void areHandedOutInAListThatNobodyCanChange() {
        assertThat(DayTally.of(List.of(used(1, DAY)))).isUnmodifiable();
    }

    @Property
    void addUpToAllTokens(@ForAll List<Token> tokens) {
        var tallies = DayTally.of(tokens);

        assertThat(tallies.stream().mapToLong(DayTally::issued).sum()).isEqualTo(tokens.size());
        assertThat(tallies.stream().mapToLong(DayTally::used).sum()).isEqualTo(tokens.stream().filter(Token::isUsed).count());
    }

    @Property
    void nameEachDayOnceInAscendingOrder(@ForAll List<Token> tokens) {
        assertThat(DayTally.of(tokens)).extracting(DayTally::day).doesNotHaveDuplicates().isSorted();
    }

    @Property
    void doNotDependOnTheOrderOfTokens(@ForAll List<Token> tokens, @ForAll Random random) {
        var shuffled = new ArrayList<>(tokens);
        Collections.shuffle(shuffled, random);

        assertThat(DayTally.of(shuffled)).isEqualTo(DayTally.of(tokens));
    }
}
