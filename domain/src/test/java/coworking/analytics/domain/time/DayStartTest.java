package coworking.analytics.domain.time;

import static coworking.analytics.domain.ExampleFacts.FOUR_O_CLOCK;
import static coworking.analytics.domain.ExampleFacts.HALF_PAST_FOUR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import coworking.analytics.domain.HalfYearDomain;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(HalfYearDomain.class)
@Domain(DomainContext.Global.class)
class DayStartTest {

    private static final LocalDate DAY = LocalDate.parse("2026-03-02");

    @Example
    void countsWhatHappensBeforeItToTheDayBefore() {
        assertThat(FOUR_O_CLOCK.dayOf(LocalDateTime.parse("2026-03-03T03:59:59.999999"))).isEqualTo(DAY);
        assertThat(FOUR_O_CLOCK.dayOf(LocalDateTime.parse("2026-03-03T04:00"))).isEqualTo(DAY.plusDays(1));
        assertThat(HALF_PAST_FOUR.dayOf(LocalDateTime.parse("2026-03-03T04:29"))).isEqualTo(DAY);
        assertThat(DayStart.MIDNIGHT.dayOf(LocalDateTime.parse("2026-03-02T00:00"))).isEqualTo(DAY);
    }

    @Example
    void isAFullMinute() {
        assertThatIllegalArgumentException().isThrownBy(() -> new DayStart(LocalTime.parse("04:00:01"))).withMessageContaining("04:00:01");
        assertThatIllegalArgumentException().isThrownBy(() -> new DayStart(LocalTime.of(4, 0, 0, 1)));
    }

    @Property
    void putsEveryMomentIntoExactlyOneDay(@ForAll LocalDateTime moment, @ForAll DayStart start) {
        var day = start.dayOf(moment);

        assertThat(spanOf(start, day).contains(moment)).isTrue();
        assertThat(spanOf(start, day.minusDays(1)).to()).isEqualTo(spanOf(start, day).from());
        assertThat(spanOf(start, day).to()).isEqualTo(spanOf(start, day.plusDays(1)).from());
    }

    @Property
    void spansAsManyWholeDaysAsThereAre(@ForAll DateRange days, @ForAll DayStart start) {
        assertThat(start.spanOf(days).length()).hasDays(days.dayCount());
    }

    private static TimeSpan spanOf(DayStart start, LocalDate day) {
        return start.spanOf(new DateRange(day, day));
    }
}
