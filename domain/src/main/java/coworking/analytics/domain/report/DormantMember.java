package coworking.analytics.domain.report;

import coworking.analytics.domain.fact.Member;
import coworking.analytics.domain.fact.VisitDays;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A member who has been away for longer than their own rhythm explains.
 *
 * @param member the member
 * @param visitDays on how many days the member visited, in the range
 * @param lastVisit the last of them
 * @param medianGapDays the median number of days from one of them to the next; the mean of the middle two if their number is even
 * @param absentDays the days from {@code lastVisit} to the day of the report
 */
public record DormantMember(Member member, int visitDays, LocalDate lastVisit, double medianGapDays, long absentDays) {

    /**
     * Decides whether a member is dormant.
     *
     * @param factor how many times the own median gap the absence has to exceed; more than 0
     * @param minVisitDays on how many days a member must have visited to have a rhythm; 2 or more
     * @param lastDay the day of the report, up to which visits are known
     * @return empty if the member is not dormant, or has no rhythm
     */
    public static Optional<DormantMember> of(VisitDays visits, double factor, int minVisitDays, LocalDate lastDay) {
        return Optional.of(visits)
                .filter(some -> some.days().size() >= minVisitDays)
                .map(some -> of(some, lastDay))
                .filter(absence -> absence.isAbsentBeyond(factor));
    }

    private static DormantMember of(VisitDays visits, LocalDate lastDay) {
        var last = visits.days().getLast();
        return new DormantMember(
                visits.member(),
                visits.days().size(),
                LocalDate.ofEpochDay(last),
                median(gaps(visits.days())),
                lastDay.toEpochDay() - last);
    }

    /** In decimal arithmetic: 4.35 times 100 is exactly 435, and an absence of 435 days does not exceed it. */
    private boolean isAbsentBeyond(double factor) {
        var allowed = BigDecimal.valueOf(factor).multiply(BigDecimal.valueOf(medianGapDays));
        return BigDecimal.valueOf(absentDays).compareTo(allowed) > 0;
    }

    private static int[] gaps(List<Integer> days) {
        return IntStream.range(1, days.size()).map(next -> days.get(next) - days.get(next - 1)).sorted().toArray();
    }

    private static double median(int[] sorted) {
        var middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + (double) sorted[middle]) / 2;
    }
}
