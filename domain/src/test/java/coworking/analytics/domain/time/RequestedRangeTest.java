package coworking.analytics.domain.time;

import static coworking.analytics.domain.time.RequestedRange.NamedRange.ALL;
import static coworking.analytics.domain.time.RequestedRange.NamedRange.LAST_12_MONTHS;
import static coworking.analytics.domain.time.RequestedRange.NamedRange.LAST_28_DAYS;
import static coworking.analytics.domain.time.RequestedRange.NamedRange.LAST_30_DAYS;
import static coworking.analytics.domain.time.RequestedRange.NamedRange.LAST_7_DAYS;
import static coworking.analytics.domain.time.RequestedRange.NamedRange.LAST_91_DAYS;
import static coworking.analytics.domain.time.RequestedRange.NamedRange.MONTH_TO_DATE;
import static coworking.analytics.domain.time.RequestedRange.NamedRange.QUARTER_TO_DATE;
import static coworking.analytics.domain.time.RequestedRange.NamedRange.YEAR_TO_DATE;
import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.domain.HalfYearDomain;
import coworking.analytics.domain.time.RequestedRange.FixedRange;
import coworking.analytics.domain.time.RequestedRange.NamedRange;
import java.time.LocalDate;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(HalfYearDomain.class)
@Domain(DomainContext.Global.class)
class RequestedRangeTest {

    private static final Optional<DateRange> NO_TOKEN = Optional.empty();
    private static final Optional<DateRange> EXTENT = days("2024-01-10", "2026-02-20");

    @Example
    void countTheDayThatRunsAmongTheLastOnes() {
        assertThat(resolved(LAST_7_DAYS, "2026-03-10")).isEqualTo(days("2026-03-04", "2026-03-10"));
        assertThat(resolved(LAST_28_DAYS, "2026-03-10")).isEqualTo(days("2026-02-11", "2026-03-10"));
        assertThat(resolved(LAST_30_DAYS, "2026-03-10")).isEqualTo(days("2026-02-09", "2026-03-10"));
        assertThat(resolved(LAST_91_DAYS, "2026-03-10").orElseThrow().dayCount()).isEqualTo(91);
    }

    @Example
    void reachOverALeapDayForTwelveMonths() {
        assertThat(resolved(LAST_12_MONTHS, "2024-02-29")).isEqualTo(days("2023-03-01", "2024-02-29"));
        assertThat(resolved(LAST_12_MONTHS, "2025-02-28")).isEqualTo(days("2024-02-29", "2025-02-28"));
        assertThat(resolved(LAST_12_MONTHS, "2025-03-01")).isEqualTo(days("2024-03-02", "2025-03-01"));
    }

    @Example
    void beginWithTheFirstOfTheMonthTheQuarterAndTheYear() {
        assertThat(resolved(MONTH_TO_DATE, "2026-03-31")).isEqualTo(days("2026-03-01", "2026-03-31"));
        assertThat(resolved(QUARTER_TO_DATE, "2026-03-31")).isEqualTo(days("2026-01-01", "2026-03-31"));
        assertThat(resolved(QUARTER_TO_DATE, "2026-04-01")).isEqualTo(days("2026-04-01", "2026-04-01"));
        assertThat(resolved(QUARTER_TO_DATE, "2026-05-31")).isEqualTo(days("2026-04-01", "2026-05-31"));
        assertThat(resolved(QUARTER_TO_DATE, "2026-12-31")).isEqualTo(days("2026-10-01", "2026-12-31"));
        assertThat(resolved(YEAR_TO_DATE, "2026-01-01")).isEqualTo(days("2026-01-01", "2026-01-01"));
        assertThat(resolved(YEAR_TO_DATE, "2024-12-31").orElseThrow().dayCount()).isEqualTo(366);
    }

    @Example
    void areThoseOfAllTokensWhereThatIsMeant() {
        assertThat(ALL.resolve(day("2026-03-10"), EXTENT)).isEqualTo(EXTENT);
        assertThat(ALL.resolve(day("2026-03-10"), NO_TOKEN)).isEmpty();
    }

    @Example
    void endNowWhereNoEndIsNamedAndBeginWithTheFirstTokenWhereNoBeginIs() {
        assertThat(between("2026-03-01", "").resolve(day("2026-03-10"), NO_TOKEN)).isEqualTo(days("2026-03-01", "2026-03-10"));
        assertThat(between("", "2026-03-10").resolve(day("2026-04-01"), EXTENT)).isEqualTo(days("2024-01-10", "2026-03-10"));
        assertThat(between("", "").resolve(day("2026-04-01"), EXTENT)).isEqualTo(days("2024-01-10", "2026-04-01"));
    }

    @Example
    void areNoneWhereNoTokenTellsWhereTheyBeginOrTheyWouldEndBefore() {
        assertThat(between("", "2026-03-10").resolve(day("2026-04-01"), NO_TOKEN)).isEmpty();
        assertThat(between("", "2024-01-09").resolve(day("2026-04-01"), EXTENT)).isEmpty();
        assertThat(between("2026-04-02", "").resolve(day("2026-04-01"), EXTENT)).isEmpty();
    }

    @Example
    void mayBeYetToCome() {
        assertThat(between("2027-01-01", "2027-01-02").resolve(day("2026-04-01"), NO_TOKEN)).isEqualTo(days("2027-01-01", "2027-01-02"));
    }

    @Property
    void endWithTheDayThatRunsWhateverTheTokensAreUnlessAllAreMeant(@ForAll NamedRange rolling, @ForAll AsOf present) {
        var days = rolling.resolve(present.today(), NO_TOKEN);

        assertThat(days.map(DateRange::last)).isEqualTo(rolling == ALL ? Optional.empty() : Optional.of(present.today()));
        assertThat(rolling.resolve(present.today(), EXTENT)).isEqualTo(rolling == ALL ? EXTENT : days);
    }

    private static Optional<DateRange> resolved(RequestedRange requested, String today) {
        return requested.resolve(day(today), NO_TOKEN);
    }

    private static FixedRange between(String from, String to) {
        return new FixedRange(end(from), end(to));
    }

    private static Optional<LocalDate> end(String day) {
        return Optional.of(day).filter(some -> !some.isEmpty()).map(LocalDate::parse);
    }

    private static Optional<DateRange> days(String first, String last) {
        return Optional.of(new DateRange(day(first), day(last)));
    }

    private static LocalDate day(String day) {
        return LocalDate.parse(day);
    }
}
