package coworking.analytics.domain;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Some days in a few numbers.
 *
 * @param days the days, shortened to what has passed of them where they are compared with days that still run
 * @param usage the tokens that were created in them
 * @param visitingMembers how many different users have a used token among these
 * @param newMembers how many of the known users joined in these days
 * @param busiestDay the day with the most used tokens, the earliest of several; empty where none was used
 * @param busiestHour the hour of the wall clock with the most used tokens in all these days together, the earliest of several; empty where
 *        none was used
 */
public record Summary(
        Days days,
        Usage usage,
        long visitingMembers,
        long newMembers,
        Optional<Peak<LocalDate>> busiestDay,
        Optional<Peak<Integer>> busiestHour) {

    /** The summary of these days by their tallies, and by what tallies cannot tell. */
    public static Summary from(Days days, Collection<HourTally> tallies, long visitingMembers, long newMembers) {
        var usage = tallies.stream().map(HourTally::usage).reduce(Usage.NONE, Usage::plus);
        return new Summary(
                days, usage, visitingMembers, newMembers, peak(tallies, HourTally::day), peak(tallies, HourTally::hour));
    }

    /** The summary of a day on which nothing happened. */
    public static Summary none(LocalDate day) {
        return from(new Days(day, day), List.of(), 0, 0);
    }

    private static <T> Optional<Peak<T>> peak(Collection<HourTally> tallies, Function<HourTally, T> when) {
        var used = tallies.stream().collect(groupingBy(when, TreeMap::new, summingLong(HourTally::used)));
        return used.entrySet().stream()
                .map(entry -> new Peak<>(entry.getKey(), entry.getValue()))
                .filter(peak -> peak.used() > 0)
                .reduce((first, next) -> next.used() > first.used() ? next : first);
    }

    /** The share of the tokens that were used, 0 to 1; empty where there were none. */
    public OptionalDouble shareUsed() {
        return usage.issued() == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) usage.used() / usage.issued());
    }

    /**
     * When most happened.
     *
     * @param when the day or hour
     * @param used the number of used tokens in it; at least 1
     */
    public record Peak<T>(T when, long used) {}

    /**
     * A summary beside the one of the time that it is compared with.
     *
     * @param before empty where nothing was to be compared, or the days have not begun
     */
    public record Compared(Summary now, Optional<Summary> before) {}
}
