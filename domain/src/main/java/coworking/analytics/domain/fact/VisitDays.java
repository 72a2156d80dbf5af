package coworking.analytics.domain.fact;

import static java.util.Objects.requireNonNull;

import coworking.analytics.domain.time.DayStart;
import coworking.analytics.domain.time.SpaceClock;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * On which days one member visited.
 *
 * @param member the member
 * @param days the days with at least one used token, as days since 1970-01-01, ascending, each once; at least one
 */
public record VisitDays(Member member, List<Integer> days) {

    public VisitDays {
        requireNonNull(member, "member");
        days = List.copyOf(days);
    }

    /**
     * Defines the visit days of tokens: one for each user who has a used token, known or not, in ascending order of user ids, with names.
     *
     * @param users the known users, each once, on the store's clock
     * @param tokens those that count, from the years in which days since 1970 are an {@code int}, on the store's clock
     */
    public static List<VisitDays> of(Collection<User> users, Iterable<Token> tokens, DayStart dayStart, SpaceClock clock) {
        var days = new TreeMap<Long, SortedSet<Integer>>();
        tokens.forEach(token -> {
            if (token.isUsed()) {
                days.computeIfAbsent(token.userId(), id -> new TreeSet<>()).add(dayNumber(token.onWallClock(clock), dayStart));
            }
        });
        var members = Member.lookupIn(users, clock);
        return days.entrySet().stream()
                .map(user -> new VisitDays(members.apply(user.getKey()), List.copyOf(user.getValue())))
                .toList();
    }

    private static int dayNumber(Token token, DayStart dayStart) {
        return Math.toIntExact(token.day(dayStart).toEpochDay());
    }
}
