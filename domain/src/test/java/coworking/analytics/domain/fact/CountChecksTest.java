package coworking.analytics.domain.fact;

import static coworking.analytics.domain.ExampleFacts.DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class CountChecksTest {

    @Test
    void mayHaveAnyPartOfTheIssuedTokensUsed() {
        assertThat(new DayCounts(DAY, 2, 0).used()).isZero();
        assertThat(new DayCounts(DAY, 2, 2).used()).isEqualTo(2);
        assertThat(new UserCounts(1, Optional.empty(), 2, 0).used()).isZero();
        assertThat(new UserCounts(1, Optional.empty(), 2, 2).used()).isEqualTo(2);
    }

    @Test
    void doNotExistWithoutAToken() {
        assertUnsound(0, 0);
        assertUnsound(-1, 0);
    }

    @Test
    void haveNoMoreTokensUsedThanIssued() {
        assertUnsound(1, 2);
    }

    @Test
    void haveNoFewerThanNoTokensUsed() {
        assertUnsound(1, -1);
    }

    private static void assertUnsound(long issued, long used) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DayCounts(DAY, issued, used))
                .withMessageContainingAll("issued is " + issued, "used is " + used);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UserCounts(1, Optional.empty(), issued, used))
                .withMessageContainingAll("issued is " + issued, "used is " + used);
    }
}
