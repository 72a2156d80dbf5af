package coworking.analytics.domain;

import static coworking.analytics.domain.Examples.span;
import static coworking.analytics.domain.Examples.unused;
import static coworking.analytics.domain.Examples.visit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class UsageTest {

    private static final List<Token> TOKENS = List.of(
            visit(1, "2024-05-06T12:00:00"), unused(1, "2024-05-06T12:30:00"), visit(1, "2024-05-06T12:59:59.999999"));

    @Test
    void countsTokensFromTheFirstMomentOfASpanToTheLastBeforeItsEnd() {
        assertThat(Usage.of(TOKENS, span("2024-05-06T12:00:00", "2024-05-06T13:00:00"))).isEqualTo(new Usage(3, 2));
        assertThat(Usage.of(TOKENS, span("2024-05-06T12:00:00.000001", "2024-05-06T12:59:59.999999"))).isEqualTo(new Usage(1, 0));
    }

    @Test
    void isNoneInASpanWithoutLength() {
        assertThat(Usage.of(TOKENS, span("2024-05-06T12:00:00", "2024-05-06T12:00:00"))).isEqualTo(Usage.NONE);
    }

    @Test
    void isSound() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Usage(1, 2)).withMessageContainingAll("issued is 1", "used is 2");
        assertThatIllegalArgumentException().isThrownBy(() -> new Usage(1, -1)).withMessageContaining("used is -1");
    }
}
