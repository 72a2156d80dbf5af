package coworking.analytics.domain.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import coworking.analytics.domain.HalfYearDomain;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(HalfYearDomain.class)
@Domain(DomainContext.Global.class)
class DateRangeTest {

    @Example
    void doNotEndBeforeTheyBegin() {
        assertThatIllegalArgumentException().isThrownBy(() -> days("2026-03-02", "2026-03-01")).withMessageContaining("2026-03-02");
    }

    @Example
    void exceedTenYearsFromTheDayOnThatIsAfterTheSameDateTenYearsLater() {
        assertThat(days("2016-03-01", "2026-03-01").isLong()).isFalse();
        assertThat(days("2016-03-01", "2026-03-02").isLong()).isTrue();
        assertThat(days("2016-02-29", "2026-02-28").isLong()).isFalse();
        assertThat(days("2016-02-29", "2026-03-01").isLong()).isTrue();
        assertThat(days("0001-01-01", "9999-12-31").isLong()).isTrue();
    }

    @Property
    void countEachWeekday(@ForAll DateRange days, @ForAll DayOfWeek weekday) {
        var counted = LongStream.range(0, days.dayCount()).filter(day -> days.first().plusDays(day).getDayOfWeek() == weekday).count();

        assertThat(days.dayCount(weekday)).isEqualTo(counted);
    }

    private static DateRange days(String first, String last) {
        return new DateRange(LocalDate.parse(first), LocalDate.parse(last));
    }
}
