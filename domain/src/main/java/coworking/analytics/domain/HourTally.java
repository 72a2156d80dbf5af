package coworking.analytics.domain;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * How many tokens count for one hour of one day: a fact, from which reports choose.
 *
 * @param day the day the tokens count to, under the {@link DayStart} that was asked for
 * @param hour the hour of the wall clock in which they were created, 0 to 23. Where the day begins in the middle of an hour, that hour
 *        belongs to two days, to each with the tokens of its part
 * @param issued the number of those tokens, used or not; at least 1
 * @param used the number of them that {@linkplain Token#isUsed() were used}; 0 to {@code issued}
 */
public record HourTally(LocalDate day, int hour, long issued, long used) {

    public HourTally {
        requireNonNull(day, "day");
        if (hour < 0 || hour > 23) {
            throw new IllegalArgumentException("An hour is 0 to 23, but this is " + hour);
        }
        Tallies.requireSound(issued, used);
    }

    /** The tokens in numbers. */
    Usage usage() {
        return new Usage(issued, used);
    }

    /** Defines the tallies of some tokens: one for each hour of a day that has a token, ascending by day and hour. */
    public static List<HourTally> of(Iterable<Token> tokens, DayStart dayStart) {
        var hours = new TreeMap<Hour, HourTally>();
        tokens.forEach(token -> hours.merge(Hour.of(token, dayStart), first(token, dayStart), HourTally::plus));
        return List.copyOf(hours.values());
    }

    private static HourTally first(Token token, DayStart dayStart) {
        return new HourTally(token.day(dayStart), token.createdAt().getHour(), 1, token.isUsed() ? 1 : 0);
    }

    private HourTally plus(HourTally other) {
        return new HourTally(day, hour, issued + other.issued, used + other.used);
    }

    private record Hour(LocalDate day, int hour) implements Comparable<Hour> {

        static Hour of(Token token, DayStart dayStart) {
            return new Hour(token.day(dayStart), token.createdAt().getHour());
        }

        @Override
        public int compareTo(Hour other) {
            return Comparator.comparing(Hour::day).thenComparingInt(Hour::hour).compare(this, other);
        }
    }
}
