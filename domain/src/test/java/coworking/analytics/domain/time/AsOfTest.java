package coworking.analytics.domain.time;

import static coworking.analytics.domain.ExampleFacts.FOUR_O_CLOCK;
import static coworking.analytics.domain.ExampleFacts.span;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AsOfTest {

    private static final SpaceClock ST_JOHNS = SpaceClock.of(ZoneOffset.UTC, ZoneId.of("America/St_Johns"));

    private static final LocalDate DAY = LocalDate.parse("2026-03-02");
    private static final DateRange ONE_DAY = new DateRange(DAY, DAY);

    @Test
    void tellsWhetherDaysHaveBegunAndAreOver() {
        assertThat(at("2026-03-02T03:59:59.999999").hasStarted(ONE_DAY)).isFalse();
        assertThat(at("2026-03-02T04:00").hasStarted(ONE_DAY)).isTrue();
        assertThat(at("2026-03-03T03:59:59.999999").isOver(ONE_DAY)).isFalse();
        assertThat(at("2026-03-03T04:00").isOver(ONE_DAY)).isTrue();
    }

    /** The 31st has 25 hours, from 22:00 to 23:00 UTC. */
    @Test
    void comparesAsMuchTimeAsHasReallyPassed() {
        var day = days("2027-10-31", "2027-10-31");
        var before = DayStart.MIDNIGHT.spanOf(days("2027-10-24", "2027-10-24"));

        assertThat(inBerlin("2027-10-31T00:10:00Z").elapsedPart(before, day)).isEqualTo(span("2027-10-24T00:00:00", "2027-10-24T02:10:00"));
        assertThat(inBerlin("2027-10-31T01:10:00Z").elapsedPart(before, day)).isEqualTo(span("2027-10-24T00:00:00", "2027-10-24T03:10:00"));
        assertThat(inBerlin("2027-10-31T22:30:00Z").elapsedPart(before, day)).isEqualTo(before);
    }

    /** The 28th has 23 hours: at 3:10, two hours and ten minutes have passed. */
    @Test
    void comparesADayWithoutOneOfItsHours() {
        var day = days("2027-03-27", "2027-03-28");
        var before = DayStart.MIDNIGHT.spanOf(days("2027-03-25", "2027-03-26"));

        assertThat(inBerlin("2027-03-28T01:10:00Z").elapsedPart(before, day)).isEqualTo(span("2027-03-25T00:00:00", "2027-03-26T02:10:00"));
        assertThat(inBerlin("2027-03-29T01:10:00Z").elapsedPart(DayStart.MIDNIGHT.spanOf(day), days("2027-03-28", "2027-03-29")))
                .as("the day before lost an hour")
                .isEqualTo(span("2027-03-27T00:00:00", "2027-03-28T04:10:00"));
    }

    @Test
    void losesNothingOfTheRepeatedHourThatRuns() {
        var day = days("2027-10-31", "2027-10-31");
        var now = inBerlin("2027-10-31T01:10:00Z");

        var elapsed = now.elapsedPart(DayStart.MIDNIGHT.spanOf(day), day);

        assertThat(elapsed).isEqualTo(new TimeSpan(day.first().atStartOfDay(), day.first().atTime(3, 0), Optional.of(now.moment())));
        assertThat(now.clock().contains(elapsed, LocalDateTime.parse("2027-10-31T00:50"))).as("2:50, the first time").isTrue();
        assertThat(now.clock().contains(elapsed, LocalDateTime.parse("2027-10-31T01:50"))).as("2:50, the second time").isFalse();
    }

    /** From 0:01 on 7 November, St John's goes back to 23:01 on the day before. */
    @Test
    void goesBackToTheDayBeforeWithTheWallClock() {
        var sixth = days("2010-11-06", "2010-11-06");
        var seventh = days("2010-11-07", "2010-11-07");
        var first = new AsOf(Instant.parse("2010-11-07T02:30:30Z"), DayStart.MIDNIGHT, ST_JOHNS);
        var second = new AsOf(Instant.parse("2010-11-07T02:31:00Z"), DayStart.MIDNIGHT, ST_JOHNS);
        var third = new AsOf(Instant.parse("2010-11-07T03:30:00Z"), DayStart.MIDNIGHT, ST_JOHNS);

        assertThat(List.of(first, second, third)).extracting(AsOf::today).containsExactly(seventh.first(), sixth.first(), seventh.first());
        assertThat(List.of(first, second, third)).extracting(asOf -> asOf.isOver(sixth)).containsExactly(false, false, true);
        assertThat(List.of(first, second, third)).allMatch(asOf -> asOf.hasStarted(seventh));
    }

    private static DateRange days(String first, String last) {
        return new DateRange(LocalDate.parse(first), LocalDate.parse(last));
    }

    private static AsOf inBerlin(String moment) {
        return new AsOf(Instant.parse(moment), DayStart.MIDNIGHT, SpaceClock.of(ZoneOffset.UTC, ZoneId.of("Europe/Berlin")));
    }

    private static AsOf at(String now) {
        return new AsOf(LocalDateTime.parse(now), FOUR_O_CLOCK);
    }
}
