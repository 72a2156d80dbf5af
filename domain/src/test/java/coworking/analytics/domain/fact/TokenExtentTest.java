package coworking.analytics.domain.fact;

import static coworking.analytics.domain.ExampleFacts.DAY;
import static coworking.analytics.domain.ExampleFacts.FOUR_O_CLOCK;
import static coworking.analytics.domain.ExampleFacts.NEXT_DAY;
import static coworking.analytics.domain.ExampleFacts.unused;
import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.domain.time.DateRange;
import coworking.analytics.domain.time.DayStart;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenExtentTest {

    @Test
    void reachesFromTheFirstDayWithATokenToTheLast() {
        var tokens = List.of(unused(1, DAY.plusDays(3)), unused(1, DAY), unused(2, NEXT_DAY));

        assertThat(Token.extentOf(tokens, DayStart.MIDNIGHT)).hasValue(new DateRange(DAY, DAY.plusDays(3)));
    }

    @Test
    void isOneDayWhereThereIsOneToken() {
        assertThat(Token.extentOf(List.of(unused(1, "2024-05-07T00:30:00")), DayStart.MIDNIGHT))
                .hasValue(new DateRange(NEXT_DAY, NEXT_DAY));
        assertThat(Token.extentOf(List.of(unused(1, "2024-05-07T00:30:00")), FOUR_O_CLOCK)).hasValue(new DateRange(DAY, DAY));
    }

    @Test
    void isEmptyWhereThereIsNoToken() {
        assertThat(Token.extentOf(List.of(), FOUR_O_CLOCK)).isEmpty();
    }
}
