package coworking.analytics.domain;

import java.time.LocalDate;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Tokens per day, to be added up for days that follow each other. */
final class DaySums {

    private final NavigableMap<LocalDate, Long> sums = new TreeMap<>();

    /** Adds up the tallies of each day by USED or ISSUED. */
    DaySums(Collection<HourTally> tallies, Metric metric) {
        tallies.forEach(tally -> sums.merge(tally.day(), metric == Metric.USED ? tally.used() : tally.issued(), Long::sum));
    }

    long in(Days days) {
        return sums.subMap(days.first(), true, days.last(), true).values().stream().mapToLong(Long::longValue).sum();
    }
}
