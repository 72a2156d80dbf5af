package coworking.analytics.domain.fact;

import static coworking.analytics.domain.ExampleFacts.DAY;
import static coworking.analytics.domain.ExampleFacts.FOUR_O_CLOCK;
import static coworking.analytics.domain.ExampleFacts.HALF_PAST_FOUR;
import static coworking.analytics.domain.ExampleFacts.NEXT_DAY;
import static coworking.analytics.domain.ExampleFacts.unused;
import static coworking.analytics.domain.ExampleFacts.usedAtCreation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import coworking.analytics.domain.time.DayStart;
import java.util.List;
import org.junit.jupiter.api.Test;

class HourCountsTest {

    @Test
    void countsIssuedAndUsedTokensOfEachHourOfADay() {
        var tokens = List.of(
                usedAtCreation(1, "2024-05-07T09:00:00"),
                unused(1, "2024-05-06T23:59:59.999999"),
                usedAtCreation(2, "2024-05-06T09:59:59.999999"),
                unused(3, "2024-05-06T09:00:00"));

        assertThat(HourCounts.of(tokens, DayStart.MIDNIGHT)).containsExactly(
                new HourCounts(DAY, 9, 2, 1), new HourCounts(DAY, 23, 1, 0), new HourCounts(NEXT_DAY, 9, 1, 1));
    }

    @Test
    void countsForTheHourOfCreationEvenWhereTheTokenWasUsedInTheOneBefore() {
        assertThat(HourCounts.of(List.of(usedAtCreation(1, "2024-05-06T12:00:00")), DayStart.MIDNIGHT))
                .containsExactly(new HourCounts(DAY, 12, 1, 1));
    }

    @Test
    void countsTheNightToTheDayBefore() {
        var tokens = List.of(usedAtCreation(1, "2024-05-07T03:59:00"), usedAtCreation(1, "2024-05-07T04:00:00"));

        assertThat(HourCounts.of(tokens, FOUR_O_CLOCK)).containsExactly(new HourCounts(DAY, 3, 1, 1), new HourCounts(NEXT_DAY, 4, 1, 1));
    }

    @Test
    void sharesAnHourInWhichTheDayBeginsBetweenTwoDays() {
        var tokens = List.of(
                usedAtCreation(1, "2024-05-07T04:29:59.999999"), usedAtCreation(1, "2024-05-07T04:30:00"),
                unused(1, "2024-05-08T04:15:00"));

        assertThat(HourCounts.of(tokens, HALF_PAST_FOUR)).containsExactly(new HourCounts(DAY, 4, 1, 1), new HourCounts(NEXT_DAY, 4, 2, 1));
    }

    @Test
    void hasAnHourOfTheClock() {
        assertThatIllegalArgumentException().isThrownBy(() -> new HourCounts(DAY, 24, 1, 0)).withMessageContaining("24");
        assertThatIllegalArgumentException().isThrownBy(() -> new HourCounts(DAY, -1, 1, 0)).withMessageContaining("-1");
        assertThatIllegalArgumentException().isThrownBy(() -> new HourCounts(DAY, 0, 0, 0)).withMessageContaining("issued is 0");
    }
}
