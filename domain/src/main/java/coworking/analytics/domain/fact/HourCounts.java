package coworking.analytics.domain.fact;

import static java.util.Objects.requireNonNull;

import coworking.analytics.domain.time.DayStart;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * How many tokens count for one hour of one day.
 *
 * @param day the day the tokens count to, under the requested {@link DayStart}
 * @param hour the hour of the wall clock in which they were created, 0 to 23. If the day begins in the middle of an hour, that hour
 *        belongs to two days, each with the tokens of its part
 * @param issued the number of those tokens, used or not; at least 1
 * @param used the number of them that {@linkplain Token#isUsed() were used}; 0 to {@code issued}
 */
public record HourCounts(LocalDate day, int hour, long issued, long used) {

    public HourCounts {
        requireNonNull(day, "day");
        if (hour < 0 || hour > 23) {
            throw new IllegalArgumentException("An hour is 0 to 23, but this is " + hour);
        }
        CountChecks.requireValid(issued, used);
    }

    /** The counts without day and hour. */
    public TokenCounts tokenCounts() {
        return new TokenCounts(issued, used);
    }

    /** Defines the counts of tokens: one for each hour of a day that has a token, ascending by day and hour. */
    public static List<HourCounts> of(Iterable<Token> tokens, DayStart dayStart) {
        var hours = new TreeMap<DayHour, HourCounts>();
        tokens.forEach(token -> hours.merge(DayHour.of(token, dayStart), ofToken(token, dayStart), HourCounts::plus));
        return List.copyOf(hours.values());
    }

    private static HourCounts ofToken(Token token, DayStart dayStart) {
        return new HourCounts(token.day(dayStart), token.createdAt().getHour(), 1, token.isUsed() ? 1 : 0);
    }

    private HourCounts plus(HourCounts other) {
        return new HourCounts(day, hour, issued + other.issued, used + other.used);
    }

    private record DayHour(LocalDate day, int hour) implements Comparable<DayHour> {

        static DayHour of(Token token, DayStart dayStart) {
            return new DayHour(token.day(dayStart), token.createdAt().getHour());
        }

        @Override
        public int compareTo(DayHour other) {
            return Comparator.comparing(DayHour::day).thenComparingInt(DayHour::hour).compare(this, other);
        }
    }
}
