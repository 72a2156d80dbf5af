package coworking.analytics.domain.fact;

import static java.util.Objects.requireNonNull;

import coworking.analytics.domain.time.DayStart;
import coworking.analytics.domain.time.Interval;
import coworking.analytics.domain.time.TimeSpan;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How many members of a cohort visited in one period.
 *
 * @param cohort the first day of the week or month in which each of them visited first, ever
 * @param period the first day of the week or month in which they visited; {@code cohort} itself or later
 * @param members how many of the cohort visited in the period; at least 1
 */
public record CohortCounts(LocalDate cohort, LocalDate period, long members) {

    public CohortCounts {
        requireNonNull(cohort, "cohort");
        requireNonNull(period, "period");
        if (period.isBefore(cohort) || members < 1) {
            throw new IllegalArgumentException(
                    "A cohort needs members >= 1 and no period before " + cohort + ", but members is " + members + " and the period is "
                            + period);
        }
    }

    /**
     * Defines the cohorts of the users whose first used token ever was created within a span; ascending by cohort and period. A cohort is
     * complete if all of its days are in the span.
     *
     * @param tokens all tokens
     * @param interval WEEK or MONTH
     */
    public static List<CohortCounts> of(Iterable<Token> tokens, DayStart dayStart, Interval interval, TimeSpan span) {
        var cohorts = new TreeMap<LocalDate, SortedMap<LocalDate, Long>>();
        for (var visits : visitTimesByUser(tokens).values()) {
            if (span.contains(visits.first())) {
                var periods = visits.stream().map(visit -> interval.firstDayOf(dayStart.dayOf(visit))).distinct().toList();
                var cohort = cohorts.computeIfAbsent(periods.getFirst(), first -> new TreeMap<>());
                periods.forEach(period -> cohort.merge(period, 1L, Long::sum));
            }
        }
        return cohorts.entrySet().stream().flatMap(cohort -> cohort.getValue().entrySet().stream()
                .map(period -> new CohortCounts(cohort.getKey(), period.getKey(), period.getValue()))).toList();
    }

    private static SortedMap<Long, SortedSet<LocalDateTime>> visitTimesByUser(Iterable<Token> tokens) {
        var visits = new TreeMap<Long, SortedSet<LocalDateTime>>();
        tokens.forEach(token -> {
            if (token.isUsed()) {
                visits.computeIfAbsent(token.userId(), id -> new TreeSet<>()).add(token.createdAt());
            }
        });
        return visits;
    }
}
