package coworking.analytics.adopter;

import static coworking.analytics.adopter.Space.asked;
import static coworking.analytics.domain.Comparison.NONE;
import static coworking.analytics.domain.Comparison.PREVIOUS;
import static coworking.analytics.domain.Comparison.YEAR;
import static coworking.analytics.domain.Fill.ZERO;
import static coworking.analytics.domain.Interval.DAY;
import static coworking.analytics.domain.Interval.MONTH;
import static coworking.analytics.domain.Interval.WEEK;
import static coworking.analytics.domain.Metric.MEMBERS;
import static coworking.analytics.domain.Metric.USED;
import static coworking.analytics.domain.RequestedDays.Rolling.ALL;
import static coworking.analytics.domain.RequestedDays.Rolling.LAST_7_DAYS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import coworking.analytics.application.port.in.SpaceAnalytics.About;
import coworking.analytics.application.port.in.SpaceAnalytics.Asked;
import coworking.analytics.application.port.in.SpaceAnalytics.DormancyQuestion;
import coworking.analytics.application.port.in.SpaceAnalytics.Export;
import coworking.analytics.application.port.in.SpaceAnalytics.Page;
import coworking.analytics.application.port.in.SpaceAnalytics.Paging;
import coworking.analytics.application.port.in.SpaceAnalytics.VisitsQuestion;
import coworking.analytics.application.port.in.SpaceAnalytics.VisitsQuestion.Order;
import coworking.analytics.application.port.in.SpaceAnalytics.WrongCursor;
import coworking.analytics.application.port.in.Unavailable;
import coworking.analytics.domain.DailySeries;
import coworking.analytics.domain.DailySeries.Point;
import coworking.analytics.domain.DayStart;
import coworking.analytics.domain.Days;
import coworking.analytics.domain.Dormancy;
import coworking.analytics.domain.Finding;
import coworking.analytics.domain.MemberVisits;
import coworking.analytics.domain.Membership;
import coworking.analytics.domain.RequestedDays.Between;
import coworking.analytics.domain.Retention;
import coworking.analytics.domain.Summary.Peak;
import coworking.analytics.domain.Usage;
import coworking.analytics.domain.Visit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The questions of those who run a space, asked of a service whose ledger is the definition. */
class SpaceAnalyticsTest {

    private static final String LATER = "2026-06-01T12:00";
    private static final VisitsQuestion MOST_VISITS = new VisitsQuestion(false, Optional.empty(), 1, Order.MOST_VISITS, false);
    private static final DormancyQuestion DORMANT = new DormancyQuestion(2, 3, false);
    private static final Paging ALL_AT_ONCE = new Paging(1_000, Optional.empty(), true);

    private final Space space = new Space();

    @Test
    void aDayWithoutVisitsHasALineWithZero() {
        space.visited(1, "2026-03-01T09:00", "2026-03-02T09:00", "2026-03-04T09:00");

        var answer = space.analytics.dailyUsage(asked("2026-03-01", "2026-03-05", LATER), USED, DAY, ZERO, NONE);

        assertThat(answer.data().points()).extracting(Point::value).containsExactly(1L, 1L, 0L, 1L, 0L);
        assertThat(answer.about().isPartial()).isFalse();
        assertThat(answer.about().warnings()).isEmpty();
    }

    @Test
    void weeksAroundTheYearsEndAreIsoWeeks() {
        space.visited(1, "2026-12-28T09:00", "2027-01-03T09:00", "2027-01-10T09:00");

        var answer = space.analytics.dailyUsage(asked("2026-12-28", "2027-01-10", "2027-06-01T12:00"), USED, WEEK, ZERO, NONE);

        assertThat(answer.data().points())
                .extracting(Point::name, Point::value)
                .containsExactly(tuple("2026-W53", 2L), tuple("2027-W01", 1L));
    }

    @Test
    void aTokenBeforeTheDaysStartCountsToTheDayBefore() {
        space.visited(1, "2026-03-02T03:59", "2026-03-02T04:00");
        var march = new Between(Optional.of(LocalDate.parse("2026-03-01")), Optional.of(LocalDate.parse("2026-03-02")));
        var asked = new Asked(march, new DayStart(LocalTime.of(4, 0)), LocalDateTime.parse(LATER));

        assertThat(space.analytics.dailyUsage(asked, USED, DAY, ZERO, NONE).data().points())
                .extracting(Point::value)
                .containsExactly(1L, 1L);
    }

    @Test
    void aDayThatRunsForSixHoursIsComparedWithSixHours() {
        space.visited(1, "2026-03-09T05:59", "2026-03-09T06:00", "2026-03-10T05:00").visited(2, "2026-03-09T01:00", "2026-03-10T05:30");
        var asked = asked("2026-03-10", "2026-03-10", "2026-03-10T06:00");

        var used = space.analytics.dailyUsage(asked, USED, DAY, ZERO, PREVIOUS);
        var members = space.analytics.dailyUsage(asked, MEMBERS, DAY, ZERO, PREVIOUS);

        assertThat(used.about().isPartial()).isTrue();
        assertThat(used.data().points().getFirst().before().map(DailySeries.Before::value)).hasValue(2L);
        assertThat(members.data().points().getFirst().before().map(DailySeries.Before::value)).hasValue(2L);
        assertThat(members.data().points().getFirst().changePercent()).hasValue(0);
    }

    @Test
    void aSummaryOfDaysThatRunIsComparedAsFarAsTheyHavePassed() {
        space.joined(1, "2026-03-09T01:00").joined(2, "2026-03-09T07:00").joined(3, "2026-03-10T05:00");
        space.visited(1, "2026-03-09T05:10", "2026-03-09T05:59", "2026-03-09T08:00", "2026-03-10T05:00").issued(2, "2026-03-10T01:00");

        var compared = space.analytics.summary(asked("2026-03-10", "2026-03-10", "2026-03-10T05:30"), PREVIOUS).data();

        assertThat(compared.now().usage()).isEqualTo(new Usage(2, 1));
        assertThat(compared.now().newMembers()).isEqualTo(1);
        assertThat(compared.before()).hasValueSatisfying(before -> {
            assertThat(before.usage()).isEqualTo(new Usage(1, 1));
            assertThat(before.newMembers()).isEqualTo(1);
            assertThat(before.visitingMembers()).isEqualTo(1);
            assertThat(before.busiestHour()).hasValue(new Peak<>(5, 1));
        });
    }

    @Test
    void whoStaysAwayForMoreThanTwiceTheOwnGapIsDormant() {
        space.visited(7, "2026-03-01T09:00", "2026-03-08T09:00", "2026-03-15T09:00");
        space.visited(30, "2025-12-16T09:00", "2026-01-15T09:00", "2026-02-14T09:00");

        var answer = space.analytics.dormant(asked(ALL, "2026-03-30T12:00"), DORMANT, ALL_AT_ONCE);

        assertThat(answer.data().rows())
                .extracting(dormancy -> dormancy.member().userId(), Dormancy::medianGapDays, Dormancy::absentDays)
                .containsExactly(tuple(7L, 7.0, 15L));
        assertThat(answer.data().total()).hasValue(1);
        assertThat(answer.about().warnings()).containsExactly(
                "The last token is of 2026-03-15, but absences last until today, 2026-03-30.");
        assertThat(space.analytics.dormant(asked(ALL, "2026-03-31T12:00"), DORMANT, ALL_AT_ONCE).data().rows()).hasSize(1);
    }

    @Test
    void dormancyInARangeThatIsOverIsThatOfItsLastDay() {
        space.visited(7, "2026-03-01T09:00", "2026-03-02T09:00", "2026-03-03T09:00", "2026-05-31T09:00");
        space.visited(8, "2026-03-10T09:00", "2026-03-20T09:00", "2026-03-30T09:00", "2026-04-09T09:00", "2026-05-31T09:00");

        var answer = space.analytics.dormant(asked("2026-03-01", "2026-03-31", LATER), DORMANT, ALL_AT_ONCE);

        assertThat(answer.data().rows())
                .extracting(dormancy -> dormancy.member().userId(), Dormancy::absentDays)
                .containsExactly(tuple(7L, 28L));
        assertThat(answer.data().total()).hasValue(1);
        assertThat(answer.about().warnings()).singleElement().asString().contains("2026-03-31");
        assertThat(space.analytics.dormant(asked("2026-03-01", "2026-06-30", LATER), DORMANT, ALL_AT_ONCE).data().rows()).isEmpty();
    }

    /** The last token tells where the range ends, not until when somebody was absent. */
    @Test
    void theNextPageOfDormancyOfAllDaysLastsUntilTodayToo() {
        for (var user = 1; user <= 3; user++) {
            space.visited(user, "2026-03-01T09:00", "2026-03-02T09:00", "2026-03-03T09:00");
        }
        var first = space.analytics.dormant(asked(ALL, LATER), DORMANT, new Paging(1, Optional.empty(), true)).data();

        var next = space.analytics.dormant(asked(ALL, LATER), DORMANT, new Paging(1, first.next(), true)).data();

        assertThat(first.total()).hasValue(3);
        assertThat(next.total()).hasValue(3);
        assertThat(next.rows()).extracting(Dormancy::absentDays).containsExactly(90L);
    }

    @Test
    void arrivalsAreOfTheWeekdayAndTheHour() {
        space.visited(1, "2026-03-02T09:10", "2026-03-09T09:50");

        var arrivals = space.analytics.arrivals(asked("2026-03-02", "2026-03-15", LATER), true).data();

        assertThat(arrivals.rows().getFirst().weekday()).isEqualTo(DayOfWeek.MONDAY);
        assertThat(arrivals.rows().getFirst().hours().get(9)).isEqualTo(1);
    }

    /** Most join before they are given a first token, and some are given none. */
    @Test
    void allMembersAreThoseWhoJoinedWithoutATokenToo() {
        space.joined(1, "2025-01-01T00:00").joined(2, "2026-03-03T00:00").visited(1, "2025-02-02T09:00");

        var answer = space.analytics.members(asked(ALL, LATER), MONTH);

        assertThat(answer.data().points()).hasSize(15).extracting(Membership.Point::joined).startsWith(1L, 0L).endsWith(0L, 1L);
        assertThat(answer.about().days()).hasValue(new Days(LocalDate.parse("2025-01-01"), LocalDate.parse("2026-03-03")));
    }

    @Test
    void membersGrowFromThoseWhoJoinedBefore() {
        space.joined(1, "2025-01-01T00:00").left(2, "2026-03-02T23:59").joined(3, "2026-03-03T00:00");

        var members = space.analytics.members(asked("2026-03-02", "2026-03-03", LATER), DAY).data();

        assertThat(members.points())
                .extracting(Membership.Point::joined, Membership.Point::cumulative)
                .containsExactly(tuple(1L, 2L), tuple(1L, 3L));
        assertThat(members.inactive()).isEqualTo(1);
    }

    /** The days begin in the middle of the week; its first visitors came before them. */
    @Test
    void aCohortIsNotCutByTheDaysThatWereAskedFor() {
        space.visited(1, "2026-03-02T09:00", "2026-03-10T09:00").visited(2, "2026-03-05T09:00");

        var answer = space.analytics.retention(asked("2026-03-04", "2026-03-08", "2026-03-16T00:00"), WEEK, 12);

        assertThat(answer.data().cohorts()).singleElement().satisfies(cohort -> {
            assertThat(cohort.size()).isEqualTo(2);
            assertThat(cohort.cells())
                    .extracting(Retention.Cell::members, Retention.Cell::isComplete)
                    .containsExactly(tuple(2L, true), tuple(1L, true), tuple(0L, false));
        });
        assertThat(answer.about().warnings()).singleElement().asString().contains("2026-03-02 to 2026-03-08");
    }

    @Test
    void findingsAreOfEachKind() {
        space.joined(1, "2026-03-03T00:00").joined(2, "2026-03-03T00:00").visited(1, "2026-03-02T09:00");

        assertThat(space.analytics.dataQuality(asked("2026-03-01", "2026-03-05", LATER)).data())
                .extracting(Finding::kind, Finding::count, Finding::samples)
                .containsExactly(
                        tuple(Finding.Kind.USED_BEFORE_CREATED, 1L, List.of(1L)),
                        tuple(Finding.Kind.CREATED_BEFORE_JOINED, 1L, List.of(1L)),
                        tuple(Finding.Kind.REPEATED_CODE, 0L, List.of()),
                        tuple(Finding.Kind.USER_NEVER_SEEN, 1L, List.of(2L)));
    }

    @Test
    void withoutATokenAnOpenRangeHasNoDaysAndEveryAnswerIsEmpty() {
        space.joined(1, "2026-03-03T00:00");
        var asked = asked(ALL, LATER);
        var about = space.analytics.dailyUsage(asked, USED, DAY, ZERO, PREVIOUS).about();

        assertThat(about.days()).isEmpty();
        assertThat(about.isPartial()).isFalse();
        assertThat(about.warnings()).singleElement().asString().contains("no days");
        assertThat(space.analytics.dailyUsage(asked, USED, DAY, ZERO, PREVIOUS).data().points()).isEmpty();
        assertThat(space.analytics.dailyUsage(asked, MEMBERS, DAY, ZERO, PREVIOUS).data().points()).isEmpty();
        assertThat(space.analytics.summary(asked, PREVIOUS).data().now().usage()).isEqualTo(Usage.NONE);
        assertThat(space.analytics.arrivals(asked, true).data().rows()).hasSize(7);
        assertThat(space.analytics.members(asked, MONTH).data().active()).isEqualTo(1);
        assertThat(space.analytics.retention(asked, WEEK, 12).data().cohorts()).isEmpty();
        assertThat(space.analytics.dataQuality(asked).data()).last().extracting(Finding::count).isEqualTo(1L);
        assertThat(space.analytics.userVisits(asked, MOST_VISITS, ALL_AT_ONCE).data())
                .isEqualTo(new Page<>(List.of(), Optional.empty(), OptionalLong.of(0)));
        assertThat(space.analytics.dormant(asked, DORMANT, ALL_AT_ONCE).data().rows()).isEmpty();
        assertThat(space.analytics.visitsOf(1, asked, false, ALL_AT_ONCE).orElseThrow().data().visits().rows()).isEmpty();
    }

    @Test
    void theDaysThatWereMeantAndTheMomentAreSaid() {
        space.visited(1, "2026-03-02T09:00");

        var about = space.analytics.arrivals(asked(LAST_7_DAYS, "2026-03-10T12:00"), false).about();

        assertThat(about).isEqualTo(new About(
                Optional.of(new Days(LocalDate.parse("2026-03-04"), LocalDate.parse("2026-03-10"))),
                LocalDateTime.parse("2026-03-10T12:00"), about.version(), false, true, List.of()));
    }

    @Test
    void whatOneStateAnswersBearsOneName() {
        space.visited(1, "2026-03-02T09:00");
        var asked = asked(LAST_7_DAYS, "2026-03-10T12:00");
        var before = space.analytics.arrivals(asked, false).about().version();

        assertThat(before).isPresent();
        assertThat(space.analytics.members(asked, WEEK).about().version()).isEqualTo(before);

        space.visited(1, "2026-03-09T09:00");

        assertThat(space.analytics.arrivals(asked, false).about().version()).isPresent().isNotEqualTo(before);
    }

    @Test
    void aStoresInfinitiesMakeNeitherMillionsOfLinesNorAFailure() {
        space.joined(1, "9999-12-31T23:59:59.999999").visited(1, "0001-01-01T00:00", "2026-03-02T09:00", "9999-12-31T23:59:59.999999");
        var asked = asked(ALL, LATER);

        for (var interval : List.of(DAY, WEEK, MONTH)) {
            for (var comparison : List.of(NONE, PREVIOUS, YEAR)) {
                assertThat(space.analytics.dailyUsage(asked, USED, interval, ZERO, comparison).data().total()).hasValue(3);
                assertThat(space.analytics.dailyUsage(asked, MEMBERS, interval, ZERO, comparison).data().points()).hasSize(3);
            }
            assertThat(space.analytics.members(asked, interval).data().points()).hasSize(1);
        }
        assertThat(space.analytics.dailyUsage(asked, USED, DAY, ZERO, NONE).about().warnings())
                .anyMatch(warning -> warning.contains("ten years"))
                .anyMatch(warning -> warning.contains("9999-12-31"));
        assertThat(space.analytics.summary(asked, PREVIOUS).data().now().visitingMembers()).isEqualTo(1);
        assertThat(space.analytics.retention(asked, MONTH, 52).data().cohorts()).hasSize(1);
        assertThat(space.analytics.userVisits(asked, MOST_VISITS, ALL_AT_ONCE).data().rows()).hasSize(1);
        assertThat(space.analytics.dormant(asked, DORMANT, ALL_AT_ONCE).data().rows()).isEmpty();
        assertThat(space.analytics.visitsOf(1, asked, false, ALL_AT_ONCE).orElseThrow().data().visits().rows()).hasSize(3);
        assertThat(space.analytics.arrivals(asked, true).data().rows()).hasSize(7);
    }

    @Test
    void daysToComeAreEmptyAndSaidToBe() {
        var answer = space.analytics.dailyUsage(asked("2027-01-01", "2027-01-03", LATER), USED, DAY, ZERO, PREVIOUS);

        assertThat(answer.data().points()).hasSize(3).allSatisfy(point -> {
            assertThat(point.isPartial()).isTrue();
            assertThat(point.before()).isEmpty();
        });
        assertThat(answer.about().isPartial()).isTrue();
        assertThat(answer.about().warnings()).first().asString().contains("2027-01-03");
    }

    @Test
    void nobodyAtAllIsNotAUserWithoutVisits() {
        space.joined(1, "2026-03-03T00:00").visited(2, "2026-03-02T09:00");

        assertThat(space.analytics.visitsOf(1, asked(ALL, LATER), true, ALL_AT_ONCE).orElseThrow().data().member().name()).isPresent();
        assertThat(space.analytics.visitsOf(2, asked(ALL, LATER), true, ALL_AT_ONCE).orElseThrow().data().visits().rows())
                .extracting(Visit::tokenId)
                .containsExactly(1L);
        assertThat(space.analytics.visitsOf(3, asked(ALL, LATER), true, ALL_AT_ONCE)).isEmpty();
        assertThat(space.analytics.visitsOf(1, asked(ALL, LATER), new Rows<>())).isTrue();
        assertThat(space.analytics.visitsOf(3, asked(ALL, LATER), new Rows<>())).isFalse();
    }

    @Test
    void anExportHasTheRowsOfAllPages() {
        space.visited(1, "2026-03-02T09:00", "2026-03-03T09:00").visited(2, "2026-03-02T09:00").issued(3, "2026-03-02T09:00");
        space.visited(7, "2026-03-01T09:00", "2026-03-02T09:00", "2026-03-03T09:00");
        var asked = asked(ALL, LATER);
        var users = new Rows<MemberVisits>();
        var dormant = new Rows<Dormancy>();
        var visits = new Rows<Visit>();

        space.analytics.userVisits(asked, MOST_VISITS, users);
        space.analytics.dormant(asked, DORMANT, dormant);
        space.analytics.visitsOf(7, asked, visits);

        assertThat(users.rows).hasSize(4).isEqualTo(space.analytics.userVisits(asked, MOST_VISITS, ALL_AT_ONCE).data().rows());
        assertThat(users.about).isEqualTo(space.analytics.userVisits(asked, MOST_VISITS, ALL_AT_ONCE).about());
        assertThat(dormant.rows).hasSize(1).isEqualTo(space.analytics.dormant(asked, DORMANT, ALL_AT_ONCE).data().rows());
        assertThat(visits.rows).hasSize(3)
                .isEqualTo(space.analytics.visitsOf(7, asked, false, ALL_AT_ONCE).orElseThrow().data().visits().rows());
    }

    @Test
    void anExportWithoutARowHasBegunAllTheSame() {
        var rows = new Rows<MemberVisits>();

        space.analytics.userVisits(asked("2026-03-01", "2026-03-05", LATER), MOST_VISITS, rows);

        assertThat(rows.rows).isEmpty();
        assertThat(rows.about.days()).isPresent();
    }

    @Test
    void whatTheReaderOfAnExportThrowsComesOutOfIt() {
        space.visited(1, "2026-03-02T09:00");
        var failure = new UncheckedIOException(new IOException("the client went away"));

        assertThatThrownBy(() -> space.analytics.userVisits(asked(ALL, LATER), MOST_VISITS, new Export<>() {

            @Override
            public void begin(About about) {}

            @Override
            public void row(MemberVisits row) {
                throw failure;
            }
        })).isSameAs(failure);
        assertThat(space.analytics.userVisits(asked(ALL, LATER), MOST_VISITS, ALL_AT_ONCE).data().rows()).hasSize(1);
    }

    @Test
    void aLedgerOutOfReachMakesAnswersUnavailableAndLeavesAnExportUnbegun() {
        var rows = new Rows<MemberVisits>();
        space.ledger.setReachable(false);

        assertThatThrownBy(() -> space.analytics.summary(asked(ALL, LATER), NONE)).isInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> space.analytics.userVisits(asked(ALL, LATER), MOST_VISITS, rows)).isInstanceOf(Unavailable.class);
        assertThat(rows.hasBegun).isFalse();
    }

    @Test
    void aCursorGoesOnWithItsOwnQuestionOnly() {
        space.visited(1, "2026-03-02T09:00").visited(2, "2026-03-02T09:00");
        var first = space.analytics.userVisits(asked(ALL, LATER), MOST_VISITS, new Paging(1, Optional.empty(), false)).data();
        var next = new Paging(5, first.next(), false);
        var fewest = new VisitsQuestion(false, Optional.empty(), 1, Order.FEWEST_VISITS, false);

        assertThat(space.analytics.userVisits(asked(ALL, "2026-06-02T12:00"), MOST_VISITS, next).data().rows()).hasSize(1);
        assertThatThrownBy(() -> space.analytics.userVisits(asked(ALL, LATER), fewest, next)).isInstanceOf(WrongCursor.class);
        assertThatThrownBy(() -> space.analytics.userVisits(asked(LAST_7_DAYS, LATER), MOST_VISITS, next)).isInstanceOf(WrongCursor.class);
        assertThatThrownBy(() -> space.analytics.dormant(asked(ALL, LATER), DORMANT, next)).isInstanceOf(WrongCursor.class);
        assertThatThrownBy(() -> space.analytics.visitsOf(1, asked(ALL, LATER), false, next)).isInstanceOf(WrongCursor.class);
    }

    /** Keeps what it is given. */
    private static final class Rows<T> implements Export<T> {

        private final List<T> rows = new ArrayList<>();
        private boolean hasBegun;
        private About about = new About(Optional.empty(), LocalDateTime.MIN, Optional.empty(), false, false, List.of());

        @Override
        public void begin(About about) {
            hasBegun = true;
            this.about = about;
        }

        @Override
        public void row(T row) {
            rows.add(row);
        }
    }
}
