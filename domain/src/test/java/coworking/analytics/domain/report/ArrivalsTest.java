package coworking.analytics.domain.report;

import static coworking.analytics.domain.ExampleFacts.FOUR_O_CLOCK;
import static coworking.analytics.domain.ExampleFacts.unused;
import static coworking.analytics.domain.ExampleFacts.usedAtCreation;
import static coworking.analytics.domain.time.DayStart.MIDNIGHT;
import static coworking.analytics.domain.time.SpaceClock.UTC_ONLY;
import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SUNDAY;
import static java.time.DayOfWeek.TUESDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coworking.analytics.domain.HalfYearDomain;
import coworking.analytics.domain.fact.HourCounts;
import coworking.analytics.domain.fact.Token;
import coworking.analytics.domain.fact.TokenCounts;
import coworking.analytics.domain.time.DateRange;
import coworking.analytics.domain.time.DayStart;
import coworking.analytics.domain.time.SpaceClock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(HalfYearDomain.class)
@Domain(DomainContext.Global.class)
class ArrivalsTest {

    /** Monday to the Monday after. */
    private static final DateRange EIGHT_DAYS = new DateRange(LocalDate.parse("2026-03-02"), LocalDate.parse("2026-03-09"));

    private final List<Token> tokens = List.of(
            usedAtCreation(1, "2026-03-02T09:10"), usedAtCreation(1, "2026-03-09T09:50"), usedAtCreation(2, "2026-03-09T09:00"),
            usedAtCreation(1, "2026-03-03T03:59"),
            unused(1, "2026-03-03T10:00"));

    @Example
    void addUpEachWeekdaysHours() {
        var arrivals = Arrivals.from(EIGHT_DAYS, false, HourCounts.of(tokens, MIDNIGHT), MIDNIGHT, UTC_ONLY);

        assertThat(arrivals.rows()).extracting(Arrivals.WeekdayArrivals::weekday).containsExactly(DayOfWeek.values());
        assertThat(row(arrivals, MONDAY).hours().get(9)).isEqualTo(3);
        assertThat(row(arrivals, TUESDAY).hours().get(3)).isEqualTo(1);
        assertThat(row(arrivals, TUESDAY).hours().get(10)).isZero();
    }

    @Example
    void areDividedByTheDaysOfThatWeekday() {
        var arrivals = Arrivals.from(EIGHT_DAYS, true, HourCounts.of(tokens, MIDNIGHT), MIDNIGHT, UTC_ONLY);

        assertThat(row(arrivals, MONDAY).dayCount()).isEqualTo(2);
        assertThat(row(arrivals, MONDAY).hours().get(9)).isEqualTo(1.5);
        assertThat(row(arrivals, TUESDAY).hours().get(3)).isEqualTo(1);
    }

    @Example
    void countTheSmallHoursToTheWeekdayOfTheDayBefore() {
        var arrivals = Arrivals.from(EIGHT_DAYS, false, HourCounts.of(tokens, FOUR_O_CLOCK), FOUR_O_CLOCK, UTC_ONLY);

        assertThat(row(arrivals, MONDAY).hours().get(3)).isEqualTo(1);
        assertThat(row(arrivals, TUESDAY).hours().get(3)).isZero();
    }

    @Example
    void areNoneOnWeekdaysThatAreNotAmongTheDays() {
        var monday = new DateRange(EIGHT_DAYS.first(), EIGHT_DAYS.first());

        assertThat(row(Arrivals.from(monday, true, List.of(), MIDNIGHT, UTC_ONLY), SUNDAY)).isEqualTo(row(Arrivals.empty(true), SUNDAY));
        assertThat(Arrivals.empty(true).rows()).hasSize(7).allSatisfy(row -> {
            assertThat(row.dayCount()).isZero();
            assertThat(row.hours()).hasSize(24).containsOnly(0.0);
        });
    }

    /** Four used tokens in each real hour of eleven months, in which the clock is set forward and back. */
    @Example
    void areDividedByTheTimesThatTheClockShowedAnHour() {
        assertAverageOfFour("Europe/Berlin", "00:00");
        assertAverageOfFour("Europe/Berlin", "02:30");
        assertAverageOfFour("America/Los_Angeles", "04:00");
        assertAverageOfFour("Australia/Lord_Howe", "02:00");
        assertAverageOfFour("Asia/Kathmandu", "00:30");
    }

    private static void assertAverageOfFour(String zone, String dayStart) {
        var clock = SpaceClock.of(ZoneId.of("UTC"), ZoneId.of(zone));
        var start = new DayStart(LocalTime.parse(dayStart));
        var days = new DateRange(LocalDate.parse("2026-02-02"), LocalDate.parse("2026-12-27"));
        var tokens = clock.storedSpans(start.spanOf(days)).stream()
                .flatMap(span -> Stream.iterate(span.from(), span.to()::isAfter, time -> time.plusMinutes(15)))
                .map(time -> new Token(1, clock.wallOf(time), Optional.of(time))).toList();

        assertThat(Arrivals.from(days, true, HourCounts.of(tokens, start), start, clock).rows())
                .allSatisfy(row -> assertThat(row.hours()).hasSize(24).allSatisfy(hour -> assertThat(hour).isCloseTo(4, within(1e-9))));
    }

    @Example
    void haveNoAverageOfAnHourThatTheClockSkippedOnTheOnlyDay() {
        var sunday = new DateRange(LocalDate.parse("2027-03-28"), LocalDate.parse("2027-03-28"));
        var clock = SpaceClock.of(ZoneId.of("UTC"), ZoneId.of("Europe/Berlin"));

        assertThat(row(Arrivals.from(sunday, true, List.of(), MIDNIGHT, clock), SUNDAY).hours()).containsOnly(0.0);
    }

    @Property
    void areAsManyAsUsedTokensInAllAndTheSameOnAverage(@ForAll DateRange days, @ForAll List<Token> tokens, @ForAll DayStart start) {
        var tallies = HourCounts.of(tokens, start).stream().filter(tally -> days.contains(tally.day())).toList();
        var average = Arrivals.from(days, true, tallies, start, UTC_ONLY).rows().stream().mapToDouble(row -> row.dayCount() * sum(row))
                .sum();

        assertThat(Arrivals.from(days, false, tallies, start, UTC_ONLY).rows().stream().mapToDouble(ArrivalsTest::sum).sum())
                .isEqualTo((double) TokenCounts.of(tokens, start.spanOf(days)).used())
                .isCloseTo(average, within(1e-6));
    }

    private static double sum(Arrivals.WeekdayArrivals row) {
        return row.hours().stream().mapToDouble(Double::doubleValue).sum();
    }

    private static Arrivals.WeekdayArrivals row(Arrivals arrivals, DayOfWeek weekday) {
        return arrivals.rows().stream().filter(row -> row.weekday() == weekday).findFirst().orElseThrow();
    }
}
