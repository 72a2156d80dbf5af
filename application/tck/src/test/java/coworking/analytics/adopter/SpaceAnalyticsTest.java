package coworking.analytics.adopter;

import static coworking.analytics.adopter.SpaceFixture.scope;
import static coworking.analytics.domain.report.ComparisonMode.NONE;
import static coworking.analytics.domain.report.ComparisonMode.PREVIOUS;
import static coworking.analytics.domain.report.ComparisonMode.YEAR;
import static coworking.analytics.domain.report.GapFill.ZERO;
import static coworking.analytics.domain.report.UsageMetric.MEMBERS;
import static coworking.analytics.domain.report.UsageMetric.USED;
import static coworking.analytics.domain.time.Interval.DAY;
import static coworking.analytics.domain.time.Interval.MONTH;
import static coworking.analytics.domain.time.Interval.WEEK;
import static coworking.analytics.domain.time.RequestedRange.NamedRange.ALL;
import static coworking.analytics.domain.time.RequestedRange.NamedRange.LAST_7_DAYS;
import static coworking.analytics.domain.time.SpaceClock.UTC_ONLY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import coworking.analytics.application.port.UnavailableException;
import coworking.analytics.application.port.in.SpaceAnalytics.DormancyCriteria;
import coworking.analytics.application.port.in.SpaceAnalytics.Page;
import coworking.analytics.application.port.in.SpaceAnalytics.PageRequest;
import coworking.analytics.application.port.in.SpaceAnalytics.ReportScope;
import coworking.analytics.application.port.in.SpaceAnalytics.ResultMetadata;
import coworking.analytics.application.port.in.SpaceAnalytics.RetentionCriteria;
import coworking.analytics.application.port.in.SpaceAnalytics.RowConsumer;
import coworking.analytics.application.port.in.SpaceAnalytics.UserVisitsCriteria;
import coworking.analytics.application.port.in.SpaceAnalytics.UserVisitsCriteria.UserVisitsOrder;
import coworking.analytics.application.query.ArrivalsQuery;
import coworking.analytics.application.query.DailyUsageQuery;
import coworking.analytics.application.query.DataQualityQuery;
import coworking.analytics.application.query.DormantMembersRows;
import coworking.analytics.application.query.MembersQuery;
import coworking.analytics.application.query.PagedQuery;
import coworking.analytics.application.query.RetentionQuery;
import coworking.analytics.application.query.SummaryQuery;
import coworking.analytics.application.query.UserVisitsRows;
import coworking.analytics.application.query.VisitsOfUserQuery;
import coworking.analytics.application.query.VisitsOfUserRows;
import coworking.analytics.domain.fact.DataQualityIssue;
import coworking.analytics.domain.fact.MemberVisits;
import coworking.analytics.domain.fact.TokenCounts;
import coworking.analytics.domain.fact.Visit;
import coworking.analytics.domain.report.DormantMember;
import coworking.analytics.domain.report.MembershipGrowth;
import coworking.analytics.domain.report.Retention;
import coworking.analytics.domain.report.UsageSeries;
import coworking.analytics.domain.report.UsageSeries.UsagePoint;
import coworking.analytics.domain.report.UsageSummary.Peak;
import coworking.analytics.domain.time.DateRange;
import coworking.analytics.domain.time.DayStart;
import coworking.analytics.domain.time.RequestedRange.FixedRange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The questions of those who run a space, asked of a service whose ledger is the definition. */
class SpaceAnalyticsTest {

    private static final String LATER = "2026-06-01T12:00";
    private static final UserVisitsCriteria MOST_VISITS_CRITERIA = new UserVisitsCriteria(false, Optional.empty(), 1,
            UserVisitsOrder.MOST_VISITS, false);
    private static final DormancyCriteria DORMANCY_CRITERIA = new DormancyCriteria(2, 3, false);

    private final SpaceFixture space = new SpaceFixture();

    @Test
    void aDayWithoutVisitsHasALineWithZero() {
        space.visited(1, "2026-03-01T09:00", "2026-03-02T09:00", "2026-03-04T09:00");

        var answer = space.analytics.answer(new DailyUsageQuery(USED, DAY, ZERO, NONE), scope("2026-03-01", "2026-03-05", LATER));

        assertThat(answer.data().points()).extracting(UsagePoint::value).containsExactly(1L, 1L, 0L, 1L, 0L);
        assertThat(answer.metadata().isPartial()).isFalse();
        assertThat(answer.metadata().warnings()).singleElement().asString().contains("from 2026-03-05 to 2026-03-05 there is no token");
    }

    @Test
    void weeksAroundTheYearsEndAreIsoWeeks() {
        space.visited(1, "2026-12-28T09:00", "2027-01-03T09:00", "2027-01-10T09:00");

        var answer = space.analytics.answer(new DailyUsageQuery(USED, WEEK, ZERO, NONE),
                scope("2026-12-28", "2027-01-10", "2027-06-01T12:00"));

        assertThat(answer.data().points())
                .extracting(UsagePoint::label, UsagePoint::value)
                .containsExactly(tuple("2026-W53", 2L), tuple("2027-W01", 1L));
    }

    @Test
    void aTokenBeforeTheDaysStartCountsToTheDayBefore() {
        space.visited(1, "2026-03-02T03:59", "2026-03-02T04:00");
        var march = new FixedRange(Optional.of(LocalDate.parse("2026-03-01")), Optional.of(LocalDate.parse("2026-03-02")));
        var asked = new ReportScope(march, new DayStart(LocalTime.of(4, 0)), LocalDateTime.parse(LATER));

        assertThat(space.analytics.answer(new DailyUsageQuery(USED, DAY, ZERO, NONE), asked).data().points())
                .extracting(UsagePoint::value)
                .containsExactly(1L, 1L);
    }

    @Test
    void aDayThatRunsForSixHoursIsComparedWithSixHours() {
        space.visited(1, "2026-03-09T05:59", "2026-03-09T06:00", "2026-03-10T05:00").visited(2, "2026-03-09T01:00", "2026-03-10T05:30");
        var asked = scope("2026-03-10", "2026-03-10", "2026-03-10T06:00");

        var used = space.analytics.answer(new DailyUsageQuery(USED, DAY, ZERO, PREVIOUS), asked);
        var members = space.analytics.answer(new DailyUsageQuery(MEMBERS, DAY, ZERO, PREVIOUS), asked);

        assertThat(used.metadata().isPartial()).isTrue();
        assertThat(used.data().points().getFirst().comparison().map(UsageSeries.ComparisonValue::value)).hasValue(2L);
        assertThat(members.data().points().getFirst().comparison().map(UsageSeries.ComparisonValue::value)).hasValue(2L);
        assertThat(members.data().points().getFirst().changePercent()).hasValue(0);
    }

    @Test
    void aSummaryOfDaysThatRunIsComparedAsFarAsTheyHavePassed() {
        space.joined(1, "2026-03-09T01:00").joined(2, "2026-03-09T07:00").joined(3, "2026-03-10T05:00");
        space.visited(1, "2026-03-09T05:10", "2026-03-09T05:59", "2026-03-09T08:00", "2026-03-10T05:00").issued(2, "2026-03-10T01:00");

        var compared = space.analytics.answer(new SummaryQuery(PREVIOUS), scope("2026-03-10", "2026-03-10", "2026-03-10T05:30")).data();

        assertThat(compared.current().tokenCounts()).isEqualTo(new TokenCounts(2, 1));
        assertThat(compared.current().newMembers()).isEqualTo(1);
        assertThat(compared.comparison()).hasValueSatisfying(before -> {
            assertThat(before.tokenCounts()).isEqualTo(new TokenCounts(1, 1));
            assertThat(before.newMembers()).isEqualTo(1);
            assertThat(before.visitingMembers()).isEqualTo(1);
            assertThat(before.busiestHour()).hasValue(new Peak<>(5, 1));
        });
    }

    @Test
    void whoStaysAwayForMoreThanTwiceTheOwnGapIsDormant() {
        space.visited(7, "2026-03-01T09:00", "2026-03-08T09:00", "2026-03-15T09:00");
        space.visited(30, "2025-12-16T09:00", "2026-01-15T09:00", "2026-02-14T09:00");

        var answer = space.analytics.answer(new PagedQuery<>(new DormantMembersRows(DORMANCY_CRITERIA), oneLargePage()),
                scope(ALL, "2026-03-30T12:00"));

        assertThat(answer.data().rows())
                .extracting(dormancy -> dormancy.member().userId(), DormantMember::medianGapDays, DormantMember::absentDays)
                .containsExactly(tuple(7L, 7.0, 15L));
        assertThat(answer.data().total()).hasValue(1);
        assertThat(answer.metadata().warnings()).containsExactly(
                "The last token is of 2026-03-15, but absences last until today, 2026-03-30.");
        assertThat(space.analytics
                .answer(new PagedQuery<>(new DormantMembersRows(DORMANCY_CRITERIA), oneLargePage()), scope(ALL, "2026-03-31T12:00")).data()
                .rows())
                .hasSize(1);
    }

    @Test
    void dormancyInARangeThatIsOverIsThatOfItsLastDay() {
        space.visited(7, "2026-03-01T09:00", "2026-03-02T09:00", "2026-03-03T09:00", "2026-05-31T09:00");
        space.visited(8, "2026-03-10T09:00", "2026-03-20T09:00", "2026-03-30T09:00", "2026-04-09T09:00", "2026-05-31T09:00");

        var answer = space.analytics.answer(new PagedQuery<>(new DormantMembersRows(DORMANCY_CRITERIA), oneLargePage()),
                scope("2026-03-01", "2026-03-31", LATER));

        assertThat(answer.data().rows())
                .extracting(dormancy -> dormancy.member().userId(), DormantMember::absentDays)
                .containsExactly(tuple(7L, 28L));
        assertThat(answer.data().total()).hasValue(1);
        assertThat(answer.metadata().warnings()).singleElement().asString().contains("2026-03-31");
        assertThat(
                space.analytics.answer(new PagedQuery<>(new DormantMembersRows(DORMANCY_CRITERIA), oneLargePage()),
                        scope("2026-03-01", "2026-06-30", LATER)).data().rows())
                .isEmpty();
    }

    /** The last token tells where the range ends, not until when somebody was absent. */
    @Test
    void theNextPageOfDormancyOfAllDaysLastsUntilTodayToo() {
        for (var user = 1; user <= 3; user++) {
            space.visited(user, "2026-03-01T09:00", "2026-03-02T09:00", "2026-03-03T09:00");
        }
        var first = space.analytics
                .answer(new PagedQuery<>(new DormantMembersRows(DORMANCY_CRITERIA), new PageRequest<>(1, Optional.empty(), true)),
                        scope(ALL, LATER))
                .data();

        var next = space.analytics
                .answer(new PagedQuery<>(new DormantMembersRows(DORMANCY_CRITERIA), new PageRequest<>(1, first.nextPageToken(), true)),
                        scope(ALL, LATER))
                .data();

        assertThat(first.total()).hasValue(3);
        assertThat(next.total()).hasValue(3);
        assertThat(next.rows()).extracting(DormantMember::absentDays).containsExactly(90L);
    }

    @Test
    void arrivalsAreOfTheWeekdayAndTheHour() {
        space.visited(1, "2026-03-02T09:10", "2026-03-09T09:50");

        var arrivals = space.analytics.answer(new ArrivalsQuery(true), scope("2026-03-02", "2026-03-15", LATER)).data();

        assertThat(arrivals.rows().getFirst().weekday()).isEqualTo(DayOfWeek.MONDAY);
        assertThat(arrivals.rows().getFirst().hours().get(9)).isEqualTo(1);
    }

    /** Most join before they are given a first token, and some are given none. */
    @Test
    void allMembersAreThoseWhoJoinedWithoutATokenToo() {
        space.joined(1, "2025-01-01T00:00").joined(2, "2026-03-03T00:00").visited(1, "2025-02-02T09:00");

        var answer = space.analytics.answer(new MembersQuery(MONTH), scope(ALL, LATER));

        assertThat(answer.data().points()).hasSize(15).extracting(MembershipGrowth.MembershipPoint::joined).startsWith(1L, 0L).endsWith(0L,
                1L);
        assertThat(answer.metadata().range()).hasValue(new DateRange(LocalDate.parse("2025-01-01"), LocalDate.parse("2026-03-03")));
    }

    @Test
    void membersGrowFromThoseWhoJoinedBefore() {
        space.joined(1, "2025-01-01T00:00").left(2, "2026-03-02T23:59").joined(3, "2026-03-03T00:00");

        var members = space.analytics.answer(new MembersQuery(DAY), scope("2026-03-02", "2026-03-03", LATER)).data();

        assertThat(members.points())
                .extracting(MembershipGrowth.MembershipPoint::joined, MembershipGrowth.MembershipPoint::cumulative)
                .containsExactly(tuple(1L, 2L), tuple(1L, 3L));
        assertThat(members.inactive()).isEqualTo(1);
    }

    /** The days begin in the middle of the week; its first visitors came before them. */
    @Test
    void aCohortIsNotCutByTheDaysThatWereAskedFor() {
        space.visited(1, "2026-03-02T09:00", "2026-03-10T09:00").visited(2, "2026-03-05T09:00");

        var answer = space.analytics.answer(new RetentionQuery(new RetentionCriteria(WEEK, 12)),
                scope("2026-03-04", "2026-03-08", "2026-03-16T00:00"));

        assertThat(answer.data().cohorts()).singleElement().satisfies(cohort -> {
            assertThat(cohort.size()).isEqualTo(2);
            assertThat(cohort.cells())
                    .extracting(Retention.RetentionCell::members, Retention.RetentionCell::isComplete)
                    .containsExactly(tuple(2L, true), tuple(1L, true), tuple(0L, false));
        });
        assertThat(answer.metadata().warnings()).singleElement().asString().contains("2026-03-02 to 2026-03-08");
    }

    @Test
    void findingsAreOfEachKind() {
        space.joined(1, "2026-03-03T00:00").joined(2, "2026-03-03T00:00").visited(1, "2026-03-02T09:00");

        assertThat(space.analytics.answer(new DataQualityQuery(), scope("2026-03-01", "2026-03-05", LATER)).data())
                .extracting(DataQualityIssue::kind, DataQualityIssue::count, DataQualityIssue::samples)
                .containsExactly(
                        tuple(DataQualityIssue.IssueKind.USED_BEFORE_CREATED, 1L, List.of(1L)),
                        tuple(DataQualityIssue.IssueKind.CREATED_BEFORE_JOINED, 1L, List.of(1L)),
                        tuple(DataQualityIssue.IssueKind.REPEATED_CODE, 0L, List.of()),
                        tuple(DataQualityIssue.IssueKind.USER_NEVER_SEEN, 1L, List.of(2L)),
                        tuple(DataQualityIssue.IssueKind.CREATED_AHEAD, 0L, List.of()),
                        tuple(DataQualityIssue.IssueKind.IMPLAUSIBLE_TOKEN_DATE, 0L, List.of()),
                        tuple(DataQualityIssue.IssueKind.IMPLAUSIBLE_JOIN_DATE, 0L, List.of()));
    }

    @Test
    void withoutATokenAnOpenRangeHasNoDaysAndEveryAnswerIsEmpty() {
        space.joined(1, "2026-03-03T00:00");
        var asked = scope(ALL, LATER);
        var about = space.analytics.answer(new DailyUsageQuery(USED, DAY, ZERO, PREVIOUS), asked).metadata();

        assertThat(about.range()).isEmpty();
        assertThat(about.isPartial()).isFalse();
        assertThat(about.warnings()).singleElement().asString().contains("no days");
        assertThat(space.analytics.answer(new DailyUsageQuery(USED, DAY, ZERO, PREVIOUS), asked).data().points()).isEmpty();
        assertThat(space.analytics.answer(new DailyUsageQuery(MEMBERS, DAY, ZERO, PREVIOUS), asked).data().points()).isEmpty();
        assertThat(space.analytics.answer(new SummaryQuery(PREVIOUS), asked).data().current().tokenCounts()).isEqualTo(TokenCounts.ZERO);
        assertThat(space.analytics.answer(new ArrivalsQuery(true), asked).data().rows()).hasSize(7);
        assertThat(space.analytics.answer(new MembersQuery(MONTH), asked).data().active()).isEqualTo(1);
        assertThat(space.analytics.answer(new RetentionQuery(new RetentionCriteria(WEEK, 12)), asked).data().cohorts()).isEmpty();
        assertThat(space.analytics.answer(new DataQualityQuery(), asked).data())
                .filteredOn(issue -> issue.kind() == DataQualityIssue.IssueKind.USER_NEVER_SEEN).singleElement()
                .extracting(DataQualityIssue::count).isEqualTo(1L);
        assertThat(space.analytics.answer(new PagedQuery<>(new UserVisitsRows(MOST_VISITS_CRITERIA), oneLargePage()), asked).data())
                .isEqualTo(new Page<>(List.of(), Optional.empty(), OptionalLong.of(0)));
        assertThat(space.analytics.answer(new PagedQuery<>(new DormantMembersRows(DORMANCY_CRITERIA), oneLargePage()), asked).data().rows())
                .isEmpty();
        assertThat(space.analytics.answer(new VisitsOfUserQuery(1, false, oneLargePage()), asked).orElseThrow().data().visits().rows())
                .isEmpty();
    }

    @Test
    void theDaysThatWereMeantAndTheMomentAreSaid() {
        space.visited(1, "2026-03-02T09:00");

        var about = space.analytics.answer(new ArrivalsQuery(false), scope(LAST_7_DAYS, "2026-03-10T12:00")).metadata();

        assertThat(about).isEqualTo(new ResultMetadata(
                Optional.of(new DateRange(LocalDate.parse("2026-03-04"), LocalDate.parse("2026-03-10"))),
                LocalDateTime.parse("2026-03-10T12:00").atZone(UTC_ONLY.space()), about.version(), false, true,
                Optional.of(OffsetDateTime.parse("2026-03-02T09:00Z")),
                List.of("The data end on 2026-03-02: from 2026-03-04 to 2026-03-09 there is no token, because the space was empty or because no "
                        + "data came.")));
    }

    @Test
    void tokensThatAreAheadOfNowAreCountedAndTold() {
        space.visited(1, "2026-03-10T09:00").visited(1, "2026-03-10T12:30").visited(1, "2026-03-10T12:00:00.000001");
        var asked = scope("2026-03-10", "2026-03-10", "2026-03-10T12:00");

        var series = space.analytics.answer(new DailyUsageQuery(USED, DAY, ZERO, PREVIOUS), asked);

        assertThat(series.metadata().warnings()).anyMatch(warning -> warning.startsWith("2 tokens are dated later than now"));
        assertThat(series.metadata().dataUntil()).contains(OffsetDateTime.parse("2026-03-10T09:00Z"));
        assertThat(space.analytics.answer(new SummaryQuery(PREVIOUS), asked).metadata().warnings())
                .anyMatch(warning -> warning.startsWith("2 tokens are dated later than now"));
        assertThat(space.analytics.answer(new SummaryQuery(PREVIOUS), scope("2026-03-09", "2026-03-09", "2026-03-10T12:00")).metadata()
                .warnings())
                .noneMatch(warning -> warning.contains("later than now"));
    }

    @Test
    void oneMistypedYearMovesNoOpenEnd() {
        space.visited(1, "2026-03-02T09:00").visited(1, "+20226-03-02T09:00").visited(2, "-0043-03-15T12:00")
                .joined(1, "2026-03-01T00:00").joined(2, "+20226-03-01T00:00");
        var march2 = LocalDate.parse("2026-03-02");

        var visits = space.analytics.answer(new PagedQuery<>(new UserVisitsRows(MOST_VISITS_CRITERIA), oneLargePage()), scope(ALL, LATER));

        assertThat(visits.metadata().range()).contains(new DateRange(march2, march2));
        assertThat(visits.metadata().warnings()).anyMatch(warning -> warning.startsWith("2 tokens have an implausible date"));
        assertThat(visits.data().rows()).singleElement().extracting(MemberVisits::issued).isEqualTo(1L);
        assertThat(space.analytics.answer(new SummaryQuery(PREVIOUS), scope(ALL, LATER)).data().current().tokenCounts().issued())
                .isEqualTo(1);
        assertThat(space.analytics.answer(new MembersQuery(MONTH), scope(ALL, LATER)).metadata().range()).map(DateRange::last)
                .contains(LocalDate.parse("2026-03-01"));
    }

    @Test
    void whatOneStateAnswersBearsOneName() {
        space.visited(1, "2026-03-02T09:00");
        var asked = scope(LAST_7_DAYS, "2026-03-10T12:00");
        var before = space.analytics.answer(new ArrivalsQuery(false), asked).metadata().version();

        assertThat(before).isPresent();
        assertThat(space.analytics.answer(new MembersQuery(WEEK), asked).metadata().version()).isEqualTo(before);

        space.visited(1, "2026-03-09T09:00");

        assertThat(space.analytics.answer(new ArrivalsQuery(false), asked).metadata().version()).isPresent().isNotEqualTo(before);
    }

    @Test
    void aStoresInfinitiesMakeNeitherMillionsOfLinesNorAFailure() {
        space.joined(1, "9999-12-31T23:59:59.999999").visited(1, "0001-01-01T00:00", "2026-03-02T09:00", "9999-12-31T23:59:59.999999");
        var asked = scope(ALL, LATER);

        for (var interval : List.of(DAY, WEEK, MONTH)) {
            for (var comparison : List.of(NONE, PREVIOUS, YEAR)) {
                assertThat(space.analytics.answer(new DailyUsageQuery(USED, interval, ZERO, comparison), asked).data().total())
                        .hasValue(comparison == NONE ? 3 : 2); // The "infinity" is dated later than now, so it is not compared.
                assertThat(space.analytics.answer(new DailyUsageQuery(MEMBERS, interval, ZERO, comparison), asked).data().points())
                        .hasSize(3);
            }
            assertThat(space.analytics.answer(new MembersQuery(interval), asked).data().points()).hasSize(1);
        }
        assertThat(space.analytics.answer(new DailyUsageQuery(USED, DAY, ZERO, NONE), asked).metadata().warnings())
                .anyMatch(warning -> warning.contains("ten years"))
                .anyMatch(warning -> warning.contains("9999-12-31"));
        assertThat(space.analytics.answer(new SummaryQuery(PREVIOUS), asked).data().current().visitingMembers()).isEqualTo(1);
        assertThat(space.analytics.answer(new RetentionQuery(new RetentionCriteria(MONTH, 52)), asked).data().cohorts()).hasSize(1);
        assertThat(space.analytics.answer(new PagedQuery<>(new UserVisitsRows(MOST_VISITS_CRITERIA), oneLargePage()), asked).data().rows())
                .hasSize(1);
        assertThat(space.analytics.answer(new PagedQuery<>(new DormantMembersRows(DORMANCY_CRITERIA), oneLargePage()), asked).data().rows())
                .isEmpty();
        assertThat(space.analytics.answer(new VisitsOfUserQuery(1, false, oneLargePage()), asked).orElseThrow().data().visits().rows())
                .hasSize(3);
        assertThat(space.analytics.answer(new ArrivalsQuery(true), asked).data().rows()).hasSize(7);
    }

    @Test
    void daysToComeAreEmptyAndSaidToBe() {
        var answer = space.analytics.answer(new DailyUsageQuery(USED, DAY, ZERO, PREVIOUS), scope("2027-01-01", "2027-01-03", LATER));

        assertThat(answer.data().points()).hasSize(3).allSatisfy(point -> {
            assertThat(point.isPartial()).isTrue();
            assertThat(point.comparison()).isEmpty();
        });
        assertThat(answer.metadata().isPartial()).isTrue();
        assertThat(answer.metadata().warnings()).first().asString().contains("2027-01-03");
    }

    @Test
    void nobodyAtAllIsNotAUserWithoutVisits() {
        space.joined(1, "2026-03-03T00:00").visited(2, "2026-03-02T09:00");

        assertThat(space.analytics.answer(new VisitsOfUserQuery(1, true, oneLargePage()), scope(ALL, LATER)).orElseThrow().data().member()
                .name())
                .isPresent();
        assertThat(space.analytics.answer(new VisitsOfUserQuery(2, true, oneLargePage()), scope(ALL, LATER)).orElseThrow().data().visits()
                .rows())
                .extracting(Visit::tokenId)
                .containsExactly(1L);
        assertThat(space.analytics.answer(new VisitsOfUserQuery(3, true, oneLargePage()), scope(ALL, LATER))).isEmpty();
        assertThat(space.analytics.export(new VisitsOfUserRows(1), scope(ALL, LATER), new CollectedRows<>())).isTrue();
        assertThat(space.analytics.export(new VisitsOfUserRows(3), scope(ALL, LATER), new CollectedRows<>())).isFalse();
    }

    @Test
    void anExportHasTheRowsOfAllPages() {
        space.visited(1, "2026-03-02T09:00", "2026-03-03T09:00").visited(2, "2026-03-02T09:00").issued(3, "2026-03-02T09:00");
        space.visited(7, "2026-03-01T09:00", "2026-03-02T09:00", "2026-03-03T09:00");
        var asked = scope(ALL, LATER);
        var users = new CollectedRows<MemberVisits>();
        var dormant = new CollectedRows<DormantMember>();
        var visits = new CollectedRows<Visit>();

        space.analytics.export(new UserVisitsRows(MOST_VISITS_CRITERIA), asked, users);
        space.analytics.export(new DormantMembersRows(DORMANCY_CRITERIA), asked, dormant);
        space.analytics.export(new VisitsOfUserRows(7), asked, visits);

        assertThat(users.rows).hasSize(4).isEqualTo(
                space.analytics.answer(new PagedQuery<>(new UserVisitsRows(MOST_VISITS_CRITERIA), oneLargePage()), asked).data().rows());
        assertThat(users.about).isEqualTo(
                space.analytics.answer(new PagedQuery<>(new UserVisitsRows(MOST_VISITS_CRITERIA), oneLargePage()), asked).metadata());
        assertThat(dormant.rows).hasSize(1)
                .isEqualTo(space.analytics.answer(new PagedQuery<>(new DormantMembersRows(DORMANCY_CRITERIA), oneLargePage()), asked).data()
                        .rows());
        assertThat(visits.rows).hasSize(3)
                .isEqualTo(space.analytics.answer(new VisitsOfUserQuery(7, false, oneLargePage()), asked).orElseThrow().data().visits()
                        .rows());
    }

    @Test
    void anExportWithoutARowHasBegunAllTheSame() {
        var rows = new CollectedRows<MemberVisits>();

        space.analytics.export(new UserVisitsRows(MOST_VISITS_CRITERIA), scope("2026-03-01", "2026-03-05", LATER), rows);

        assertThat(rows.rows).isEmpty();
        assertThat(rows.about.range()).isPresent();
    }

    @Test
    void whatTheReaderOfAnExportThrowsComesOutOfIt() {
        space.visited(1, "2026-03-02T09:00");
        var failure = new UncheckedIOException(new IOException("the client went away"));

        assertThatThrownBy(() -> space.analytics.export(new UserVisitsRows(MOST_VISITS_CRITERIA), scope(ALL, LATER), new RowConsumer<>() {

            @Override
            public void begin(ResultMetadata about) {}

            @Override
            public void accept(MemberVisits row) {
                throw failure;
            }
        })).isSameAs(failure);
        assertThat(space.analytics.answer(new PagedQuery<>(new UserVisitsRows(MOST_VISITS_CRITERIA), oneLargePage()), scope(ALL, LATER))
                .data().rows()).hasSize(1);
    }

    @Test
    void aLedgerOutOfReachMakesAnswersUnavailableAndLeavesAnExportUnbegun() {
        var rows = new CollectedRows<MemberVisits>();
        space.ledger.setReachable(false);

        assertThatThrownBy(() -> space.analytics.answer(new SummaryQuery(NONE), scope(ALL, LATER)))
                .isInstanceOf(UnavailableException.class);
        assertThatThrownBy(() -> space.analytics.export(new UserVisitsRows(MOST_VISITS_CRITERIA), scope(ALL, LATER), rows))
                .isInstanceOf(UnavailableException.class);
        assertThat(rows.hasBegun).isFalse();
    }

    @Test
    void aPageGoesOnWhenItsTokenIsUsedLater() {
        space.visited(1, "2026-03-02T09:00").visited(2, "2026-03-02T09:00");
        var first = space.analytics
                .answer(new PagedQuery<>(new UserVisitsRows(MOST_VISITS_CRITERIA), new PageRequest<>(1, Optional.empty(), false)),
                        scope(ALL, LATER))
                .data();
        var next = new PageRequest<>(5, first.nextPageToken(), false);

        assertThat(space.analytics.answer(new PagedQuery<>(new UserVisitsRows(MOST_VISITS_CRITERIA), next), scope(ALL, "2026-06-02T12:00"))
                .data().rows()).hasSize(1);
    }

    private static <P> PageRequest<P> oneLargePage() {
        return new PageRequest<>(1_000, Optional.empty(), true);
    }

    /** Keeps what it is given. */
    private static final class CollectedRows<T> implements RowConsumer<T> {

        private final List<T> rows = new ArrayList<>();
        private boolean hasBegun;
        private ResultMetadata about = new ResultMetadata(Optional.empty(), LocalDateTime.MIN.atZone(UTC_ONLY.space()), Optional.empty(),
                false, false, Optional.empty(), List.of());

        @Override
        public void begin(ResultMetadata about) {
            hasBegun = true;
            this.about = about;
        }

        @Override
        public void accept(T row) {
            rows.add(row);
        }
    }
}
