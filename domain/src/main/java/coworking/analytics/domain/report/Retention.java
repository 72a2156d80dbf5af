package coworking.analytics.domain.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;

import coworking.analytics.domain.fact.CohortCounts;
import coworking.analytics.domain.time.AsOf;
import coworking.analytics.domain.time.DateRange;
import coworking.analytics.domain.time.Interval;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Whether new members stay: the members whose first visits were in the same week or month, and how many of them visited in each one since.
 *
 * @param interval WEEK or MONTH
 * @param cohorts ascending
 */
public record Retention(Interval interval, List<Cohort> cohorts) {

    public Retention {
        cohorts = List.copyOf(cohorts);
    }

    /**
     * The retention of some cohorts.
     *
     * @param interval WEEK or MONTH
     * @param periods the greatest number of cells of a cohort; at least 1
     * @param counts the counts of whole cohorts
     */
    public static Retention from(Interval interval, int periods, Collection<CohortCounts> counts, AsOf asOf) {
        var cohorts = counts.stream()
                .collect(groupingBy(
                        CohortCounts::cohort, TreeMap::new, groupingBy(CohortCounts::period, summingLong(CohortCounts::members))));
        return new Retention(
                interval,
                cohorts.entrySet().stream()
                        .map(cohort -> cohort(interval, periods, cohort.getKey(), cohort.getValue(), asOf))
                        .toList());
    }

    private static Cohort cohort(Interval interval, int periods, LocalDate first, Map<LocalDate, Long> members, AsOf asOf) {
        var size = members.getOrDefault(first, 0L);
        var cells = IntStream.range(0, periods)
                .takeWhile(period -> asOf.hasStarted(periodRange(interval, first, period)))
                .mapToObj(period -> {
                    var days = periodRange(interval, first, period);
                    return RetentionCell.of(period, members.getOrDefault(days.first(), 0L), size, asOf.isOver(days));
                });
        return new Cohort(interval.nameOf(first), first, size, cells.toList());
    }

    private static DateRange periodRange(Interval interval, LocalDate first, int period) {
        var begin = interval.plus(first, period);
        return interval.expandToWhole(new DateRange(begin, begin));
    }

    /**
     * Members who visited first in the same interval.
     *
     * @param label that interval's {@linkplain Interval#nameOf name}
     * @param firstDay the first day of that interval, all of which belongs to the cohort
     * @param size how many they are; at least 1
     * @param cells one for each interval from the first on that has begun, up to the requested number; the first one has all members
     */
    public record Cohort(String label, LocalDate firstDay, long size, List<RetentionCell> cells) {

        public Cohort {
            cells = List.copyOf(cells);
        }
    }

    /**
     * A cohort in one interval.
     *
     * @param period how many intervals after the first; 0 for the first itself
     * @param members how many of the cohort visited in it; 0 to the cohort's size
     * @param share {@code members} divided by the size of the cohort, 0 to 1
     * @param isComplete whether the interval is over, so that the number is final
     */
    public record RetentionCell(int period, long members, double share, boolean isComplete) {

        private static RetentionCell of(int period, long members, long size, boolean isComplete) {
            return new RetentionCell(period, members, (double) members / size, isComplete);
        }
    }
}
