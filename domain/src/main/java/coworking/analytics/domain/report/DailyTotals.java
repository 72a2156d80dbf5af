package coworking.analytics.domain.report;

import coworking.analytics.domain.fact.HourCounts;
import coworking.analytics.domain.time.DateRange;
import java.time.LocalDate;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Tokens per day, to be summed over ranges. */
final class DailyTotals {

    private final NavigableMap<LocalDate, Long> totals = new TreeMap<>();

    /** Sums the counts of each day; the metric is USED or ISSUED. */
    DailyTotals(Collection<HourCounts> counts, UsageMetric metric) {
        counts.forEach(hour -> totals.merge(hour.day(), metric == UsageMetric.USED ? hour.used() : hour.issued(), Long::sum));
    }

    long totalOf(DateRange days) {
        return totals.subMap(days.first(), true, days.last(), true).values().stream().mapToLong(Long::longValue).sum();
    }
}
