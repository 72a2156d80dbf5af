package coworking.analytics.domain.report;

import static coworking.analytics.domain.ExampleFacts.HALF_PAST_FOUR;
import static coworking.analytics.domain.time.DayStart.MIDNIGHT;
import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.domain.time.AsOf;
import coworking.analytics.domain.time.DateRange;
import coworking.analytics.domain.time.Interval;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportNotesTest {

    private static final LocalDate TODAY = LocalDate.parse("2026-03-10");
    private static final DateRange LAST_WEEK = new DateRange(LocalDate.parse("2026-03-02"), LocalDate.parse("2026-03-08"));
    private static final DateRange ALWAYS = new DateRange(LocalDate.parse("0001-01-01"), LocalDate.parse("9999-12-31"));
    private static final AsOf NOW = new AsOf(LocalDateTime.parse("2026-03-10T12:00"), MIDNIGHT);

    @Test
    void areNoneWhereNothingIsToBeMistaken() {
        assertThat(ReportNotes.forRange(Optional.of(LAST_WEEK), TODAY)).isEmpty();
        assertThat(ReportNotes.forRange(Optional.of(new DateRange(TODAY, TODAY)), TODAY)).isEmpty();
        assertThat(ReportNotes.forUsageSeries(LAST_WEEK, Interval.DAY, GapFill.ZERO, ComparisonMode.PREVIOUS, Optional.empty())).isEmpty();
        assertThat(ReportNotes.forSummary(LAST_WEEK, ComparisonMode.PREVIOUS, Optional.empty())).isEmpty();
        assertThat(ReportNotes.forArrivals(LAST_WEEK, true, NOW)).isEmpty();
        assertThat(ReportNotes.forMembershipGrowth(Optional.of(LAST_WEEK), new MembershipGrowth(Interval.DAY, 1, 1, 0, List.of())))
                .isEmpty();
        assertThat(ReportNotes.forRetention(LAST_WEEK, Interval.WEEK)).isEmpty();
        assertThat(ReportNotes.forDormantMembers(new DateRange(TODAY, TODAY), TODAY, TODAY)).isEmpty();
    }

    @Test
    void sayThatThereAreNoDaysOrThatTheyAreYetToCome() {
        assertThat(ReportNotes.forRange(Optional.empty(), TODAY)).singleElement().asString().contains("no days");
        assertThat(ReportNotes.forRange(Optional.of(ALWAYS), TODAY)).singleElement().asString().contains("9999-12-31", "2026-03-10");
    }

    @Test
    void sayThatLongSeriesAreNotFilled() {
        assertThat(ReportNotes.forUsageSeries(ALWAYS, Interval.DAY, GapFill.ZERO, ComparisonMode.NONE, Optional.empty())).singleElement()
                .asString()
                .contains("ten years");
        assertThat(ReportNotes.forUsageSeries(ALWAYS, Interval.DAY, GapFill.NONE, ComparisonMode.NONE, Optional.empty())).isEmpty();
        assertThat(ReportNotes.forMembershipGrowth(Optional.of(ALWAYS), new MembershipGrowth(Interval.DAY, 0, 0, 0, List.of()))).hasSize(1);
    }

    @Test
    void sayWhatAComparisonComparesWith() {
        assertThat(ReportNotes.forUsageSeries(LAST_WEEK, Interval.MONTH, GapFill.ZERO, ComparisonMode.YEAR, Optional.empty()))
                .singleElement().asString()
                .contains("whole months");
        assertThat(ReportNotes.forUsageSeries(LAST_WEEK, Interval.WEEK, GapFill.ZERO, ComparisonMode.YEAR, Optional.empty()))
                .singleElement().asString()
                .contains("364 days");
        assertThat(ReportNotes.forSummary(LAST_WEEK, ComparisonMode.YEAR, Optional.empty())).singleElement().asString()
                .contains("364 days");
    }

    @Test
    void sayWhichDaysAComparisonLeavesOut() {
        var october = new DateRange(LocalDate.parse("2026-10-01"), LocalDate.parse("2026-10-31"));

        assertThat(forSummary(new DateRange(LAST_WEEK.first(), LAST_WEEK.last().plusDays(14)))).isEmpty();
        assertThat(forSummary(new DateRange(LAST_WEEK.first(), LAST_WEEK.last().plusDays(13)))).singleElement().asString()
                .contains(" 1 is in neither");
        assertThat(ReportNotes.forUsageSeries(october, Interval.DAY, GapFill.ZERO, ComparisonMode.PREVIOUS, Optional.empty()))
                .singleElement().asString().contains("35 days before", "4 are in neither");
        assertThat(forSummary(october)).singleElement().asString().contains("whole months", "31 days, and 30 days before")
                .doesNotContain("neither");
        assertThat(forSummary(new DateRange(october.first(), LocalDate.parse("2026-10-15")))).singleElement().asString()
                .contains("as many", "15 are in neither").doesNotContain("days before.");
        assertThat(ReportNotes.forUsageSeries(october, Interval.MONTH, GapFill.ZERO, ComparisonMode.PREVIOUS, Optional.empty()))
                .isEqualTo(forSummary(october));
        assertThat(forSummary(new DateRange(TODAY, TODAY))).isEmpty();
    }

    @Test
    void sayWhichDaysAreOnBothSides() {
        assertThat(ReportNotes.forSummary(new DateRange(LAST_WEEK.first(), TODAY), ComparisonMode.WEEK, Optional.empty()))
                .singleElement().asString().contains("2026-03-02 to 2026-03-03", "both sides");
    }

    @Test
    void sayThatNothingIsKnownBeforeTheDataBegin() {
        var extent = new DateRange(LocalDate.parse("2026-02-25"), TODAY);

        assertThat(ReportNotes.forSummary(LAST_WEEK, ComparisonMode.PREVIOUS, Optional.of(extent))).singleElement().asString()
                .contains("2026-02-25", "2026-02-23");
        assertThat(ReportNotes.forSummary(LAST_WEEK, ComparisonMode.PREVIOUS,
                Optional.of(new DateRange(LAST_WEEK.first().minusDays(7), TODAY))))
                .isEmpty();
    }

    private static List<String> forSummary(DateRange range) {
        return ReportNotes.forSummary(range, ComparisonMode.PREVIOUS, Optional.empty());
    }

    @Test
    void sayThatAnAverageCountsDaysThatAreNotOverAndWhichHoursAreHalves() {
        var running = new DateRange(LAST_WEEK.first(), TODAY);

        assertThat(ReportNotes.forArrivals(running, true, NOW)).singleElement().asString().contains("average");
        assertThat(ReportNotes.forArrivals(running, false, NOW)).isEmpty();
        assertThat(ReportNotes.forArrivals(LAST_WEEK, false, new AsOf(NOW.now(), HALF_PAST_FOUR))).singleElement().asString()
                .contains("04:30");
    }

    @Test
    void sayWhoIsInNoIntervalAndWhichCohortsAreMeant() {
        assertThat(ReportNotes.forMembershipGrowth(Optional.of(LAST_WEEK), new MembershipGrowth(Interval.DAY, 3, 1, 2, List.of())))
                .singleElement().asString().contains("2 users");
        assertThat(ReportNotes.forRetention(LAST_WEEK, Interval.MONTH)).singleElement().asString().contains("2026-03-01 to 2026-03-31");
    }

    @Test
    void sayThatLaterVisitsWereNotLookedAt() {
        assertThat(ReportNotes.forDormantMembers(LAST_WEEK, LAST_WEEK.last(), TODAY)).singleElement().asString()
                .contains("after 2026-03-08");
    }

    @Test
    void sayThatAbsencesLastLongerThanTheDaysOfTheTokens() {
        assertThat(ReportNotes.forDormantMembers(LAST_WEEK, TODAY, TODAY)).singleElement().asString()
                .isEqualTo("The last token is of 2026-03-08, but absences last until today, 2026-03-10.");
    }

    @Test
    void areWholeSentences() {
        assertThat(List.of(
                ReportNotes.forRange(Optional.empty(), TODAY), ReportNotes.forRange(Optional.of(ALWAYS), TODAY),
                ReportNotes.forUsageSeries(ALWAYS, Interval.MONTH, GapFill.ZERO, ComparisonMode.YEAR, Optional.empty()),
                ReportNotes.forSummary(LAST_WEEK, ComparisonMode.YEAR, Optional.empty()),
                ReportNotes.forArrivals(ALWAYS, true, new AsOf(NOW.now(), HALF_PAST_FOUR)),
                ReportNotes.forRetention(LAST_WEEK, Interval.MONTH), ReportNotes.forDormantMembers(LAST_WEEK, LAST_WEEK.last(), TODAY)))
                .allSatisfy(warnings -> assertThat(warnings).isNotEmpty().allMatch(sentence -> sentence.matches("[A-Z].*\\.")));
    }
}
