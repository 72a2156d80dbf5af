package coworking.analytics.domain.report;

import static coworking.analytics.domain.time.DayStart.MIDNIGHT;
import static coworking.analytics.domain.time.Interval.MONTH;
import static coworking.analytics.domain.time.Interval.WEEK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import coworking.analytics.domain.ExampleFacts;
import coworking.analytics.domain.HalfYearDomain;
import coworking.analytics.domain.fact.CohortCounts;
import coworking.analytics.domain.fact.Token;
import coworking.analytics.domain.report.Retention.Cohort;
import coworking.analytics.domain.report.Retention.RetentionCell;
import coworking.analytics.domain.time.AsOf;
import coworking.analytics.domain.time.Interval;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(HalfYearDomain.class)
@Domain(DomainContext.Global.class)
class RetentionTest {

    @Example
    void followsACohortWeekByWeekAndSaysWhichWeekIsOver() {
        var tallies = List.of(tally("2026-03-02", "2026-03-02", 4), tally("2026-03-02", "2026-03-16", 1));

        var cohort = retention(WEEK, 52, tallies, "2026-03-18T00:00").cohorts().getFirst();

        assertThat(cohort.label()).isEqualTo("2026-W10");
        assertThat(cohort.size()).isEqualTo(4);
        assertThat(cohort.cells())
                .containsExactly(new RetentionCell(0, 4, 1, true), new RetentionCell(1, 0, 0, true), new RetentionCell(2, 1, 0.25, false));
    }

    @Example
    void countsMonthsAcrossTheYearsEnd() {
        var tallies = List.of(tally("2025-11-01", "2025-11-01", 2), tally("2025-11-01", "2026-02-01", 1),
                tally("2026-01-01", "2026-01-01", 1));

        assertThat(retention(MONTH, 52, tallies, "2026-03-01T00:00").cohorts())
                .extracting(Cohort::label, RetentionTest::members)
                .containsExactly(tuple("2025-11", List.of(2L, 0L, 0L, 1L, 0L)), tuple("2026-01", List.of(1L, 0L, 0L)));
    }

    @Example
    void hasNoMoreCellsThanWereAskedFor() {
        var tallies = List.of(tally("2025-11-01", "2025-11-01", 2), tally("2025-11-01", "2026-02-01", 1));

        assertThat(members(retention(MONTH, 3, tallies, "2026-03-01T00:00").cohorts().getFirst())).containsExactly(2L, 0L, 0L);
    }

    @Example
    void beginsAPeriodWithTheDaysStart() {
        var tallies = List.of(tally("2026-03-02", "2026-03-02", 1));
        var four = ExampleFacts.FOUR_O_CLOCK;
        var monday = LocalDateTime.parse("2026-03-09T03:59");

        assertThat(Retention.from(WEEK, 52, tallies, new AsOf(monday, four)).cohorts().getFirst().cells())
                .containsExactly(new RetentionCell(0, 1, 1, false));
        assertThat(Retention.from(WEEK, 52, tallies, new AsOf(monday.plusMinutes(1), four)).cohorts().getFirst().cells())
                .containsExactly(new RetentionCell(0, 1, 1, true), new RetentionCell(1, 0, 0, false));
    }

    @Property
    void hasNoCellGreaterThanItsCohort(
            @ForAll boolean weekly,
            @ForAll @IntRange(min = 1, max = 52) int periods,
            @ForAll List<Token> tokens,
            @ForAll AsOf present) {
        var interval = weekly ? WEEK : MONTH;
        var retention = Retention.from(interval, periods, tallies(tokens, interval, present), present);

        assertThat(retention.cohorts()).allSatisfy(cohort -> {
            assertThat(cohort.cells()).hasSizeLessThanOrEqualTo(periods).allSatisfy(cell -> {
                assertThat(cell.members()).isBetween(0L, cohort.size());
                assertThat(cell.share()).isBetween(0.0, 1.0);
            });
            assertThat(cohort.cells()).extracting(RetentionCell::period)
                    .isEqualTo(IntStream.range(0, cohort.cells().size()).boxed().toList());
            assertThat(cohort.cells().stream().limit(1)).allSatisfy(cell -> assertThat(cell.members()).isEqualTo(cohort.size()));
        });
    }

    @Property
    void putsEveryVisitorIntoOneCohort(@ForAll List<Token> tokens, @ForAll AsOf present) {
        var visitors = tokens.stream().filter(Token::isUsed).map(Token::userId).distinct().count();

        assertThat(Retention.from(WEEK, 1, tallies(tokens, WEEK, present), present).cohorts().stream().mapToLong(Cohort::size).sum())
                .isEqualTo(visitors);
    }

    private static List<CohortCounts> tallies(List<Token> tokens, Interval interval, AsOf present) {
        return CohortCounts.of(tokens, present.dayStart(), interval, ExampleFacts.span("2025-01-01T00:00", "2027-01-01T00:00"));
    }

    private static Retention retention(Interval interval, int periods, List<CohortCounts> tallies, String now) {
        return Retention.from(interval, periods, tallies, new AsOf(LocalDateTime.parse(now), MIDNIGHT));
    }

    private static List<Long> members(Cohort cohort) {
        return cohort.cells().stream().map(RetentionCell::members).toList();
    }

    private static CohortCounts tally(String cohort, String period, long members) {
        return new CohortCounts(LocalDate.parse(cohort), LocalDate.parse(period), members);
    }
}
