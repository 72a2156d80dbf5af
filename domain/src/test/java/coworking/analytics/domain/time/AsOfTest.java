package coworking.analytics.domain.time;

import static coworking.analytics.domain.ExampleFacts.FOUR_O_CLOCK;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;

class AsOfTest {

    private static final LocalDate DAY = LocalDate.parse("2026-03-02");
    private static final DateRange ONE_DAY = new DateRange(DAY, DAY);

    @Test
    void tellsWhetherDaysHaveBegunAndAreOver() {
        assertThat(at("2026-03-02T03:59:59.999999").hasStarted(ONE_DAY)).isFalse();
        assertThat(at("2026-03-02T04:00").hasStarted(ONE_DAY)).isTrue();
        assertThat(at("2026-03-03T03:59:59.999999").isOver(ONE_DAY)).isFalse();
        assertThat(at("2026-03-03T04:00").isOver(ONE_DAY)).isTrue();
    }

    private static AsOf at(String now) {
        return new AsOf(LocalDateTime.parse(now), FOUR_O_CLOCK);
    }
}
