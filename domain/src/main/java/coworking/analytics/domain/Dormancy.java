package coworking.analytics.domain;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A member who stayed away for longer than their own rhythm explains.
 *
 * @param member who
 * @param visitDays on how many days the member visited, in the range
 * @param lastVisit the last of them
 * @param medianGapDays the median number of days from one of them to the next; where their number is even, the mean of the middle two
 * @param absentDays the days from {@code lastVisit} to the one of which this is told
 */
public record Dormancy(Member member, int visitDays, LocalDate lastVisit, double medianGapDays, long absentDays) {

    /**
     * Tells whether a member is dormant.
     *
     * @param factor how many times the own median gap the absence has to exceed; more than 0
     * @param leastVisitDays on how many days a member must have visited to have a rhythm; 2 or more
     * @param lastDay the day of which it is told, up to which the visits are known
     * @return empty where the member is not, or has no rhythm
     */
    public static Optional<Dormancy> of(VisitDays visits, double factor, int leastVisitDays, LocalDate lastDay) {
        return Optional.of(visits)
                .filter(some -> some.days().size() >= leastVisitDays)
                .map(some -> of(some, lastDay))
                .filter(absence -> absence.exceeds(factor));
    }

    private static Dormancy of(VisitDays visits, LocalDate lastDay) {
        var last = visits.days().getLast();
        return new Dormancy(
                visits.member(),
                visits.days().size(),
                LocalDate.ofEpochDay(last),
                median(gaps(visits.days())),
                lastDay.toEpochDay() - last);
    }

    /** In decimals, as the factor was written: 4.35 times 100 is 435, and 435 days are not more than that. */
    private boolean exceeds(double factor) {
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
