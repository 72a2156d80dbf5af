package coworking.analytics.domain.fact;

import static java.util.Objects.requireNonNull;

import coworking.analytics.domain.time.DateRange;
import coworking.analytics.domain.time.DayStart;
import coworking.analytics.domain.time.TimeSpan;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How many of the known users joined on one day, by their present state.
 *
 * @param day the day of joining, under the requested {@link DayStart}; empty for users whose date of joining was never recorded
 * @param active how many are active now; 0 or more, and with {@code inactive} at least 1
 * @param inactive how many are not; 0 or more. When they became inactive is not recorded
 */
public record JoinCounts(Optional<LocalDate> day, long active, long inactive) {

    public JoinCounts {
        requireNonNull(day, "day");
        if (active < 0 || inactive < 0 || active + inactive < 1) {
            throw new IllegalArgumentException(
                    "Join counts need active >= 0, inactive >= 0 and a sum >= 1, but active is " + active + " and inactive is " + inactive);
        }
    }

    /**
     * Defines the counts of users: one for each day on which a user joined, in ascending order of the days, and a last one for users
     * whose date of joining was never recorded, if there are any.
     *
     * @param users the known users, each once
     */
    public static List<JoinCounts> of(Collection<User> users, DayStart dayStart) {
        var days = new TreeMap<LocalDate, JoinCounts>();
        var undated = new ArrayList<JoinCounts>();
        for (var user : users) {
            var counts = ofUser(user, dayStart);
            counts.day().ifPresentOrElse(day -> days.merge(day, counts, JoinCounts::plus), () -> undated.add(counts));
        }
        var all = new ArrayList<>(days.values());
        undated.stream().reduce(JoinCounts::plus).ifPresent(all::add);
        return List.copyOf(all);
    }

    /**
     * Defines how many users joined within a span; users whose date of joining was never recorded are in no span.
     *
     * @param users the known users, each once
     */
    public static long countJoined(Collection<User> users, TimeSpan span) {
        return users.stream().filter(user -> user.joinedAt().filter(span::contains).isPresent()).count();
    }

    /**
     * From the day on which the first user joined to the day of the last, of the {@linkplain DateRange#CALENDAR plausible
     * dates}. Empty if no such date of joining is recorded.
     */
    public static Optional<DateRange> rangeOf(Collection<JoinCounts> joins) {
        var days = new TreeSet<LocalDate>();
        joins.forEach(counts -> counts.day().filter(DateRange.CALENDAR::contains).ifPresent(days::add));
        return days.isEmpty() ? Optional.empty() : Optional.of(new DateRange(days.first(), days.last()));
    }

    private static JoinCounts ofUser(User user, DayStart dayStart) {
        return new JoinCounts(user.joinedAt().map(dayStart::dayOf), user.isActive() ? 1 : 0, user.isActive() ? 0 : 1);
    }

    private JoinCounts plus(JoinCounts other) {
        return new JoinCounts(day, active + other.active, inactive + other.inactive);
    }

    /** Active and inactive users. */
    public long total() {
        return active + inactive;
    }
}
