package coworking.analytics.domain.fact;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.List;
import java.util.TreeMap;

/**
 * How many tokens count for one day.
 *
 * @param day the {@linkplain Token#day() day the tokens count for}
 * @param issued the number of those tokens, used or not; at least 1
 * @param used the number of them that {@linkplain Token#isUsed() were used}; 0 to {@code issued}
 */
public record DayCounts(LocalDate day, long issued, long used) {

    public DayCounts {
        requireNonNull(day, "day");
        CountChecks.requireValid(issued, used);
    }

    /** Defines the counts of tokens: one for each day that has a token, in ascending order of the days. */
    public static List<DayCounts> of(Iterable<Token> tokens) {
        var days = new TreeMap<LocalDate, DayCounts>();
        tokens.forEach(token -> days.merge(token.day(), ofToken(token), DayCounts::plus));
        return List.copyOf(days.values());
    }

    private static DayCounts ofToken(Token token) {
        return new DayCounts(token.day(), 1, token.isUsed() ? 1 : 0);
    }

    private DayCounts plus(DayCounts other) {
        return new DayCounts(day, issued + other.issued, used + other.used);
    }
}
