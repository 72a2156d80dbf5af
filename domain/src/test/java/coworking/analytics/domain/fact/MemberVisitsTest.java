package coworking.analytics.domain.fact;

import static coworking.analytics.domain.time.SpaceClock.UTC_ONLY;
import static coworking.analytics.domain.ExampleFacts.DAY;
import static coworking.analytics.domain.ExampleFacts.NOON;
import static coworking.analytics.domain.ExampleFacts.joined;
import static coworking.analytics.domain.ExampleFacts.unused;
import static coworking.analytics.domain.ExampleFacts.used;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class MemberVisitsTest {

    private static final User KNOWN = joined(10, NOON);

    @Test
    void countIssuedAndUsedTokensOfEachMemberKnownOrNot() {
        var tokens = List.of(used(10, DAY), unused(9, DAY), unused(10, DAY));

        assertThat(MemberVisits.of(List.of(KNOWN, joined(1, NOON)), tokens, UTC_ONLY))
                .containsExactly(new MemberVisits(Member.unknown(9), 1, 0), new MemberVisits(Member.of(KNOWN, UTC_ONLY), 2, 1));
    }

    @Test
    void areSound() {
        assertThatIllegalArgumentException().isThrownBy(() -> new MemberVisits(Member.unknown(9), 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new MemberVisits(Member.unknown(9), 1, 2));
    }
}
