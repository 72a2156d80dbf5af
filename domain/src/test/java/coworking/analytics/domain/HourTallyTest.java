package coworking.analytics.domain;

import static coworking.analytics.domain.Examples.DAY;
import static coworking.analytics.domain.Examples.FOUR;
import static coworking.analytics.domain.Examples.HALF_PAST_FOUR;
import static coworking.analytics.domain.Examples.NEXT_DAY;
import static coworking.analytics.domain.Examples.unused;
import static coworking.analytics.domain.Examples.visit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class HourTallyTest {

    @Test
    void countsIssuedAndUsedTokensOfEachHourOfADay() {
        var tokens = List.of(
                visit(1, "2024-05-07T09:00:00"),
                unused(1, "2024-05-06T23:59:59.999999"),
                visit(2, "2024-05-06T09:59:59.999999"),
                unused(3, "2024-05-06T09:00:00"));

        assertThat(HourTally.of(tokens, DayStart.MIDNIGHT)).containsExactly(
                new HourTally(DAY, 9, 2, 1), new HourTally(DAY, 23, 1, 0), new HourTally(NEXT_DAY, 9, 1, 1));
    }

    @Test
    void countsForTheHourOfCreationEvenWhereTheTokenWasUsedInTheOneBefore() {
        assertThat(HourTally.of(List.of(visit(1, "2024-05-06T12:00:00")), DayStart.MIDNIGHT)).containsExactly(new HourTally(DAY, 12, 1, 1));
    }

    @Test
    void countsTheNightToTheDayBefore() {
        var tokens = List.of(visit(1, "2024-05-07T03:59:00"), visit(1, "2024-05-07T04:00:00"));

        assertThat(HourTally.of(tokens, FOUR)).containsExactly(new HourTally(DAY, 3, 1, 1), new HourTally(NEXT_DAY, 4, 1, 1));
    }

    @Test
    void sharesAnHourInWhichTheDayBeginsBetweenTwoDays() {
        var tokens = List.of(
                visit(1, "2024-05-07T04:29:59.999999"), visit(1, "2024-05-07T04:30:00"), unused(1, "2024-05-08T04:15:00"));

        assertThat(HourTally.of(tokens, HALF_PAST_FOUR)).containsExactly(new HourTally(DAY, 4, 1, 1), new HourTally(NEXT_DAY, 4, 2, 1));
    }

    @Test
    void hasAnHourOfTheClock() {
        assertThatIllegalArgumentException().isThrownBy(() -> new HourTally(DAY, 24, 1, 0)).withMessageContaining("24");
        assertThatIllegalArgumentException().isThrownBy(() -> new HourTally(DAY, -1, 1, 0)).withMessageContaining("-1");
        assertThatIllegalArgumentException().isThrownBy(() -> new HourTally(DAY, 0, 0, 0)).withMessageContaining("issued is 0");
    }
}
