package coworking.analytics.domain.time;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.domain.time.SpaceClock.Shift;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The oracle is {@link ZonedDateTime}, asked time by time. */
class SpaceClockTest {

    /** Half and quarter hours, a shift of half an hour, changes at 0:00 and 0:01, a day that never was, offsets with seconds. */
    private static final List<String> ZONES = List.of("UTC", "Europe/Berlin", "America/Los_Angeles", "Asia/Kolkata", "Asia/Kathmandu",
            "Australia/Lord_Howe", "America/Sao_Paulo", "America/Havana", "America/St_Johns", "Pacific/Apia", "Africa/Monrovia",
            "Africa/Casablanca", "Europe/Dublin", "Antarctica/Troll");

    @Example
    void showsTheDayAndHourOfTheSpace() {
        var clock = clock("UTC", "America/Los_Angeles");

        assertThat(clock.wallOf(time("2026-12-01T00:19"))).isEqualTo("2026-11-30T16:19");
        assertThat(clock.at(time("2026-12-01T00:19"))).isEqualTo(OffsetDateTime.parse("2026-11-30T16:19-08:00"));
        assertThat(clock.momentOf(time("2026-12-01T00:19"))).isEqualTo("2026-12-01T00:19:00Z");
        assertThat(clock.wallAt(Instant.parse("2026-12-01T00:19:00Z"))).isEqualTo("2026-11-30T16:19");
    }

    @Example
    void findsBothPassesOfARepeatedHour() {
        var clock = clock("UTC", "Europe/Berlin");

        assertThat(clock.storedSpans(span("2027-10-31T02:00", "2027-10-31T03:00")))
                .containsExactly(span("2027-10-31T00:00", "2027-10-31T02:00"));
        assertThat(clock.storedSpans(span("2027-10-31T02:10", "2027-10-31T02:20")))
                .containsExactly(span("2027-10-31T00:10", "2027-10-31T00:20"), span("2027-10-31T01:10", "2027-10-31T01:20"));
    }

    @Example
    void findsNothingInASkippedHourOrDay() {
        assertThat(clock("UTC", "Europe/Berlin").storedSpans(span("2027-03-28T02:00", "2027-03-28T03:00"))).isEmpty();
        assertThat(clock("UTC", "Pacific/Apia").storedSpans(span("2011-12-30T00:00", "2011-12-31T00:00"))).isEmpty();
    }

    /** A day start in the hour from 0:01 to 1:01, which St John's showed twice: the wall clock decides, for each pass anew. */
    @Example
    void splitsARepeatedHourAtADayStartByTheWallClock() {
        var clock = clock("UTC", "America/St_Johns");
        var dayOf = DayStart.MIDNIGHT.spanOf(day("2010-11-07"));

        assertThat(clock.storedSpans(DayStart.MIDNIGHT.spanOf(day("2010-11-06"))))
                .containsExactly(span("2010-11-06T02:30", "2010-11-07T02:30"), span("2010-11-07T02:31", "2010-11-07T03:30"));
        assertThat(clock.storedSpans(dayOf))
                .containsExactly(span("2010-11-07T02:30", "2010-11-07T02:31"), span("2010-11-07T03:30", "2010-11-08T03:30"));
    }

    /** At 2:10 for the second time, what happened at 2:50 for the first time has happened. */
    @Example
    void cutsARepeatedHourAtAMoment() {
        var clock = clock("UTC", "Europe/Berlin");
        var secondTen = Instant.parse("2027-10-31T01:10:00Z");
        var firstTen = Instant.parse("2027-10-31T00:10:00Z");
        var hour = span("2027-10-31T02:00", "2027-10-31T03:00");

        assertThat(clock.storedSpans(cut(hour, secondTen))).containsExactly(span("2027-10-31T00:00", "2027-10-31T01:10"));
        assertThat(clock.wallTimesOnBothSidesOf(secondTen)).isEqualTo(span("2027-10-31T02:10", "2027-10-31T03:00"));
        assertThat(clock.wallTimesOnBothSidesOf(firstTen)).isEqualTo(span("2027-10-31T02:00", "2027-10-31T02:10"));
        assertThat(clock.wallTimesOnBothSidesOf(Instant.parse("2027-10-31T12:00:00Z")))
                .isEqualTo(span("2027-10-31T13:00", "2027-10-31T13:00"));
    }

    /** Nothing is known of the pass in which a time was written, so the first is meant. */
    @Example
    void readsAStoredTimeThatItsClockShowedTwiceAsTheFirst() {
        var clock = clock("Europe/Berlin", "UTC");

        assertThat(clock.wallOf(time("2027-10-31T02:50"))).isEqualTo("2027-10-31T00:50");
        assertThat(clock.wallOf(time("2027-10-31T03:00"))).isEqualTo("2027-10-31T02:00");
        assertThat(clock.wallOf(time("2027-03-28T02:30"))).isEqualTo("2027-03-28T01:30");
    }

    @Example
    void shiftsNothingBetweenZonesOfTheSameRules() {
        for (var clock : List.of(clock("UTC", "Etc/GMT"), clock("Europe/Berlin", "Europe/Berlin"),
                clock("Asia/Kolkata", "Asia/Calcutta"))) {
            assertThat(clock.isIdentity()).isTrue();
            assertThat(clock.shifts()).containsExactly(new Shift(LocalDateTime.MIN, 0));
            assertThat(clock.wallOf(time("2027-03-28T02:30"))).isEqualTo("2027-03-28T02:30");
        }
        assertThat(clock("UTC", "Europe/London").isIdentity()).isFalse();
    }

    @Example
    void shiftsNothingAtTheEndsOfTheCalendarOfFourDigitYears() {
        var clock = clock("Etc/GMT+12", "Pacific/Kiritimati");
        var first = time("0001-01-01T00:00");
        var last = time("9999-12-31T23:59:59.999999");

        assertThat(clock.wallOf(first)).isEqualTo(first);
        assertThat(clock.wallOf(last)).isEqualTo(last);
        assertThat(clock.wallOf(last.minusDays(3))).isEqualTo(last.minusDays(3).plusHours(26));
        assertThat(clock.storedSpans(new TimeSpan(LocalDateTime.MIN, LocalDateTime.MAX)))
                .containsExactly(new TimeSpan(LocalDateTime.MIN, LocalDateTime.MAX));
    }

    @Example
    void keepsStandardTimeBeyondTheHorizon() {
        assertThat(clock("UTC", "Europe/Berlin").wallOf(time("2199-07-01T12:00"))).isEqualTo("2199-07-01T14:00");
        assertThat(clock("UTC", "Europe/Berlin").wallOf(time("2200-07-01T12:00"))).isEqualTo("2200-07-01T13:00");
        assertThat(clock("UTC", "Australia/Lord_Howe").wallOf(time("2200-01-01T12:00"))).isEqualTo("2200-01-01T22:30");
        assertThat(clock("UTC", "Africa/Casablanca").wallOf(time("9000-01-01T12:00"))).isEqualTo("9000-01-01T13:00");
    }

    @Example
    void findsTheFirstMomentOfAWallTime() {
        var clock = clock("UTC", "Europe/Berlin");

        assertThat(clock.firstMomentOf(time("2027-10-31T02:30"))).isEqualTo("2027-10-31T00:30:00Z");
        assertThat(clock.firstMomentOf(time("2027-03-28T02:30"))).isEqualTo("2027-03-28T01:00:00Z");
        assertThat(clock("UTC", "Pacific/Apia").firstMomentOf(time("2011-12-30T04:00"))).isEqualTo("2011-12-30T10:00:00Z");
        assertThat(clock.firstMomentOf(time("2300-07-01T12:00"))).isEqualTo("2300-07-01T11:00:00Z");
    }

    @Example
    void shiftsOnlyTheRequestedTimes() {
        assertThat(clock("UTC", "Europe/Berlin").shifts(time("2026-10-25T00:00"), time("2026-10-25T01:00")))
                .containsExactly(new Shift(time("2026-03-29T01:00"), 7200));
        assertThat(clock("UTC", "Europe/Berlin").shifts(time("2026-10-25T00:00"), time("2026-10-25T01:00:01")))
                .containsExactly(new Shift(time("2026-03-29T01:00"), 7200), new Shift(time("2026-10-25T01:00"), 3600));
    }

    @Example
    void tellsClocksApartByTheirRules() {
        assertThat(clock("UTC", "Asia/Kolkata").fingerprint()).isEqualTo(clock("Etc/UTC", "Asia/Calcutta").fingerprint())
                .isNotEqualTo(clock("UTC", "Asia/Colombo").fingerprint()).hasSize(36);
        assertThat(clock("UTC", "Asia/Kolkata")).isEqualTo(clock("UTC", "Asia/Kolkata")).isNotEqualTo(clock("Asia/Kolkata", "UTC"));
    }

    @Example
    void ordersTheShiftsOfAllZones() {
        for (var zone : ZoneId.getAvailableZoneIds()) {
            for (var clock : List.of(clock("UTC", zone), clock(zone, "UTC"), clock(zone, "Europe/Dublin"),
                    clock("Antarctica/Troll", zone))) {
                assertThat(clock.shifts()).as(clock.toString()).extracting(Shift::begin).isSorted().doesNotHaveDuplicates();
            }
        }
    }

    @Property(tries = 1_000)
    void readsTimesAsZonedDateTimeDoes(@ForAll("clocks") SpaceClock clock, @ForAll Random random) {
        for (var time : timesAround(change(clock, random), random)) {
            var expected = time.atZone(clock.stored()).withZoneSameInstant(clock.space());

            if (!clock.isIdentity()) {
                assertThat(clock.wallOf(time)).as(time.toString()).isEqualTo(expected.toLocalDateTime());
                assertThat(clock.at(time)).as(time.toString()).isEqualTo(expected.toOffsetDateTime());
            }
            assertThat(clock.momentOf(time)).isEqualTo(expected.toInstant());
            assertThat(clock.wallAt(expected.toInstant())).isEqualTo(expected.toLocalDateTime());
            assertThat(time.plusSeconds(clock.shifts(time, time).getFirst().seconds())).isEqualTo(clock.wallOf(time));
        }
    }

    @Property(tries = 1_000)
    void storedSpansAreThePreimageOfASpan(@ForAll("clocks") SpaceClock clock, @ForAll Random random) {
        var change = change(clock, random);
        var times = timesAround(change, random);
        var bounds = random.ints(2, 0, times.size()).mapToObj(times::get).map(clock::wallOf).sorted().toList();
        var moment = random.nextBoolean()
                ? Optional.of(clock.momentOf(times.get(random.nextInt(times.size()))))
                : Optional.<Instant>empty();
        var wall = new TimeSpan(bounds.getFirst(), bounds.getLast(), moment);

        var spans = clock.storedSpans(wall);

        assertThat(times).allSatisfy(time -> assertThat(spans.stream().anyMatch(span -> span.contains(time)))
                .isEqualTo(wall.contains(clock.wallOf(time)) && moment.stream().allMatch(clock.momentOf(time)::isBefore)));
        assertThat(times).allSatisfy(time -> assertThat(spans.stream().anyMatch(span -> span.contains(time)))
                .isEqualTo(clock.contains(wall, time)));
        assertThat(spans).allSatisfy(span -> assertThat(span.from()).isBefore(span.to()));
        for (var i = 1; i < spans.size(); i++) {
            assertThat(spans.get(i).from()).isAfter(spans.get(i - 1).to());
        }
    }

    @Property(tries = 1_000)
    void tellsTheWallTimesOnBothSidesOfAMoment(@ForAll("clocks") SpaceClock clock, @ForAll Random random) {
        var times = timesAround(change(clock, random), random);
        var moment = clock.momentOf(times.get(random.nextInt(times.size())));
        var sides = clock.wallTimesOnBothSidesOf(moment);

        assertThat(times).allSatisfy(time -> {
            if (clock.wallOf(time).isBefore(sides.from())) {
                assertThat(clock.momentOf(time)).isBefore(moment);
            }
            if (!clock.wallOf(time).isBefore(sides.to())) {
                assertThat(clock.momentOf(time)).isAfterOrEqualTo(moment);
            }
        });
        assertThat(sides.length()).isLessThanOrEqualTo(Duration.ofDays(1));

        var wall = new TimeSpan(clock.wallOf(times.getFirst()), clock.wallOf(times.getLast()));
        var part = clock.partBefore(wall, moment);
        assertThat(times).allSatisfy(time -> assertThat(clock.contains(part, time))
                .isEqualTo(wall.contains(clock.wallOf(time)) && clock.momentOf(time).isBefore(moment)));
        assertThat(part.before().isPresent()).isEqualTo(!sides.length().isZero() && sides.from().isBefore(wall.to()));
    }

    /** On the store's clock: every quarter of an hour of four days around a change, and times around both of its sides. */
    private static List<LocalDateTime> timesAround(ZoneOffsetTransition change, Random random) {
        var times = new ArrayList<LocalDateTime>();
        var middle = change.getInstant().atOffset(UTC).toLocalDateTime();
        LongStream.range(-4 * 24 * 2, 4 * 24 * 2).mapToObj(quarter -> middle.plusMinutes(15 * quarter)).forEach(times::add);
        for (var edge : List.of(middle, change.getDateTimeBefore(), change.getDateTimeAfter())) {
            times.addAll(List.of(edge.minusNanos(1_000), edge, edge.plusNanos(1_000)));
        }
        random.longs(40, -200_000, 200_000).mapToObj(middle::plusSeconds).forEach(times::add);
        return times.stream().sorted().distinct().toList();
    }

    private static ZoneOffsetTransition change(SpaceClock clock, Random random) {
        var rules = (random.nextBoolean() ? clock.space() : clock.stored()).getRules();
        var from = Instant.ofEpochSecond(random.nextLong(
                Instant.parse("1850-01-01T00:00:00Z").getEpochSecond(), Instant.parse("2198-01-01T00:00:00Z").getEpochSecond()));
        var change = Optional.ofNullable(rules.nextTransition(from)).or(() -> Optional.ofNullable(rules.previousTransition(from)));
        return change.orElseGet(() -> ZoneId.of("Europe/Berlin").getRules().nextTransition(from));
    }

    @Provide
    static Arbitrary<SpaceClock> clocks() {
        var zones = Arbitraries.of(ZONES);
        return Combinators.combine(zones, zones).as(SpaceClockTest::clock);
    }

    private static SpaceClock clock(String stored, String space) {
        return SpaceClock.of(ZoneId.of(stored), ZoneId.of(space));
    }

    private static DateRange day(String day) {
        return new DateRange(time(day + "T00:00").toLocalDate(), time(day + "T00:00").toLocalDate());
    }

    private static TimeSpan cut(TimeSpan span, Instant before) {
        return new TimeSpan(span.from(), span.to(), Optional.of(before));
    }

    private static TimeSpan span(String from, String to) {
        return new TimeSpan(time(from), time(to));
    }

    private static LocalDateTime time(String time) {
        return LocalDateTime.parse(time);
    }
}
