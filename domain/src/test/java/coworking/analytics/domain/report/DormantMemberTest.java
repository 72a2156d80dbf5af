package coworking.analytics.domain.report;

import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.domain.fact.Member;
import coworking.analytics.domain.fact.VisitDays;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class DormantMemberTest {

    private static final LocalDate TODAY = LocalDate.parse("2026-03-31");

    @Example
    void isAnAbsenceThatTheMembersOwnRhythmDoesNotExplain() {
        assertThat(dormancy(2, every(7, 15))).hasValueSatisfying(dormancy -> {
            assertThat(dormancy.absentDays()).isEqualTo(15);
            assertThat(dormancy.medianGapDays()).isEqualTo(7);
            assertThat(dormancy.lastVisit()).isEqualTo(TODAY.minusDays(15));
            assertThat(dormancy.visitDays()).isEqualTo(4);
        });
        assertThat(dormancy(2, every(30, 45))).isEmpty();
    }

    @Example
    void isLongerThanTheFactorAllows() {
        assertThat(dormancy(2, every(7, 14))).isEmpty();
        assertThat(dormancy(2, every(7, 15))).isPresent();
    }

    /** 4.35 x 100 is a little less than 435 in binary. */
    @Example
    void isReckonedInDecimals() {
        assertThat(4.35 * 100).isLessThan(435);
        assertThat(dormancy(4.35, every(100, 435))).isEmpty();
        assertThat(dormancy(4.35, every(100, 436))).isPresent();
    }

    @Example
    void takesTheMeanOfTheMiddleTwoOfAnEvenNumberOfGaps() {
        assertThat(dormancy(1, visits(100, 98, 95, 60, 50)).orElseThrow().medianGapDays()).isEqualTo(6.5);
        assertThat(dormancy(1, visits(100, 99, 90, 50)).orElseThrow().medianGapDays()).isEqualTo(9);
    }

    @Example
    void needsARhythm() {
        assertThat(DormantMember.of(visits(100, 99), 2, 3, TODAY)).isEmpty();
        assertThat(DormantMember.of(visits(100, 99), 2, 2, TODAY)).isPresent();
    }

    @Example
    void isNotThatOfAMemberWhoComesTodayOrIsYetToCome() {
        assertThat(dormancy(0.01, visits(20, 10, 0))).isEmpty();
        assertThat(dormancy(0.01, visits(20, 10, -5))).isEmpty();
    }

    @Property
    void liesInTheOrderOfGaps(
            @ForAll @Size(min = 2, max = 12) Set<@IntRange(min = 1, max = 400) Integer> ago,
            @ForAll @IntRange(min = 1, max = 100) int factor) {
        var days = new TreeSet<>(ago).descendingSet().stream().mapToInt(Integer::intValue).toArray();
        var gaps = IntStream.range(1, days.length).map(next -> days[next - 1] - days[next]).sorted().toArray();
        var dormancy = DormantMember.of(visits(days), factor, 2, TODAY);

        assertThat(dormancy.stream()).allSatisfy(some -> {
            assertThat(Arrays.stream(gaps).filter(gap -> gap <= some.medianGapDays()).count() * 2).isGreaterThanOrEqualTo(gaps.length);
            assertThat(Arrays.stream(gaps).filter(gap -> gap >= some.medianGapDays()).count() * 2).isGreaterThanOrEqualTo(gaps.length);
            assertThat(some.absentDays()).isGreaterThan((long) (factor * some.medianGapDays()));
        });
        assertThat(dormancy.isPresent()).isEqualTo(days[days.length - 1] > factor * middle(gaps));
    }

    private static double middle(int[] sorted) {
        return (sorted[(sorted.length - 1) / 2] + (double) sorted[sorted.length / 2]) / 2;
    }

    private static Optional<DormantMember> dormancy(double factor, VisitDays visits) {
        return DormantMember.of(visits, factor, 3, TODAY);
    }

    /** Four visits so many days apart, the last of them so many days ago. */
    private static VisitDays every(int gap, int absent) {
        return visits(absent + 3 * gap, absent + 2 * gap, absent + gap, absent);
    }

    private static VisitDays visits(int... ago) {
        var today = (int) TODAY.toEpochDay();
        return new VisitDays(Member.unknown(7), Arrays.stream(ago).mapToObj(days -> today - days).toList());
    }
}
