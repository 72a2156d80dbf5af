package coworking.analytics.domain;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How many members of a cohort visited in one period: a fact.
 *
 * @param cohort the first day of the week or month in which each of them visited first, ever
 * @param period the first day of the week or month in which they visited; {@code cohort} itself or later
 * @param members how many of the cohort visited then; at least 1
 */
public record CohortTally(LocalDate cohort, LocalDate period, long members) {

    public CohortTally {
        requireNonNull(cohort, "cohort");
        requireNonNull(period, "period");
        if (period.isBefore(cohort) || members < 1) {
            throw new IllegalArgumentException(
                    "Somebody must have come, and not before " + cohort + ", but " + members + " came in " + period);
        }
    }

    /**
     * Defines the cohorts of those whose first used token of all was created within a span, whenever the others were; ascending by cohort
     * and period. A cohort is whole where all of its days are in the span.
     *
     * @param tokens all that there are
     * @param interval WEEK or MONTH
     */
    public static List<CohortTally> of(Iterable<Token> tokens, DayStart dayStart, Interval interval, TimeSpan span) {
        var cohorts = new TreeMap<LocalDate, SortedMap<LocalDate, Long>>();
        for (var visits : visitsByUser(tokens).values()) {
            if (span.contains(visits.first())) {
                var periods = visits.stream().map(visit -> interval.firstDayOf(dayStart.dayOf(visit))).distinct().toList();
                var cohort = cohorts.computeIfAbsent(periods.getFirst(), first -> new TreeMap<>());
                periods.forEach(period -> cohort.merge(period, 1L, Long::sum));
            }
        }
        return cohorts.entrySet().stream().flatMap(cohort -> cohort.getValue().entrySet().stream()
                .map(period -> new CohortTally(cohort.getKey(), period.getKey(), period.getValue()))).toList();
    }

    private static SortedMap<Long, SortedSet<LocalDateTime>> visitsByUser(Iterable<Token> tokens) {
        var visits = new TreeMap<Long, SortedSet<LocalDateTime>>();
        tokens.forEach(token -> {
            if (token.isUsed()) {
                visits.computeIfAbsent(token.userId(), id -> new TreeSet<>()).add(token.createdAt());
            }
        });
        return visits;
    }
}
