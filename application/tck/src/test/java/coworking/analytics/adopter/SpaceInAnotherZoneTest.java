package coworking.analytics.adopter;

import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.application.port.in.SpaceAnalytics.PageRequest;
import coworking.analytics.application.port.in.SpaceAnalytics.ReportScope;
import coworking.analytics.application.query.ArrivalsQuery;
import coworking.analytics.application.query.DailyUsageQuery;
import coworking.analytics.application.query.SummaryQuery;
import coworking.analytics.application.query.VisitsOfUserQuery;
import coworking.analytics.domain.fact.TokenCounts;
import coworking.analytics.domain.report.ComparisonMode;
import coworking.analytics.domain.report.GapFill;
import coworking.analytics.domain.report.UsageMetric;
import coworking.analytics.domain.report.UsageSeries.UsagePoint;
import coworking.analytics.domain.report.UsageSummary;
import coworking.analytics.domain.time.AsOf;
import coworking.analytics.domain.time.DateRange;
import coworking.analytics.domain.time.DayStart;
import coworking.analytics.domain.time.Interval;
import coworking.analytics.domain.time.RequestedRange;
import coworking.analytics.domain.time.RequestedRange.FixedRange;
import coworking.analytics.domain.time.RequestedRange.NamedRange;
import coworking.analytics.domain.time.SpaceClock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Spaces whose wall clock shows another time than their tables, and days on which that clock is changed. */
class SpaceInAnotherZoneTest {

    private static final SpaceClock LOS_ANGELES = clock("UTC", "America/Los_Angeles");
    private static final SpaceClock BERLIN = clock("UTC", "Europe/Berlin");

    /** It is Monday afternoon in Los Angeles, and Tuesday at UTC. */
    @Test
    void aVisitCountsForTheDayAndHourOfTheSpace() {
        var space = new SpaceFixture(LOS_ANGELES);
        for (var user = 1; user <= 5; user++) {
            space.visited(user, "2026-12-01T00:19:00");
        }
        var lastDays = scope(NamedRange.LAST_7_DAYS, "2026-12-01T00:19:30Z", LOS_ANGELES);
        var monday = LocalDate.parse("2026-11-30");

        var summary = space.analytics.answer(new SummaryQuery(ComparisonMode.NONE), lastDays);
        assertThat(summary.data().current().tokenCounts()).isEqualTo(new TokenCounts(5, 5));
        assertThat(summary.data().current().busiestHour()).hasValue(new UsageSummary.Peak<>(16, 5));
        assertThat(summary.metadata().range()).hasValue(new DateRange(monday.minusDays(6), monday));
        assertThat(summary.metadata().asOf()).hasToString("2026-11-30T16:19:30-08:00[America/Los_Angeles]");
        assertThat(points(space, lastDays, ComparisonMode.NONE).getLast()).extracting(UsagePoint::label, UsagePoint::value)
                .containsExactly("2026-11-30", 5L);
        assertThat(space.analytics.answer(new ArrivalsQuery(false), lastDays).data().rows())
                .filteredOn(row -> row.weekday() == DayOfWeek.MONDAY).singleElement()
                .satisfies(row -> assertThat(row.hours().get(16)).isEqualTo(5));
        assertThat(space.analytics.answer(new VisitsOfUserQuery(1, false, new PageRequest<>(10, Optional.empty(), false)), lastDays)
                .orElseThrow().data()
                .visits().rows()).singleElement()
                .satisfies(visit -> assertThat(visit.countsAt()).isEqualTo(OffsetDateTime.parse("2026-11-30T16:19-08:00")));
    }

    /** It is ten past two for the second time; twenty minutes ago it was ten to three, for the first time. */
    @Test
    void aComparisonLosesNothingOfTheFirstPassOfARepeatedHour() {
        assertNothingIsLost("UTC", "2027-10-31T00:50:00");
        assertNothingIsLost("Europe/Berlin", "2027-10-31T02:50:00");
    }

    private static void assertNothingIsLost(String storedIn, String createdAt) {
        var clock = clock(storedIn, "Europe/Berlin");
        var space = new SpaceFixture(clock).joined(1, createdAt).visited(1, createdAt).issued(1, "2027-10-31T00:10:00");
        var today = scope(day("2027-10-31"), "2027-10-31T01:10:00Z", clock);

        var alone = space.analytics.answer(new SummaryQuery(ComparisonMode.NONE), today).data().current();
        var compared = space.analytics.answer(new SummaryQuery(ComparisonMode.PREVIOUS), today).data().current();

        assertThat(compared).isEqualTo(alone);
        assertThat(compared.tokenCounts()).isEqualTo(new TokenCounts(2, 1));
        assertThat(compared.newMembers()).isEqualTo(1);
        assertThat(compared.visitingMembers()).isEqualTo(1);
    }

    /** What is dated later than now in the repeated hour is left out, as on any other day. */
    @Test
    void aComparisonLeavesOutWhatIsLaterInARepeatedHour() {
        var space = new SpaceFixture(BERLIN).visited(1, "2027-10-31T00:50:00", "2027-10-31T01:50:00");

        assertThat(space.analytics
                .answer(new SummaryQuery(ComparisonMode.PREVIOUS), scope(day("2027-10-31"), "2027-10-31T01:10:00Z", BERLIN)).data()
                .current().tokenCounts()).isEqualTo(new TokenCounts(1, 1));
    }

    /** One visit in each hour, so as much time has as many visits: 4 hours have passed at 5:00 in spring, and 6 in autumn. */
    @Test
    void aRunningDayIsComparedWithAsMuchRealTime() {
        assertAsManyVisits(LocalDate.parse("2027-03-28"), "2027-03-28T03:00:00Z", 4);
        assertAsManyVisits(LocalDate.parse("2027-10-31"), "2027-10-31T04:00:00Z", 6);
        assertAsManyVisits(LocalDate.parse("2027-10-30"), "2027-10-30T03:00:00Z", 5);
    }

    private static void assertAsManyVisits(LocalDate day, String now, long visits) {
        var space = new SpaceFixture(BERLIN);
        var first = day.minusDays(9).atStartOfDay();
        for (var hour = 0; hour < 240 && first.plusHours(hour).isBefore(OffsetDateTime.parse(now).toLocalDateTime()); hour++) {
            space.visited(1, first.plusHours(hour).plusMinutes(30).toString());
        }
        var today = scope(day(day.toString()), now, BERLIN);

        var summary = space.analytics.answer(new SummaryQuery(ComparisonMode.PREVIOUS), today).data();
        assertThat(summary.current().tokenCounts().used()).isEqualTo(visits);
        assertThat(summary.comparison().orElseThrow().tokenCounts().used()).isEqualTo(visits);
        assertThat(points(space, today, ComparisonMode.PREVIOUS)).singleElement().satisfies(point -> {
            assertThat(point.value()).isEqualTo(visits);
            assertThat(point.comparison().orElseThrow().value()).isEqualTo(visits);
        });
    }

    /** One visit in each real hour. */
    @Test
    void daysHaveTwentyThreeToTwentyFiveHours() {
        var space = new SpaceFixture(BERLIN);
        for (var hour = 0; hour < 24 * 3; hour++) {
            space.visited(1, OffsetDateTime.parse("2027-10-29T22:00:00Z").plusHours(hour).toLocalDateTime().toString());
            space.visited(1, OffsetDateTime.parse("2027-03-26T23:00:00Z").plusHours(hour).toLocalDateTime().toString());
        }

        assertThat(points(space, scope(days("2027-10-30", "2027-10-31"), "2028-01-01T00:00:00Z", BERLIN), ComparisonMode.NONE))
                .extracting(UsagePoint::value).containsExactly(24L, 25L);
        assertThat(points(space, scope(days("2027-03-27", "2027-03-28"), "2028-01-01T00:00:00Z", BERLIN), ComparisonMode.NONE))
                .extracting(UsagePoint::value).containsExactly(24L, 23L);
        assertThat(
                space.analytics.answer(new ArrivalsQuery(false), scope(day("2027-10-31"), "2028-01-01T00:00:00Z", BERLIN)).data().rows()
                        .getLast().hours())
                .startsWith(1.0, 1.0, 2.0, 1.0);
        assertThat(
                space.analytics.answer(new ArrivalsQuery(false), scope(day("2027-03-28"), "2028-01-01T00:00:00Z", BERLIN)).data().rows()
                        .getLast().hours())
                .startsWith(1.0, 1.0, 0.0, 1.0);
    }

    private static List<UsagePoint> points(SpaceFixture space, ReportScope scope, ComparisonMode comparison) {
        return space.analytics.answer(new DailyUsageQuery(UsageMetric.USED, Interval.DAY, GapFill.ZERO, comparison), scope).data().points();
    }

    private static ReportScope scope(RequestedRange range, String now, SpaceClock clock) {
        return new ReportScope(range, new AsOf(Instant.parse(now), new DayStart(LocalTime.MIDNIGHT), clock));
    }

    private static RequestedRange day(String day) {
        return days(day, day);
    }

    private static RequestedRange days(String from, String to) {
        return new FixedRange(Optional.of(LocalDate.parse(from)), Optional.of(LocalDate.parse(to)));
    }

    private static SpaceClock clock(String stored, String space) {
        return SpaceClock.of(ZoneId.of(stored), ZoneId.of(space));
    }
}
