package coworking.analytics.domain.fact;

import static coworking.analytics.domain.time.SpaceClock.UTC_ONLY;
import static coworking.analytics.domain.ExampleFacts.DAY;
import static coworking.analytics.domain.ExampleFacts.FOUR_O_CLOCK;
import static coworking.analytics.domain.ExampleFacts.NEXT_DAY;
import static coworking.analytics.domain.ExampleFacts.NOON;
import static coworking.analytics.domain.ExampleFacts.joined;
import static coworking.analytics.domain.ExampleFacts.unused;
import static coworking.analytics.domain.ExampleFacts.usedAtCreation;
import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.domain.time.DayStart;
import java.util.List;
import org.junit.jupiter.api.Test;

class VisitDaysTest {

    private static final int DAY_NUMBER = (int) DAY.toEpochDay();
    private static final User KNOWN = joined(10, NOON);

    @Test
    void nameEachDayWithAUsedTokenOnceInAscendingOrder() {
        var tokens = List.of(
                usedAtCreation(10, "2024-05-08T09:00:00"),
                usedAtCreation(10, "2024-05-06T09:00:00"),
                usedAtCreation(9, "2024-05-06T09:00:00"),
                usedAtCreation(10, "2024-05-06T18:00:00"),
                unused(10, NEXT_DAY),
                unused(8, DAY));

        assertThat(VisitDays.of(List.of(KNOWN, joined(1, NOON)), tokens, DayStart.MIDNIGHT, UTC_ONLY)).containsExactly(
                new VisitDays(Member.unknown(9), List.of(DAY_NUMBER)),
                new VisitDays(Member.of(KNOWN, UTC_ONLY), List.of(DAY_NUMBER, DAY_NUMBER + 2)));
    }

    @Test
    void countTheNightToTheDayBefore() {
        var tokens = List.of(usedAtCreation(9, "2024-05-07T03:59:59"), usedAtCreation(9, "2024-05-06T09:00:00"));

        assertThat(VisitDays.of(List.of(), tokens, FOUR_O_CLOCK, UTC_ONLY))
                .containsExactly(new VisitDays(Member.unknown(9), List.of(DAY_NUMBER)));
    }

    @Test
    void countFrom1970Backwards() {
        assertThat(VisitDays.of(List.of(), List.of(usedAtCreation(9, "1969-12-31T12:00:00")), DayStart.MIDNIGHT, UTC_ONLY))
                .containsExactly(new VisitDays(Member.unknown(9), List.of(-1)));
    }
}
