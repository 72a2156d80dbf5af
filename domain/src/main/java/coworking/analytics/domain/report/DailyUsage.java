package coworking.analytics.domain.report;

import coworking.analytics.domain.fact.DayCounts;
import coworking.analytics.domain.fact.Token;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The daily usage report: the number of visits per day, a visit being a token that was used.
 *
 * <p>A visit counts for the day on which its token was <em>created</em>. Callers of the original service rely on that, so it stays
 * that way.
 *
 * @param visits the number of visits of each day that has one, at least 1; unmodifiable, days ascending. Other days are absent
 */
public record DailyUsage(SortedMap<LocalDate, Long> visits) {

    public DailyUsage {
        visits = Collections.unmodifiableSortedMap(new TreeMap<>(visits));
    }

    /** Defines the report by the tokens themselves. */
    public static DailyUsage of(Iterable<Token> tokens) {
        return from(DayCounts.of(tokens));
    }

    /** Computes the report from counts: used tokens count, days without one are absent. */
    public static DailyUsage from(Collection<DayCounts> counts) {
        var visits = new TreeMap<LocalDate, Long>();
        counts.stream().filter(day -> day.used() > 0).forEach(day -> visits.put(day.day(), day.used()));
        return new DailyUsage(visits);
    }

    /** The number of visits of all days together. */
    public long total() {
        return visits.values().stream().mapToLong(Long::longValue).sum();
    }

    /** This report limited to its newest days; all of it if it has no more than {@code days}. */
    public DailyUsage newest(int days) {
        return visits.size() <= days ? this : new DailyUsage(visits.tailMap(firstOfNewest(days)));
    }

    private LocalDate firstOfNewest(int days) {
        return visits.keySet().stream().skip(visits.size() - (long) days).findFirst().orElseThrow();
    }
}
