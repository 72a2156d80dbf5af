package coworking.analytics.domain;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The daily usage report: the number of visits per day, a visit being a token that was used.
 *
 * <p>A visit counts for the day on which its token was <em>created</em>. Callers of the original service rely on that, so it is
 * frozen, odd as it is.
 *
 * @param visits the number of visits of each day that has one, at least 1; unmodifiable, days ascending. Other days are absent
 */
public record DailyUsage(SortedMap<LocalDate, Long> visits) {

    public DailyUsage {
        visits = Collections.unmodifiableSortedMap(new TreeMap<>(visits));
    }

    /** Defines the report by the tokens themselves. */
    public static DailyUsage of(Iterable<Token> tokens) {
        return from(DayTally.of(tokens));
    }

    /** The report by the tallies of the same tokens: used tokens count, and days without one are absent. */
    public static DailyUsage from(Collection<DayTally> tallies) {
        var visits = new TreeMap<LocalDate, Long>();
        tallies.stream().filter(tally -> tally.used() > 0).forEach(tally -> visits.put(tally.day(), tally.used()));
        return new DailyUsage(visits);
    }

    /** The number of visits of all days together. */
    public long total() {
        return visits.values().stream().mapToLong(Long::longValue).sum();
    }

    /** This report cut to its newest days, all of it where it has no more than {@code days}. */
    public DailyUsage newest(int days) {
        return visits.size() <= days ? this : new DailyUsage(visits.tailMap(newestDay(days)));
    }

    private LocalDate newestDay(int days) {
        return visits.keySet().stream().skip(visits.size() - (long) days).findFirst().orElseThrow();
    }
}
