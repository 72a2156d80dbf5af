package coworking.analytics.domain.fact;

import static coworking.analytics.domain.ExampleFacts.FOUR_O_CLOCK;
import static coworking.analytics.domain.ExampleFacts.span;
import static coworking.analytics.domain.ExampleFacts.unused;
import static coworking.analytics.domain.ExampleFacts.usedAtCreation;
import static coworking.analytics.domain.time.Interval.MONTH;
import static coworking.analytics.domain.time.Interval.WEEK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import coworking.analytics.domain.time.DayStart;
import coworking.analytics.domain.time.TimeSpan;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class CohortCountsTest {

    private static final TimeSpan YEAR = span("2024-01-01T00:00:00", "2025-01-01T00:00:00");

    @Test
    void countsTheMembersOfACohortOnceInEachPeriodInWhichTheyCame() {
        var tokens = List.of(
                usedAtCreation(1, "2024-05-06T12:00:00"), usedAtCreation(1, "2024-05-12T23:59:00"),
                usedAtCreation(1, "2024-05-20T12:00:00"),
                usedAtCreation(2, "2024-05-08T12:00:00"), usedAtCreation(2, "2024-05-13T00:00:00"),
                usedAtCreation(3, "2024-05-13T12:00:00"));

        assertThat(CohortCounts.of(tokens, DayStart.MIDNIGHT, WEEK, YEAR)).containsExactly(
                tally("2024-05-06", "2024-05-06", 2), tally("2024-05-06", "2024-05-13", 1), tally("2024-05-06", "2024-05-20", 1),
                tally("2024-05-13", "2024-05-13", 1));
    }

    @Test
    void takesTheFirstVisitOfAllEvenWhereItLiesBeforeTheSpan() {
        var tokens = List.of(usedAtCreation(1, "2023-12-31T23:59:59.999999"), usedAtCreation(1, "2024-01-02T12:00:00"),
                usedAtCreation(2, "2024-01-01T00:00:00"));

        assertThat(CohortCounts.of(tokens, DayStart.MIDNIGHT, MONTH, YEAR)).containsExactly(tally("2024-01-01", "2024-01-01", 1));
    }

    @Test
    void followsACohortBeyondTheSpan() {
        var tokens = List.of(usedAtCreation(1, "2024-12-31T12:00:00"), usedAtCreation(1, "2025-03-01T12:00:00"),
                usedAtCreation(2, "2025-01-01T00:00:00"));

        assertThat(CohortCounts.of(tokens, DayStart.MIDNIGHT, MONTH, YEAR))
                .containsExactly(tally("2024-12-01", "2024-12-01", 1), tally("2024-12-01", "2025-03-01", 1));
    }

    @Test
    void takesNoTokenForAVisitThatWasNotUsed() {
        var tokens = List.of(unused(1, "2024-01-01T12:00:00"), usedAtCreation(1, "2024-02-01T12:00:00"), unused(2, "2024-02-01T12:00:00"));

        assertThat(CohortCounts.of(tokens, DayStart.MIDNIGHT, MONTH, YEAR)).containsExactly(tally("2024-02-01", "2024-02-01", 1));
    }

    @Test
    void countsTheNightToTheDayBefore() {
        assertThat(CohortCounts.of(List.of(usedAtCreation(1, "2024-05-13T03:59:00")), FOUR_O_CLOCK, WEEK, YEAR))
                .containsExactly(tally("2024-05-06", "2024-05-06", 1));
    }

    @Test
    void isOfSomebodyWhoCameNotBeforeTheCohort() {
        assertThatIllegalArgumentException().isThrownBy(() -> tally("2024-05-06", "2024-05-06", 0));
        assertThatIllegalArgumentException().isThrownBy(() -> tally("2024-05-06", "2024-05-05", 1));
    }

    private static CohortCounts tally(String cohort, String period, long members) {
        return new CohortCounts(LocalDate.parse(cohort), LocalDate.parse(period), members);
    }
}
