package coworking.analytics.domain;

import static coworking.analytics.domain.Examples.DAY;
import static coworking.analytics.domain.Examples.FOUR;
import static coworking.analytics.domain.Examples.NEXT_DAY;
import static coworking.analytics.domain.Examples.unused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExtentTest {

    @Test
    void reachesFromTheFirstDayWithATokenToTheLast() {
        var tokens = List.of(unused(1, DAY.plusDays(3)), unused(1, DAY), unused(2, NEXT_DAY));

        assertThat(Days.extentOf(tokens, DayStart.MIDNIGHT)).hasValue(new Days(DAY, DAY.plusDays(3)));
    }

    @Test
    void isOneDayWhereThereIsOneToken() {
        assertThat(Days.extentOf(List.of(unused(1, "2024-05-07T00:30:00")), DayStart.MIDNIGHT)).hasValue(new Days(NEXT_DAY, NEXT_DAY));
        assertThat(Days.extentOf(List.of(unused(1, "2024-05-07T00:30:00")), FOUR)).hasValue(new Days(DAY, DAY));
    }

    @Test
    void isEmptyWhereThereIsNoToken() {
        assertThat(Days.extentOf(List.of(), FOUR)).isEmpty();
    }
}
