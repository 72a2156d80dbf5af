package coworking.analytics.domain;

import static coworking.analytics.domain.DayStart.MIDNIGHT;
import static coworking.analytics.domain.Examples.HALF_PAST_FOUR;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WarningsTest {

    private static final LocalDate TODAY = LocalDate.parse("2026-03-10");
    private static final Days LAST_WEEK = new Days(LocalDate.parse("2026-03-02"), LocalDate.parse("2026-03-08"));
    private static final Days ALWAYS = new Days(LocalDate.parse("0001-01-01"), LocalDate.parse("9999-12-31"));
    private static final Present NOW = new Present(LocalDateTime.parse("2026-03-10T12:00"), MIDNIGHT);

    @Test
    void areNoneWhereNothingIsToBeMistaken() {
        assertThat(Warnings.ofDays(Optional.of(LAST_WEEK), TODAY)).isEmpty();
        assertThat(Warnings.ofDays(Optional.of(new Days(TODAY, TODAY)), TODAY)).isEmpty();
        assertThat(Warnings.ofSeries(LAST_WEEK, Interval.DAY, Fill.ZERO, Comparison.PREVIOUS)).isEmpty();
        assertThat(Warnings.ofSummary(LAST_WEEK, Comparison.PREVIOUS)).isEmpty();
        assertThat(Warnings.ofArrivals(LAST_WEEK, true, NOW)).isEmpty();
        assertThat(Warnings.ofMembership(Optional.of(LAST_WEEK), new Membership(Interval.DAY, 1, 1, 0, List.of()))).isEmpty();
        assertThat(Warnings.ofRetention(LAST_WEEK, Interval.WEEK)).isEmpty();
        assertThat(Warnings.ofDormancy(new Days(TODAY, TODAY), TODAY, TODAY)).isEmpty();
    }

    @Test
    void sayThatThereAreNoDaysOrThatTheyAreYetToCome() {
        assertThat(Warnings.ofDays(Optional.empty(), TODAY)).singleElement().asString().contains("no days");
        assertThat(Warnings.ofDays(Optional.of(ALWAYS), TODAY)).singleElement().asString().contains("9999-12-31", "2026-03-10");
    }

    @Test
    void sayThatLongSeriesAreNotFilled() {
        assertThat(Warnings.ofSeries(ALWAYS, Interval.DAY, Fill.ZERO, Comparison.NONE)).singleElement().asString().contains("ten years");
        assertThat(Warnings.ofSeries(ALWAYS, Interval.DAY, Fill.NONE, Comparison.NONE)).isEmpty();
        assertThat(Warnings.ofMembership(Optional.of(ALWAYS), new Membership(Interval.DAY, 0, 0, 0, List.of()))).hasSize(1);
    }

    @Test
    void sayWhatAComparisonComparesWith() {
        assertThat(Warnings.ofSeries(LAST_WEEK, Interval.MONTH, Fill.ZERO, Comparison.YEAR)).singleElement().asString()
                .contains("whole months");
        assertThat(Warnings.ofSeries(LAST_WEEK, Interval.WEEK, Fill.ZERO, Comparison.YEAR)).singleElement().asString().contains("364 days");
        assertThat(Warnings.ofSummary(LAST_WEEK, Comparison.YEAR)).singleElement().asString().contains("364 days");
    }

    @Test
    void sayWhichDaysAComparisonLeavesOut() {
        var october = new Days(LocalDate.parse("2026-10-01"), LocalDate.parse("2026-10-31"));

        assertThat(Warnings.ofSummary(october, Comparison.PREVIOUS)).singleElement().asString().contains("35 days before",
                "4 are in neither");
        assertThat(Warnings.ofSummary(new Days(LAST_WEEK.first(), LAST_WEEK.last().plusDays(14)), Comparison.PREVIOUS)).isEmpty();
        assertThat(Warnings.ofSummary(new Days(LAST_WEEK.first(), LAST_WEEK.last().plusDays(13)), Comparison.PREVIOUS))
                .singleElement().asString().contains(" 1 is in neither");
        assertThat(Warnings.ofSeries(october, Interval.DAY, Fill.ZERO, Comparison.PREVIOUS))
                .isEqualTo(Warnings.ofSummary(october, Comparison.PREVIOUS));
        assertThat(Warnings.ofSeries(october, Interval.MONTH, Fill.ZERO, Comparison.PREVIOUS)).singleElement().asString()
                .contains("whole months");
        assertThat(Warnings.ofSummary(new Days(TODAY, TODAY), Comparison.PREVIOUS)).isEmpty();
    }

    @Test
    void sayThatAnAverageCountsDaysThatAreNotOverAndWhichHoursAreHalves() {
        var running = new Days(LAST_WEEK.first(), TODAY);

        assertThat(Warnings.ofArrivals(running, true, NOW)).singleElement().asString().contains("average");
        assertThat(Warnings.ofArrivals(running, false, NOW)).isEmpty();
        assertThat(Warnings.ofArrivals(LAST_WEEK, false, new Present(NOW.now(), HALF_PAST_FOUR))).singleElement().asString()
                .contains("04:30");
    }

    @Test
    void sayWhoIsInNoIntervalAndWhichCohortsAreMeant() {
        assertThat(Warnings.ofMembership(Optional.of(LAST_WEEK), new Membership(Interval.DAY, 3, 1, 2, List.of())))
                .singleElement().asString().contains("2 users");
        assertThat(Warnings.ofRetention(LAST_WEEK, Interval.MONTH)).singleElement().asString().contains("2026-03-01 to 2026-03-31");
    }

    @Test
    void sayThatLaterVisitsWereNotLookedAt() {
        assertThat(Warnings.ofDormancy(LAST_WEEK, LAST_WEEK.last(), TODAY)).singleElement().asString().contains("after 2026-03-08");
    }

    @Test
    void sayThatAbsencesLastLongerThanTheDaysOfTheTokens() {
        assertThat(Warnings.ofDormancy(LAST_WEEK, TODAY, TODAY)).singleElement().asString()
                .isEqualTo("The last token is of 2026-03-08, but absences last until today, 2026-03-10.");
    }

    @Test
    void areWholeSentences() {
        assertThat(List.of(
                Warnings.ofDays(Optional.empty(), TODAY), Warnings.ofDays(Optional.of(ALWAYS), TODAY),
                Warnings.ofSeries(ALWAYS, Interval.MONTH, Fill.ZERO, Comparison.YEAR), Warnings.ofSummary(LAST_WEEK, Comparison.YEAR),
                Warnings.ofArrivals(ALWAYS, true, new Present(NOW.now(), HALF_PAST_FOUR)),
                Warnings.ofRetention(LAST_WEEK, Interval.MONTH), Warnings.ofDormancy(LAST_WEEK, LAST_WEEK.last(), TODAY)))
                .allSatisfy(warnings -> assertThat(warnings).isNotEmpty().allMatch(sentence -> sentence.matches("[A-Z].*\\.")));
    }
}
