package coworking.analytics.domain.fact;

import static coworking.analytics.domain.ExampleFacts.span;
import static coworking.analytics.domain.ExampleFacts.unused;
import static coworking.analytics.domain.ExampleFacts.usedAtCreation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class TokenCountsTest {

    private static final List<Token> TOKENS = List.of(
            usedAtCreation(1, "2024-05-06T12:00:00"), unused(1, "2024-05-06T12:30:00"), usedAtCreation(1, "2024-05-06T12:59:59.999999"));

    @Test
    void countsTokensFromTheFirstMomentOfASpanToTheLastBeforeItsEnd() {
        assertThat(TokenCounts.of(TOKENS, span("2024-05-06T12:00:00", "2024-05-06T13:00:00"))).isEqualTo(new TokenCounts(3, 2));
        assertThat(TokenCounts.of(TOKENS, span("2024-05-06T12:00:00.000001", "2024-05-06T12:59:59.999999")))
                .isEqualTo(new TokenCounts(1, 0));
    }

    @Test
    void isNoneInASpanWithoutLength() {
        assertThat(TokenCounts.of(TOKENS, span("2024-05-06T12:00:00", "2024-05-06T12:00:00"))).isEqualTo(TokenCounts.ZERO);
    }

    @Test
    void isSound() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TokenCounts(1, 2)).withMessageContainingAll("issued is 1", "used is 2");
        assertThatIllegalArgumentException().isThrownBy(() -> new TokenCounts(1, -1)).withMessageContaining("used is -1");
    }
}
