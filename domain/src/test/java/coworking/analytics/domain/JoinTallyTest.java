package coworking.analytics.domain;

import static coworking.analytics.domain.Examples.DAY;
import static coworking.analytics.domain.Examples.FOUR;
import static coworking.analytics.domain.Examples.NEXT_DAY;
import static coworking.analytics.domain.Examples.joined;
import static coworking.analytics.domain.Examples.span;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JoinTallyTest {

    private static final List<User> USERS = List.of(
            new User(1, Optional.empty()),
            joined(2, LocalDateTime.parse("2024-05-07T04:00:00")),
            new User(3, new Name("Ada", "Lovelace"), Optional.of(LocalDateTime.parse("2024-05-07T03:59:59.999999")), false),
            joined(4, LocalDateTime.parse("2024-05-07T04:00:00")),
            new User(5, new Name("Alan", "Turing"), Optional.empty(), false));

    @Test
    void haveAnExtentWhereADayIsKnown() {
        var undated = new JoinTally(Optional.empty(), 1, 0);
        var first = new JoinTally(Optional.of(LocalDate.parse("2026-03-01")), 1, 0);
        var last = new JoinTally(Optional.of(LocalDate.parse("2026-03-05")), 0, 1);

        assertThat(JoinTally.extentOf(List.of(first, last, undated)))
                .hasValue(new Days(LocalDate.parse("2026-03-01"), LocalDate.parse("2026-03-05")));
        assertThat(JoinTally.extentOf(List.of(undated))).isEmpty();
    }

    @Test
    void countsActiveAndInactiveUsersOfEachDayAndUndatedOnesAtTheEnd() {
        assertThat(JoinTally.of(USERS, DayStart.MIDNIGHT))
                .containsExactly(new JoinTally(Optional.of(NEXT_DAY), 2, 1), new JoinTally(Optional.empty(), 1, 1));
    }

    @Test
    void countsTheNightToTheDayBefore() {
        assertThat(JoinTally.of(USERS, FOUR)).containsExactly(
                new JoinTally(Optional.of(DAY), 0, 1), new JoinTally(Optional.of(NEXT_DAY), 2, 0), new JoinTally(Optional.empty(), 1, 1));
    }

    @Test
    void talliesNothingWhereThereIsNobody() {
        assertThat(JoinTally.of(List.of(), FOUR)).isEmpty();
    }

    @Test
    void countsWhoJoinedFromTheFirstMomentOfASpanToTheLastBeforeItsEnd() {
        assertThat(JoinTally.joined(USERS, span("2024-05-07T03:59:59.999999", "2024-05-07T04:00:00"))).isEqualTo(1);
        assertThat(JoinTally.joined(USERS, span("2024-05-07T04:00:00", "2024-05-07T04:00:00.000001"))).isEqualTo(2);
        assertThat(JoinTally.joined(USERS, span("2024-05-07T04:00:00.000001", "2025-01-01T00:00:00"))).isZero();
    }

    @Test
    void isOfSomebody() {
        assertThatIllegalArgumentException().isThrownBy(() -> new JoinTally(Optional.of(DAY), 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new JoinTally(Optional.of(DAY), 2, -1)).withMessageContaining("-1");
        assertThatIllegalArgumentException().isThrownBy(() -> new JoinTally(Optional.of(DAY), -1, 2)).withMessageContaining("-1");
    }
}
