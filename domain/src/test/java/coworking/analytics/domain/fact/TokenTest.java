package coworking.analytics.domain.fact;

import static coworking.analytics.domain.ExampleFacts.DAY;
import static coworking.analytics.domain.ExampleFacts.NEXT_DAY;
import static coworking.analytics.domain.ExampleFacts.unused;
import static coworking.analytics.domain.ExampleFacts.used;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TokenTest {

    @Test
    void isUsedOnceItHasATimeOfUse() {
        assertThat(unused(1, DAY).isUsed()).isFalse();
        assertThat(used(1, DAY).isUsed()).isTrue();
    }

    @Test
    void isUsedEvenWhereItWasUsedBeforeItWasCreated() {
        assertThat(used(1, NEXT_DAY, DAY).isUsed()).isTrue();
    }

    @Test
    void countsForTheDayOfItsCreationWheneverItWasUsed() {
        assertThat(used(1, DAY, NEXT_DAY).day()).isEqualTo(DAY);
        assertThat(used(1, NEXT_DAY, DAY).day()).isEqualTo(NEXT_DAY);
    }

    @Test
    void countsForTheDayThatEndsAfterItNotForTheOneThatBegins() {
        assertThat(created("2024-05-06T23:59:59.999999").day()).isEqualTo("2024-05-06");
        assertThat(created("2024-05-07T00:00:00").day()).isEqualTo("2024-05-07");
    }

    private static Token created(String createdAt) {
        return new Token(1, LocalDateTime.parse(createdAt), Optional.empty());
    }
}
