package coworking.analytics.domain.report;

import static coworking.analytics.domain.ExampleFacts.DAY;
import static coworking.analytics.domain.ExampleFacts.NOON;
import static coworking.analytics.domain.ExampleFacts.joined;
import static coworking.analytics.domain.ExampleFacts.unused;
import static coworking.analytics.domain.ExampleFacts.used;
import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.domain.ArbitraryHistoryDomain;
import coworking.analytics.domain.fact.Token;
import coworking.analytics.domain.fact.User;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

@Domain(ArbitraryHistoryDomain.class)
class UserVisitsTest {

    @Example
    void countAllTokensOfAUserUsedOrNot() {
        var visits = UserVisits.of(List.of(joined(1, NOON)), List.of(used(1, DAY), unused(1, DAY), unused(2, DAY)));

        assertThat(visits).containsExactly(new UserVisitCount(1, Optional.of(NOON), 2), new UserVisitCount(2, Optional.empty(), 1));
    }

    @Example
    void canBeReadAgain() {
        var visits = UserVisits.of(List.of(), List.of(unused(1, DAY)));

        assertThat(visits.iterator().next()).isEqualTo(visits.iterator().next());
    }

    @Property
    void equalACountOfEachUserByItself(@ForAll List<User> users, @ForAll List<Token> tokens) {
        assertThat(UserVisits.of(users, tokens)).allSatisfy(visit -> {
            assertThat(visit.visits()).isEqualTo(tokens.stream().filter(token -> token.userId() == visit.userId()).count());
            assertThat(visit.joinedAt())
                    .isEqualTo(users.stream().filter(user -> user.id() == visit.userId()).findAny().flatMap(User::joinedAt));
        });
    }
}
