package coworking.analytics.domain.fact;

import static coworking.analytics.domain.ExampleFacts.DAY;
import static coworking.analytics.domain.ExampleFacts.FOUR_O_CLOCK;
import static coworking.analytics.domain.ExampleFacts.NEXT_DAY;
import static coworking.analytics.domain.ExampleFacts.joined;
import static coworking.analytics.domain.ExampleFacts.span;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import coworking.analytics.domain.time.DateRange;
import coworking.analytics.domain.time.DayStart;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JoinCountsTest {

    private static final List<User> USERS = List.of(
            new User(1, Optional.empty()),
            joined(2, LocalDateTime.parse("2024-05-07T04:00:00")),
            new User(3, new PersonName("Ada", "Lovelace"), Optional.of(LocalDateTime.parse("2024-05-07T03:59:59.999999")), false),
            joined(4, LocalDateTime.parse("2024-05-07T04:00:00")),
            new User(5, new PersonName("Alan", "Turing"), Optional.empty(), false));

    @Test
    void haveAnExtentWhereADayIsKnown() {
        var undated = new JoinCounts(Optional.empty(), 1, 0);
        var first = new JoinCounts(Optional.of(LocalDate.parse("2026-03-01")), 1, 0);
        var last = new JoinCounts(Optional.of(LocalDate.parse("2026-03-05")), 0, 1);

        assertThat(JoinCounts.rangeOf(List.of(first, last, undated)))
                .hasValue(new DateRange(LocalDate.parse("2026-03-01"), LocalDate.parse("2026-03-05")));
        assertThat(JoinCounts.rangeOf(List.of(undated))).isEmpty();
    }

    @Test
    void countsActiveAndInactiveUsersOfEachDayAndUndatedOnesAtTheEnd() {
        assertThat(JoinCounts.of(USERS, DayStart.MIDNIGHT))
                .containsExactly(new JoinCounts(Optional.of(NEXT_DAY), 2, 1), new JoinCounts(Optional.empty(), 1, 1));
    }

    @Test
    void countsTheNightToTheDayBefore() {
        assertThat(JoinCounts.of(USERS, FOUR_O_CLOCK)).containsExactly(
                new JoinCounts(Optional.of(DAY), 0, 1), new JoinCounts(Optional.of(NEXT_DAY), 2, 0),
                new JoinCounts(Optional.empty(), 1, 1));
    }

    @Test
    void talliesNothingWhereThereIsNobody() {
        assertThat(JoinCounts.of(List.of(), FOUR_O_CLOCK)).isEmpty();
    }

    @Test
    void countsWhoJoinedFromTheFirstMomentOfASpanToTheLastBeforeItsEnd() {
        assertThat(JoinCounts.countJoined(USERS, span("2024-05-07T03:59:59.999999", "2024-05-07T04:00:00"))).isEqualTo(1);
        assertThat(JoinCounts.countJoined(USERS, span("2024-05-07T04:00:00", "2024-05-07T04:00:00.000001"))).isEqualTo(2);
        assertThat(JoinCounts.countJoined(USERS, span("2024-05-07T04:00:00.000001", "2025-01-01T00:00:00"))).isZero();
    }

    @Test
    void isOfSomebody() {
        assertThatIllegalArgumentException().isThrownBy(() -> new JoinCounts(Optional.of(DAY), 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new JoinCounts(Optional.of(DAY), 2, -1)).withMessageContaining("-1");
        assertThatIllegalArgumentException().isThrownBy(() -> new JoinCounts(Optional.of(DAY), -1, 2)).withMessageContaining("-1");
    }
}
