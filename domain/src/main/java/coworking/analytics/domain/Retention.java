package coworking.analytics.domain;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Whether new members stay: for those who visited first in the same week or month, how many visited in each one since.
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
     * @param tallies the facts of whole cohorts
     */
    public static Retention from(Interval interval, int periods, Collection<CohortTally> tallies, Present present) {
        var cohorts = tallies.stream()
                .collect(groupingBy(
                        CohortTally::cohort, TreeMap::new, groupingBy(CohortTally::period, summingLong(CohortTally::members))));
        return new Retention(
                interval,
                cohorts.entrySet().stream()
                        .map(cohort -> cohort(interval, periods, cohort.getKey(), cohort.getValue(), present))
                        .toList());
    }

    private static Cohort cohort(Interval interval, int periods, LocalDate first, Map<LocalDate, Long> members, Present present) {
        var size = members.getOrDefault(first, 0L);
        var cells = IntStream.range(0, periods)
                .takeWhile(period -> present.hasBegun(days(interval, first, period)))
                .mapToObj(period -> {
                    var days = days(interval, first, period);
                    return Cell.of(period, members.getOrDefault(days.first(), 0L), size, present.isOver(days));
                });
        return new Cohort(interval.nameOf(first), first, size, cells.toList());
    }

    private static Days days(Interval interval, LocalDate first, int period) {
        var begin = interval.plus(first, period);
        return interval.around(new Days(begin, begin));
    }

    /**
     * Members who visited first in the same interval.
     *
     * @param name that interval's {@linkplain Interval#nameOf name}
     * @param first the first day of that interval, all of which belongs to the cohort
     * @param size how many they are; at least 1
     * @param cells one for each interval from the first on that has begun, up to as many as were asked for; the first one has them all
     */
    public record Cohort(String name, LocalDate first, long size, List<Cell> cells) {

        public Cohort {
            cells = List.copyOf(cells);
        }
    }

    /**
     * A cohort in one interval.
     *
     * @param period how many intervals after the first; 0 for the first itself
     * @param members how many of the cohort visited in it; 0 to the cohort's size
     * @param share the same as a share of the cohort, 0 to 1
     * @param isComplete whether the interval is over, so that no more can come
     */
    public record Cell(int period, long members, double share, boolean isComplete) {

        private static Cell of(int period, long members, long size, boolean isComplete) {
            return new Cell(period, members, (double) members / size, isComplete);
        }
    }
}
