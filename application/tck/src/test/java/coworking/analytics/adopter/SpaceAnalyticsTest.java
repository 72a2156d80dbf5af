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
import java.time.OffsetDateTime;
import java.time.LocalTime;
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

        var answer = space.analytics.dailyUsage(scope("2026-03-01", "2026-03-05", LATER), USED, DAY, ZERO, NONE);

        assertThat(answer.data().points()).extracting(UsagePoint::value).containsExactly(1L, 1L, 0L, 1L, 0L);
        assertThat(answer.metadata().isPartial()).isFalse();
        assertThat(answer.metadata().warnings()).singleElement().asString().contains("from 2026-03-05 to 2026-03-05 there is no token");
    }

    @Test
    void weeksAroundTheYearsEndAreIsoWeeks() {
        space.visited(1, "2026-12-28T09:00", "2027-01-03T09:00", "2027-01-10T09:00");

        var answer = space.analytics.dailyUsage(scope("2026-12-28", "2027-01-10", "2027-06-01T12:00"), USED, WEEK, ZERO, NONE);

        assertThat(answer.data().points())
                .extracting(UsagePoint::label, UsagePoint::value)
                .containsExactly(tuple("2026-W53", 2L), tuple("2027-W01", 1L));
    }

    @Test
    void aTokenBeforeTheDaysStartCountsToTheDayBefore() {
        space.visited(1, "2026-03-02T03:59", "2026-03-02T04:00");
        var march = new FixedRange(Optional.of(LocalDate.parse("2026-03-01")), Optional.of(LocalDate.parse("2026-03-02")));
        var asked = new ReportScope(march, new DayStart(LocalTime.of(4, 0)), LocalDateTime.parse(LATER));

        assertThat(space.analytics.dailyUsage(asked, USED, DAY, ZERO, NONE).data().points())
                .extracting(UsagePoint::value)
                .containsExactly(1L, 1L);
    }

    @Test
    void aDayThatRunsForSixHoursIsComparedWithSixHours() {
        space.visited(1, "2026-03-09T05:59", "2026-03-09T06:00", "2026-03-10T05:00").visited(2, "2026-03-09T01:00", "2026-03-10T05:30");
        var asked = scope("2026-03-10", "2026-03-10", "2026-03-10T06:00");

        var used = space.analytics.dailyUsage(asked, USED, DAY, ZERO, PREVIOUS);
        var members = space.analytics.dailyUsage(asked, MEMBERS, DAY, ZERO, PREVIOUS);

        assertThat(used.metadata().isPartial()).isTrue();
        assertThat(used.data().points().getFirst().comparison().map(UsageSeries.ComparisonValue::value)).hasValue(2L);
        assertThat(members.data().points().getFirst().comparison().map(UsageSeries.ComparisonValue::value)).hasValue(2L);
        assertThat(members.data().points().getFirst().changePercent()).hasValue(0);
    }

    @Test
    void aSummaryOfDaysThatRunIsComparedAsFarAsTheyHavePassed() {
        space.joined(1, "2026-03-09T01:00").joined(2, "2026-03-09T07:00").joined(3, "2026-03-10T05:00");
        space.visited(1, "2026-03-09T05:10", "2026-03-09T05:59", "2026-03-09T08:00", "2026-03-10T05:00").issued(2, "2026-03-10T01:00");

        var compared = space.analytics.summary(scope("2026-03-10", "2026-03-10", "2026-03-10T05:30"), PREVIOUS).data();

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

        var answer = space.analytics.dormantMembers(scope(ALL, "2026-03-30T12:00"), DORMANCY_CRITERIA, oneLargePage());

        assertThat(answer.data().rows())
                .extracting(dormancy -> dormancy.member().userId(), DormantMember::medianGapDays, DormantMember::absentDays)
                .containsExactly(tuple(7L, 7.0, 15L));
        assertThat(answer.data().total()).hasValue(1);
        assertThat(answer.metadata().warnings()).containsExactly(
                "The last token is of 2026-03-15, but absences last until today, 2026-03-30.");
        assertThat(space.analytics.dormantMembers(scope(ALL, "2026-03-31T12:00"), DORMANCY_CRITERIA, oneLargePage()).data().rows())
                .hasSize(1);
    }

    @Test
    void dormancyInARangeThatIsOverIsThatOfItsLastDay() {
        space.visited(7, "2026-03-01T09:00", "2026-03-02T09:00", "2026-03-03T09:00", "2026-05-31T09:00");
        space.visited(8, "2026-03-10T09:00", "2026-03-20T09:00", "2026-03-30T09:00", "2026-04-09T09:00", "2026-05-31T09:00");

        var answer = space.analytics.dormantMembers(scope("2026-03-01", "2026-03-31", LATER), DORMANCY_CRITERIA, oneLargePage());

        assertThat(answer.data().rows())
                .extracting(dormancy -> dormancy.member().userId(), DormantMember::absentDays)
                .containsExactly(tuple(7L, 28L));
        assertThat(answer.data().total()).hasValue(1);
        assertThat(answer.metadata().warnings()).singleElement().asString().contains("2026-03-31");
        assertThat(
                space.analytics.dormantMembers(scope("2026-03-01", "2026-06-30", LATER), DORMANCY_CRITERIA, oneLargePage()).data().rows())
                .isEmpty();
    }

    /** The last token tells where the range ends, not until when somebody was absent. */
    @Test
    void theNextPageOfDormancyOfAllDaysLastsUntilTodayToo() {
        for (var user = 1; user <= 3; user++) {
            space.visited(user, "2026-03-01T09:00", "2026-03-02T09:00", "2026-03-03T09:00");
        }
        var first = space.analytics.dormantMembers(scope(ALL, LATER), DORMANCY_CRITERIA, new PageRequest<>(1, Optional.empty(), true))
                .data();

        var next = space.analytics.dormantMembers(scope(ALL, LATER), DORMANCY_CRITERIA, new PageRequest<>(1, first.nextPageToken(), true))
                .data();

        assertThat(first.total()).hasValue(3);
        assertThat(next.total()).hasValue(3);
        assertThat(next.rows()).extracting(DormantMember::absentDays).containsExactly(90L);
    }

    @Test
    void arrivalsAreOfTheWeekdayAndTheHour() {
        space.visited(1, "2026-03-02T09:10", "2026-03-09T09:50");

        var arrivals = space.analytics.arrivals(scope("2026-03-02", "2026-03-15", LATER), true).data();

        assertThat(arrivals.rows().getFirst().weekday()).isEqualTo(DayOfWeek.MONDAY);
        assertThat(arrivals.rows().getFirst().hours().get(9)).isEqualTo(1);
    }

    /** Most join before they are given a first token, and some are given none. */
    @Test
    void allMembersAreThoseWhoJoinedWithoutATokenToo() {
        space.joined(1, "2025-01-01T00:00").joined(2, "2026-03-03T00:00").visited(1, "2025-02-02T09:00");

        var answer = space.analytics.members(scope(ALL, LATER), MONTH);

        assertThat(answer.data().points()).hasSize(15).extracting(MembershipGrowth.MembershipPoint::joined).startsWith(1L, 0L).endsWith(0L,
                1L);
        assertThat(answer.metadata().range()).hasValue(new DateRange(LocalDate.parse("2025-01-01"), LocalDate.parse("2026-03-03")));
    }

    @Test
    void membersGrowFromThoseWhoJoinedBefore() {
        space.joined(1, "2025-01-01T00:00").left(2, "2026-03-02T23:59").joined(3, "2026-03-03T00:00");

        var members = space.analytics.members(scope("2026-03-02", "2026-03-03", LATER), DAY).data();

        assertThat(members.points())
                .extracting(MembershipGrowth.MembershipPoint::joined, MembershipGrowth.MembershipPoint::cumulative)
                .containsExactly(tuple(1L, 2L), tuple(1L, 3L));
        assertThat(members.inactive()).isEqualTo(1);
    }

    /** The days begin in the middle of the week; its first visitors came before them. */
    @Test
    void aCohortIsNotCutByTheDaysThatWereAskedFor() {
        space.visited(1, "2026-03-02T09:00", "2026-03-10T09:00").visited(2, "2026-03-05T09:00");

        var answer = space.analytics.retention(scope("2026-03-04", "2026-03-08", "2026-03-16T00:00"), new RetentionCriteria(WEEK, 12));

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

        assertThat(space.analytics.dataQuality(scope("2026-03-01", "2026-03-05", LATER)).data())
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
        var about = space.analytics.dailyUsage(asked, USED, DAY, ZERO, PREVIOUS).metadata();

        assertThat(about.range()).isEmpty();
        assertThat(about.isPartial()).isFalse();
        assertThat(about.warnings()).singleElement().asString().contains("no days");
        assertThat(space.analytics.dailyUsage(asked, USED, DAY, ZERO, PREVIOUS).data().points()).isEmpty();
        assertThat(space.analytics.dailyUsage(asked, MEMBERS, DAY, ZERO, PREVIOUS).data().points()).isEmpty();
        assertThat(space.analytics.summary(asked, PREVIOUS).data().current().tokenCounts()).isEqualTo(TokenCounts.ZERO);
        assertThat(space.analytics.arrivals(asked, true).data().rows()).hasSize(7);
        assertThat(space.analytics.members(asked, MONTH).data().active()).isEqualTo(1);
        assertThat(space.analytics.retention(asked, new RetentionCriteria(WEEK, 12)).data().cohorts()).isEmpty();
        assertThat(space.analytics.dataQuality(asked).data())
                .filteredOn(issue -> issue.kind() == DataQualityIssue.IssueKind.USER_NEVER_SEEN).singleElement()
                .extracting(DataQualityIssue::count).isEqualTo(1L);
        assertThat(space.analytics.userVisits(asked, MOST_VISITS_CRITERIA, oneLargePage()).data())
                .isEqualTo(new Page<>(List.of(), Optional.empty(), OptionalLong.of(0)));
        assertThat(space.analytics.dormantMembers(asked, DORMANCY_CRITERIA, oneLargePage()).data().rows()).isEmpty();
        assertThat(space.analytics.visitsOfUser(1, asked, false, oneLargePage()).orElseThrow().data().visits().rows()).isEmpty();
    }

    @Test
    void theDaysThatWereMeantAndTheMomentAreSaid() {
        space.visited(1, "2026-03-02T09:00");

        var about = space.analytics.arrivals(scope(LAST_7_DAYS, "2026-03-10T12:00"), false).metadata();

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

        var series = space.analytics.dailyUsage(asked, USED, DAY, ZERO, PREVIOUS);

        assertThat(series.metadata().warnings()).anyMatch(warning -> warning.startsWith("2 tokens are dated later than now"));
        assertThat(series.metadata().dataUntil()).contains(OffsetDateTime.parse("2026-03-10T09:00Z"));
        assertThat(space.analytics.summary(asked, PREVIOUS).metadata().warnings())
                .anyMatch(warning -> warning.startsWith("2 tokens are dated later than now"));
        assertThat(space.analytics.summary(scope("2026-03-09", "2026-03-09", "2026-03-10T12:00"), PREVIOUS).metadata().warnings())
                .noneMatch(warning -> warning.contains("later than now"));
    }

    @Test
    void oneMistypedYearMovesNoOpenEnd() {
        space.visited(1, "2026-03-02T09:00").visited(1, "+20226-03-02T09:00").visited(2, "-0043-03-15T12:00")
                .joined(1, "2026-03-01T00:00").joined(2, "+20226-03-01T00:00");
        var march2 = LocalDate.parse("2026-03-02");

        var visits = space.analytics.userVisits(scope(ALL, LATER), MOST_VISITS_CRITERIA, oneLargePage());

        assertThat(visits.metadata().range()).contains(new DateRange(march2, march2));
        assertThat(visits.metadata().warnings()).anyMatch(warning -> warning.startsWith("2 tokens have an implausible date"));
        assertThat(visits.data().rows()).singleElement().extracting(MemberVisits::issued).isEqualTo(1L);
        assertThat(space.analytics.summary(scope(ALL, LATER), PREVIOUS).data().current().tokenCounts().issued()).isEqualTo(1);
        assertThat(space.analytics.members(scope(ALL, LATER), MONTH).metadata().range()).map(DateRange::last)
                .contains(LocalDate.parse("2026-03-01"));
    }

    @Test
    void whatOneStateAnswersBearsOneName() {
        space.visited(1, "2026-03-02T09:00");
        var asked = scope(LAST_7_DAYS, "2026-03-10T12:00");
        var before = space.analytics.arrivals(asked, false).metadata().version();

        assertThat(before).isPresent();
        assertThat(space.analytics.members(asked, WEEK).metadata().version()).isEqualTo(before);

        space.visited(1, "2026-03-09T09:00");

        assertThat(space.analytics.arrivals(asked, false).metadata().version()).isPresent().isNotEqualTo(before);
    }

    @Test
    void aStoresInfinitiesMakeNeitherMillionsOfLinesNorAFailure() {
        space.joined(1, "9999-12-31T23:59:59.999999").visited(1, "0001-01-01T00:00", "2026-03-02T09:00", "9999-12-31T23:59:59.999999");
        var asked = scope(ALL, LATER);

        for (var interval : List.of(DAY, WEEK, MONTH)) {
            for (var comparison : List.of(NONE, PREVIOUS, YEAR)) {
                assertThat(space.analytics.dailyUsage(asked, USED, interval, ZERO, comparison).data().total())
                        .hasValue(comparison == NONE ? 3 : 2); // The "infinity" is dated later than now, so it is not compared.
                assertThat(space.analytics.dailyUsage(asked, MEMBERS, interval, ZERO, comparison).data().points()).hasSize(3);
            }
            assertThat(space.analytics.members(asked, interval).data().points()).hasSize(1);
        }
        assertThat(space.analytics.dailyUsage(asked, USED, DAY, ZERO, NONE).metadata().warnings())
                .anyMatch(warning -> warning.contains("ten years"))
                .anyMatch(warning -> warning.contains("9999-12-31"));
        assertThat(space.analytics.summary(asked, PREVIOUS).data().current().visitingMembers()).isEqualTo(1);
        assertThat(space.analytics.retention(asked, new RetentionCriteria(MONTH, 52)).data().cohorts()).hasSize(1);
        assertThat(space.analytics.userVisits(asked, MOST_VISITS_CRITERIA, oneLargePage()).data().rows()).hasSize(1);
        assertThat(space.analytics.dormantMembers(asked, DORMANCY_CRITERIA, oneLargePage()).data().rows()).isEmpty();
        assertThat(space.analytics.visitsOfUser(1, asked, false, oneLargePage()).orElseThrow().data().visits().rows()).hasSize(3);
        assertThat(space.analytics.arrivals(asked, true).data().rows()).hasSize(7);
    }

    @Test
    void daysToComeAreEmptyAndSaidToBe() {
        var answer = space.analytics.dailyUsage(scope("2027-01-01", "2027-01-03", LATER), USED, DAY, ZERO, PREVIOUS);

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

        assertThat(space.analytics.visitsOfUser(1, scope(ALL, LATER), true, oneLargePage()).orElseThrow().data().member().name())
                .isPresent();
        assertThat(space.analytics.visitsOfUser(2, scope(ALL, LATER), true, oneLargePage()).orElseThrow().data().visits().rows())
                .extracting(Visit::tokenId)
                .containsExactly(1L);
        assertThat(space.analytics.visitsOfUser(3, scope(ALL, LATER), true, oneLargePage())).isEmpty();
        assertThat(space.analytics.visitsOfUser(1, scope(ALL, LATER), new CollectedRows<>())).isTrue();
        assertThat(space.analytics.visitsOfUser(3, scope(ALL, LATER), new CollectedRows<>())).isFalse();
    }

    @Test
    void anExportHasTheRowsOfAllPages() {
        space.visited(1, "2026-03-02T09:00", "2026-03-03T09:00").visited(2, "2026-03-02T09:00").issued(3, "2026-03-02T09:00");
        space.visited(7, "2026-03-01T09:00", "2026-03-02T09:00", "2026-03-03T09:00");
        var asked = scope(ALL, LATER);
        var users = new CollectedRows<MemberVisits>();
        var dormant = new CollectedRows<DormantMember>();
        var visits = new CollectedRows<Visit>();

        space.analytics.userVisits(asked, MOST_VISITS_CRITERIA, users);
        space.analytics.dormantMembers(asked, DORMANCY_CRITERIA, dormant);
        space.analytics.visitsOfUser(7, asked, visits);

        assertThat(users.rows).hasSize(4).isEqualTo(space.analytics.userVisits(asked, MOST_VISITS_CRITERIA, oneLargePage()).data().rows());
        assertThat(users.about).isEqualTo(space.analytics.userVisits(asked, MOST_VISITS_CRITERIA, oneLargePage()).metadata());
        assertThat(dormant.rows).hasSize(1)
                .isEqualTo(space.analytics.dormantMembers(asked, DORMANCY_CRITERIA, oneLargePage()).data().rows());
        assertThat(visits.rows).hasSize(3)
                .isEqualTo(space.analytics.visitsOfUser(7, asked, false, oneLargePage()).orElseThrow().data().visits().rows());
    }

    @Test
    void anExportWithoutARowHasBegunAllTheSame() {
        var rows = new CollectedRows<MemberVisits>();

        space.analytics.userVisits(scope("2026-03-01", "2026-03-05", LATER), MOST_VISITS_CRITERIA, rows);

        assertThat(rows.rows).isEmpty();
        assertThat(rows.about.range()).isPresent();
    }

    @Test
    void whatTheReaderOfAnExportThrowsComesOutOfIt() {
        space.visited(1, "2026-03-02T09:00");
        var failure = new UncheckedIOException(new IOException("the client went away"));

        assertThatThrownBy(() -> space.analytics.userVisits(scope(ALL, LATER), MOST_VISITS_CRITERIA, new RowConsumer<>() {

            @Override
            public void begin(ResultMetadata about) {}

            @Override
            public void accept(MemberVisits row) {
                throw failure;
            }
        })).isSameAs(failure);
        assertThat(space.analytics.userVisits(scope(ALL, LATER), MOST_VISITS_CRITERIA, oneLargePage()).data().rows()).hasSize(1);
    }

    @Test
    void aLedgerOutOfReachMakesAnswersUnavailableAndLeavesAnExportUnbegun() {
        var rows = new CollectedRows<MemberVisits>();
        space.ledger.setReachable(false);

        assertThatThrownBy(() -> space.analytics.summary(scope(ALL, LATER), NONE)).isInstanceOf(UnavailableException.class);
        assertThatThrownBy(() -> space.analytics.userVisits(scope(ALL, LATER), MOST_VISITS_CRITERIA, rows))
                .isInstanceOf(UnavailableException.class);
        assertThat(rows.hasBegun).isFalse();
    }

    @Test
    void aPageGoesOnWhenItsTokenIsUsedLater() {
        space.visited(1, "2026-03-02T09:00").visited(2, "2026-03-02T09:00");
        var first = space.analytics.userVisits(scope(ALL, LATER), MOST_VISITS_CRITERIA, new PageRequest<>(1, Optional.empty(), false))
                .data();
        var next = new PageRequest<>(5, first.nextPageToken(), false);

        assertThat(space.analytics.userVisits(scope(ALL, "2026-06-02T12:00"), MOST_VISITS_CRITERIA, next).data().rows()).hasSize(1);
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
