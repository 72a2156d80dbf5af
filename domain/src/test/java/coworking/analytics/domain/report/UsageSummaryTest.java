package coworking.analytics.domain.report;

import static coworking.analytics.domain.ExampleFacts.unused;
import static coworking.analytics.domain.ExampleFacts.usedAtCreation;
import static coworking.analytics.domain.report.ComparisonMode.NONE;
import static coworking.analytics.domain.report.ComparisonMode.PREVIOUS;
import static coworking.analytics.domain.report.ComparisonMode.YEAR;
import static coworking.analytics.domain.time.DayStart.MIDNIGHT;
import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.domain.ExampleFacts;
import coworking.analytics.domain.HalfYearDomain;
import coworking.analytics.domain.fact.HourCounts;
import coworking.analytics.domain.fact.Token;
import coworking.analytics.domain.fact.TokenCounts;
import coworking.analytics.domain.report.UsageSummary.Peak;
import coworking.analytics.domain.time.AsOf;
import coworking.analytics.domain.time.DateRange;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(HalfYearDomain.class)
@Domain(DomainContext.Global.class)
class UsageSummaryTest {

    private static final AsOf LATER = new AsOf(LocalDateTime.parse("2027-06-01T00:00"), MIDNIGHT);

    @Example
    void namesTheEarliestOfTheBusiestDaysAndHours() {
        var tokens = List.of(
                usedAtCreation(1, "2026-03-03T17:00"), usedAtCreation(2, "2026-03-03T09:00"), usedAtCreation(1, "2026-03-02T09:59"),
                usedAtCreation(1, "2026-03-02T17:30"),
                unused(1, "2026-03-04T12:00"), unused(2, "2026-03-04T12:00"), unused(3, "2026-03-04T12:00"));

        var summary = UsageSummary.from(days("2026-03-01", "2026-03-07"), HourCounts.of(tokens, MIDNIGHT), 2, 1);

        assertThat(summary.tokenCounts()).isEqualTo(new TokenCounts(7, 4));
        assertThat(summary.busiestDay()).hasValue(new Peak<>(LocalDate.parse("2026-03-02"), 2));
        assertThat(summary.busiestHour()).hasValue(new Peak<>(9, 2));
        assertThat(summary.shareUsed()).hasValue(4.0 / 7);
    }

    @Example
    void hasNoBusiestDayWhereNoTokenWasUsedAndNoShareWhereThereWasNone() {
        var unused = UsageSummary.from(days("2026-03-01", "2026-03-07"), HourCounts.of(List.of(unused(1, "2026-03-04T12:00")), MIDNIGHT), 0,
                0);

        assertThat(unused.busiestDay()).isEmpty();
        assertThat(unused.busiestHour()).isEmpty();
        assertThat(unused.shareUsed()).hasValue(0);
        assertThat(UsageSummary.empty(LocalDate.parse("2026-03-01")).shareUsed()).isEmpty();
    }

    @Example
    void comparesDaysThatRunAsFarAsTheyHavePassed() {
        var now = new AsOf(LocalDateTime.parse("2026-03-10T06:00"), MIDNIGHT);

        var pair = ComparablePeriod.PeriodPair.of(days("2026-03-08", "2026-03-14"), PREVIOUS, now);

        assertThat(pair.current())
                .isEqualTo(
                        new ComparablePeriod(days("2026-03-08", "2026-03-10"), ExampleFacts.span("2026-03-08T00:00", "2026-03-10T06:00")));
        assertThat(pair.comparison())
                .hasValue(
                        new ComparablePeriod(days("2026-03-01", "2026-03-03"), ExampleFacts.span("2026-03-01T00:00", "2026-03-03T06:00")));
    }

    @Example
    void comparesDaysThatAreOverAsAWhole() {
        var pair = ComparablePeriod.PeriodPair.of(days("2026-03-02", "2026-03-09"), YEAR, LATER);

        assertThat(pair.current()).isEqualTo(ComparablePeriod.complete(days("2026-03-02", "2026-03-09"), MIDNIGHT));
        assertThat(pair.comparison()).hasValue(ComparablePeriod.complete(days("2025-03-03", "2025-03-10"), MIDNIGHT));
    }

    @Example
    void comparesDaysThatAreYetToComeWithNothing() {
        var now = new AsOf(LocalDateTime.parse("2026-03-10T06:00"), MIDNIGHT);

        assertThat(ComparablePeriod.PeriodPair.of(days("2026-03-11", "2026-03-12"), PREVIOUS, now).comparison()).isEmpty();
    }

    @Example
    void isOfWholeDaysWhereNothingIsCompared() {
        var now = new AsOf(LocalDateTime.parse("2026-03-10T06:00"), MIDNIGHT);

        var pair = ComparablePeriod.PeriodPair.of(days("2026-03-10", "2026-03-10"), NONE, now);

        assertThat(pair).isEqualTo(
                new ComparablePeriod.PeriodPair(ComparablePeriod.complete(days("2026-03-10", "2026-03-10"), MIDNIGHT), Optional.empty()));
    }

    @Property
    void comparesStretchesOfOneLength(@ForAll ComparisonMode comparison, @ForAll DateRange days, @ForAll AsOf present) {
        Assume.that(comparison != NONE);
        var pair = ComparablePeriod.PeriodPair.of(days, comparison, present);

        assertThat(pair.comparison().isPresent()).isEqualTo(present.hasStarted(days));
        assertThat(pair.comparison().stream()).allSatisfy(before -> {
            if (!ComparisonOffset.isWholeMonths(before.range())) {
                assertThat(before.span().length()).isEqualTo(pair.current().span().length());
                assertThat(before.range().dayCount()).isEqualTo(pair.current().range().dayCount());
            }
            assertThat(before.span().from()).isEqualTo(present.dayStart().spanOf(before.range()).from());
        });
    }

    @Property
    void countsTheTokensOfItsStretch(
            @ForAll ComparisonMode comparison, @ForAll DateRange days, @ForAll List<Token> tokens, @ForAll AsOf present) {
        var stretch = ComparablePeriod.PeriodPair.of(days, comparison, present).current();
        var tallies = HourCounts.of(tokens, present.dayStart()).stream().filter(tally -> stretch.range().contains(tally.day())).toList();

        var summary = UsageSummary.from(
                stretch.range(), stretch.elapsedCounts(tallies, present, span -> TokenCounts.of(tokens, span)), 0, 0);

        assertThat(summary.tokenCounts()).isEqualTo(TokenCounts.of(tokens, stretch.span()));
        assertThat(summary.busiestDay().map(Peak::used).orElse(0L)).isLessThanOrEqualTo(summary.tokenCounts().used());
        assertThat(summary.busiestDay().stream()).allSatisfy(peak -> assertThat(stretch.range().contains(peak.time())).isTrue());
    }

    private static DateRange days(String first, String last) {
        return new DateRange(LocalDate.parse(first), LocalDate.parse(last));
    }
}
