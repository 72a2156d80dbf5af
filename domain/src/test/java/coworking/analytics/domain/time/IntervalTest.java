package coworking.analytics.domain.time;

import static coworking.analytics.domain.time.Interval.DAY;
import static coworking.analytics.domain.time.Interval.MONTH;
import static coworking.analytics.domain.time.Interval.WEEK;
import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.domain.HalfYearDomain;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(HalfYearDomain.class)
@Domain(DomainContext.Global.class)
class IntervalTest {

    @Example
    void namesTheWeeksAroundTheYearsEndAsIsoDoes() {
        var weeks = WEEK.split(days("2026-12-28", "2027-01-10"));

        assertThat(weeks).extracting(week -> WEEK.nameOf(week.first())).containsExactly("2026-W53", "2027-W01");
        assertThat(weeks).containsExactly(days("2026-12-28", "2027-01-03"), days("2027-01-04", "2027-01-10"));
        assertThat(WEEK.nameOf(LocalDate.parse("2027-01-01"))).isEqualTo("2026-W53");
        assertThat(WEEK.nameOf(LocalDate.parse("2024-12-30"))).isEqualTo("2025-W01");
    }

    @Example
    void cutsTheFirstAndTheLast() {
        assertThat(MONTH.split(days("2026-01-31", "2026-03-01")))
                .containsExactly(days("2026-01-31", "2026-01-31"), days("2026-02-01", "2026-02-28"), days("2026-03-01", "2026-03-01"));
    }

    @Example
    void namesDaysAndMonths() {
        assertThat(DAY.nameOf(LocalDate.parse("2026-03-01"))).isEqualTo("2026-03-01");
        assertThat(MONTH.nameOf(LocalDate.parse("2026-03-31"))).isEqualTo("2026-03");
    }

    /** With as many digits of the year as ISO 8601 wants, and its sign. */
    @Example
    void namesYearsBeforeTheFirstAndAfterTheLast() {
        var ancient = LocalDate.of(-43, 3, 15);
        var distant = LocalDate.of(12_026, 3, 15);

        assertThat(List.of(DAY.nameOf(ancient), WEEK.nameOf(ancient), MONTH.nameOf(ancient)))
                .containsExactly("-0043-03-15", "-0043-W11", "-0043-03");
        assertThat(List.of(DAY.nameOf(distant), WEEK.nameOf(distant), MONTH.nameOf(distant)))
                .containsExactly("+12026-03-15", "+12026-W11", "+12026-03");
    }

    /** A store's infinities are there. */
    @Example
    void reachesTheEndsOfTheCalendar() {
        var first = days("0001-01-01", "0001-01-01");
        var last = days("9999-12-31", "9999-12-31");

        assertThat(List.of(DAY.nameOf(first.first()), WEEK.nameOf(first.first()), MONTH.nameOf(first.first())))
                .containsExactly("0001-01-01", "0001-W01", "0001-01");
        assertThat(WEEK.nameOf(last.last())).isEqualTo("9999-W52");
        assertThat(WEEK.split(last)).containsExactly(last);
        assertThat(MONTH.split(last)).containsExactly(last);
        assertThat(WEEK.expandToWhole(last).last()).isEqualTo(LocalDate.of(10_000, 1, 2));
    }

    @Example
    void isNamedInTheSameDigitsEverywhere() {
        var usual = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(WEEK.nameOf(LocalDate.parse("2026-03-01"))).isEqualTo("2026-W09");
        } finally {
            Locale.setDefault(usual);
        }
    }

    @Property
    void splitsDaysWithoutLosingOneOrTakingOneTwice(@ForAll Interval interval, @ForAll DateRange days) {
        assertThat(interval.split(days).stream().flatMap(IntervalTest::each)).containsExactlyElementsOf(each(days).toList());
    }

    @Property
    void splitsDaysSoThatEachPartHasItsOwnName(@ForAll Interval interval, @ForAll DateRange days) {
        assertThat(interval.split(days)).extracting(part -> interval.nameOf(part.first())).doesNotHaveDuplicates();
        assertThat(interval.split(days))
                .allSatisfy(part -> assertThat(interval.nameOf(part.last())).isEqualTo(interval.nameOf(part.first())));
    }

    @Property
    void aroundDaysIsWhole(@ForAll DateRange days) {
        assertThat(WEEK.expandToWhole(days).first().getDayOfWeek()).isEqualTo(DayOfWeek.MONDAY);
        assertThat(WEEK.expandToWhole(days).last().getDayOfWeek()).isEqualTo(DayOfWeek.SUNDAY);
        assertThat(WEEK.expandToWhole(days).dayCount()).isBetween(days.dayCount(), days.dayCount() + 12);
        assertThat(MONTH.expandToWhole(days).last().plusDays(1).getDayOfMonth()).isEqualTo(1);
    }

    private static Stream<LocalDate> each(DateRange days) {
        return LongStream.range(0, days.dayCount()).mapToObj(days.first()::plusDays);
    }

    private static DateRange days(String first, String last) {
        return new DateRange(LocalDate.parse(first), LocalDate.parse(last));
    }
}
