package coworking.analytics.application.port.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import coworking.analytics.application.port.in.SpaceAnalytics.DormancyCriteria;
import coworking.analytics.application.port.in.SpaceAnalytics.PageRequest;
import coworking.analytics.application.port.in.SpaceAnalytics.ReportScope;
import coworking.analytics.application.port.in.SpaceAnalytics.RetentionCriteria;
import coworking.analytics.application.port.in.SpaceAnalytics.UserVisitsCriteria;
import coworking.analytics.application.port.in.SpaceAnalytics.UserVisitsCriteria.UserVisitsOrder;
import coworking.analytics.domain.time.DayStart;
import coworking.analytics.domain.time.Interval;
import coworking.analytics.domain.time.RequestedRange.FixedRange;
import coworking.analytics.domain.time.RequestedRange.NamedRange;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Any driving adapter learns what is allowed from the type that it cannot make otherwise. */
class ReportLimitsTest {

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1_001, Integer.MAX_VALUE})
    void aPageHasOneToAThousandRows(int limit) {
        assertThatIllegalArgumentException().isThrownBy(() -> new PageRequest<>(limit, Optional.empty(), false))
                .withMessage("The limit of a page must be from 1 to 1000, but it is " + limit);
        assertThat(new PageRequest<>(1, Optional.empty(), false).limit()).isEqualTo(1);
        assertThat(new PageRequest<>(1_000, Optional.empty(), false).limit()).isEqualTo(1_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 53})
    void aCohortHasOneToFiftyTwoPeriods(int periods) {
        assertThatIllegalArgumentException().isThrownBy(() -> new RetentionCriteria(Interval.WEEK, periods))
                .withMessage("The number of periods must be from 1 to 52, but it is " + periods);
        assertThat(new RetentionCriteria(Interval.MONTH, 1).maxPeriods()).isEqualTo(1);
        assertThat(new RetentionCriteria(Interval.WEEK, 52).maxPeriods()).isEqualTo(52);
    }

    @Test
    void aCohortIsOfAWeekOrAMonth() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RetentionCriteria(Interval.DAY, 12))
                .withMessage("Cohorts are of a WEEK or a MONTH, but the interval is DAY");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NEGATIVE_INFINITY, -1, 0, 100.000001, Double.POSITIVE_INFINITY, Double.NaN})
    void anAbsenceIsComparedWithMoreThanNoneAndAtMostAHundredMedianGaps(double factor) {
        assertThatIllegalArgumentException().isThrownBy(() -> new DormancyCriteria(factor, 3, false))
                .withMessage("The factor must be greater than 0 and at most 100.0, but it is " + factor);
        assertThat(new DormancyCriteria(Double.MIN_VALUE, 3, false).factor()).isPositive();
        assertThat(new DormancyCriteria(100, 3, false).factor()).isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1, 1_001})
    void aRhythmNeedsTwoVisitDaysAndAtMostAThousandAreRequired(int visits) {
        assertThatIllegalArgumentException().isThrownBy(() -> new DormancyCriteria(2, visits, false))
                .withMessage("The least number of visits must be from 2 to 1000, but it is " + visits);
        assertThat(new DormancyCriteria(2, 2, false).minVisits()).isEqualTo(2);
        assertThat(new DormancyCriteria(2, 1_000, false).minVisits()).isEqualTo(1_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0})
    void aReportedUserHasAtLeastOneVisit(long visits) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UserVisitsCriteria(false, Optional.empty(), visits, UserVisitsOrder.ID, false))
                .withMessage("The least number of visits must be from 1 to 9223372036854775807, but it is " + visits);
    }

    @ParameterizedTest
    @CsvSource({"2016-02-28, 2026-03-01", "2016-03-09,", "0001-01-01, 9999-12-31"})
    void aRangeWithAFirstDayHasAtMostTenYears(LocalDate from, LocalDate to) {
        assertThatIllegalArgumentException().isThrownBy(() -> scope(from, to)).withMessageStartingWith(
                "A range may have at most 10 years from its first day to its last, but FixedRange[from=Optional[" + from + "]");
    }

    @ParameterizedTest
    @CsvSource({"2016-03-01, 2026-03-01", "2016-03-10,", ", 2026-03-01", "2026-03-02, 2026-03-01", "9999-12-31,"})
    void aRangeOfTenYearsOrWithoutAFirstDayIsAllowed(LocalDate from, LocalDate to) {
        assertThat(scope(from, to).range()).isInstanceOf(FixedRange.class);
    }

    @Test
    void allTimeHasNoLimit() {
        assertThat(new ReportScope(NamedRange.ALL, DayStart.MIDNIGHT, LocalDateTime.MAX).range()).isEqualTo(NamedRange.ALL);
    }

    /** The day of the call is 2026-03-10, since it begins at four. */
    private static ReportScope scope(LocalDate from, LocalDate to) {
        return new ReportScope(new FixedRange(Optional.ofNullable(from), Optional.ofNullable(to)), new DayStart(LocalTime.of(4, 0)),
                LocalDateTime.parse("2026-03-11T03:59"));
    }
}
