package coworking.analytics.domain.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;

import coworking.analytics.domain.fact.HourCounts;
import coworking.analytics.domain.fact.TokenCounts;
import coworking.analytics.domain.time.DateRange;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The key figures of a range of dates.
 *
 * @param range the dates, without those that have not begun if the range is compared and not over
 * @param tokenCounts the tokens that were created in them
 * @param visitingMembers how many different users have a used token among them
 * @param newMembers how many of the known users joined on these dates
 * @param busiestDay the day with the most used tokens, the earliest of several; empty if none was used
 * @param busiestHour the hour of the wall clock with the most used tokens on all dates together, the earliest of several; empty if
 *        none was used
 */
public record UsageSummary(
        DateRange range,
        TokenCounts tokenCounts,
        long visitingMembers,
        long newMembers,
        Optional<Peak<LocalDate>> busiestDay,
        Optional<Peak<Integer>> busiestHour) {

    /** Computes the summary from hourly counts, and from the numbers that these do not contain. */
    public static UsageSummary from(DateRange range, Collection<HourCounts> counts, long visitingMembers, long newMembers) {
        var usage = counts.stream().map(HourCounts::tokenCounts).reduce(TokenCounts.ZERO, TokenCounts::plus);
        return new UsageSummary(
                range, usage, visitingMembers, newMembers, peak(counts, HourCounts::day), peak(counts, HourCounts::hour));
    }

    /** The summary of a day without tokens. */
    public static UsageSummary empty(LocalDate day) {
        return from(new DateRange(day, day), List.of(), 0, 0);
    }

    private static <T> Optional<Peak<T>> peak(Collection<HourCounts> counts, Function<HourCounts, T> when) {
        var used = counts.stream().collect(groupingBy(when, TreeMap::new, summingLong(HourCounts::used)));
        return used.entrySet().stream()
                .map(entry -> new Peak<>(entry.getKey(), entry.getValue()))
                .filter(peak -> peak.used() > 0)
                .reduce((first, next) -> next.used() > first.used() ? next : first);
    }

    /** The share of the tokens that were used, 0 to 1; empty if there were none. */
    public OptionalDouble shareUsed() {
        return tokenCounts.issued() == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) tokenCounts.used() / tokenCounts.issued());
    }

    /**
     * The day or hour with the most used tokens.
     *
     * @param time the day or hour
     * @param used the number of used tokens in it; at least 1
     */
    public record Peak<T>(T time, long used) {}

    /**
     * A summary and the one that it is compared with.
     *
     * @param comparison empty without a comparison, or if the range has not begun
     */
    public record ComparedSummary(UsageSummary current, Optional<UsageSummary> comparison) {}
}
