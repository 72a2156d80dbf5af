package coworking.analytics.domain;

import static coworking.analytics.domain.Examples.FOUR;
import static coworking.analytics.domain.Examples.span;
import static coworking.analytics.domain.Examples.unused;
import static coworking.analytics.domain.Examples.visit;
import static coworking.analytics.domain.Interval.MONTH;
import static coworking.analytics.domain.Interval.WEEK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class CohortTallyTest {

    private static final TimeSpan YEAR = span("2024-01-01T00:00:00", "2025-01-01T00:00:00");

    @Test
    void countsTheMembersOfACohortOnceInEachPeriodInWhichTheyCame() {
        var tokens = List.of(
                visit(1, "2024-05-06T12:00:00"), visit(1, "2024-05-12T23:59:00"), visit(1, "2024-05-20T12:00:00"),
                visit(2, "2024-05-08T12:00:00"), visit(2, "2024-05-13T00:00:00"),
                visit(3, "2024-05-13T12:00:00"));

        assertThat(CohortTally.of(tokens, DayStart.MIDNIGHT, WEEK, YEAR)).containsExactly(
                tally("2024-05-06", "2024-05-06", 2), tally("2024-05-06", "2024-05-13", 1), tally("2024-05-06", "2024-05-20", 1),
                tally("2024-05-13", "2024-05-13", 1));
    }

    @Test
    void takesTheFirstVisitOfAllEvenWhereItLiesBeforeTheSpan() {
        var tokens = List.of(visit(1, "2023-12-31T23:59:59.999999"), visit(1, "2024-01-02T12:00:00"), visit(2, "2024-01-01T00:00:00"));

        assertThat(CohortTally.of(tokens, DayStart.MIDNIGHT, MONTH, YEAR)).containsExactly(tally("2024-01-01", "2024-01-01", 1));
    }

    @Test
    void followsACohortBeyondTheSpan() {
        var tokens = List.of(visit(1, "2024-12-31T12:00:00"), visit(1, "2025-03-01T12:00:00"), visit(2, "2025-01-01T00:00:00"));

        assertThat(CohortTally.of(tokens, DayStart.MIDNIGHT, MONTH, YEAR))
                .containsExactly(tally("2024-12-01", "2024-12-01", 1), tally("2024-12-01", "2025-03-01", 1));
    }

    @Test
    void takesNoTokenForAVisitThatWasNotUsed() {
        var tokens = List.of(unused(1, "2024-01-01T12:00:00"), visit(1, "2024-02-01T12:00:00"), unused(2, "2024-02-01T12:00:00"));

        assertThat(CohortTally.of(tokens, DayStart.MIDNIGHT, MONTH, YEAR)).containsExactly(tally("2024-02-01", "2024-02-01", 1));
    }

    @Test
    void countsTheNightToTheDayBefore() {
        assertThat(CohortTally.of(List.of(visit(1, "2024-05-13T03:59:00")), FOUR, WEEK, YEAR))
                .containsExactly(tally("2024-05-06", "2024-05-06", 1));
    }

    @Test
    void isOfSomebodyWhoCameNotBeforeTheCohort() {
        assertThatIllegalArgumentException().isThrownBy(() -> tally("2024-05-06", "2024-05-06", 0));
        assertThatIllegalArgumentException().isThrownBy(() -> tally("2024-05-06", "2024-05-05", 1));
    }

    private static CohortTally tally(String cohort, String period, long members) {
        return new CohortTally(LocalDate.parse(cohort), LocalDate.parse(period), members);
    }
}
