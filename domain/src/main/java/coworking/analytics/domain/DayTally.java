package coworking.analytics.domain;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.List;
import java.util.TreeMap;

/**
 * How many tokens count for one day: a fact, from which reports choose.
 *
 * @param day the {@linkplain Token#day() day the tokens count for}
 * @param issued the number of those tokens, used or not; at least 1
 * @param used the number of them that {@linkplain Token#isUsed() were used}; 0 to {@code issued}
 */
public record DayTally(LocalDate day, long issued, long used) {

    public DayTally {
        requireNonNull(day, "day");
        Tallies.requireSound(issued, used);
    }

    /** Defines the tallies of some tokens: one for each day that has a token, in ascending order of the days. */
    public static List<DayTally> of(Iterable<Token> tokens) {
        var days = new TreeMap<LocalDate, DayTally>();
        tokens.forEach(token -> days.merge(token.day(), first(token), DayTally::plus));
        return List.copyOf(days.values());
    }

    private static DayTally first(Token token) {
        return new DayTally(token.day(), 1, token.isUsed() ? 1 : 0);
    }

    private DayTally plus(DayTally other) {
        return new DayTally(day, issued + other.issued, used + other.used);
    }
}
