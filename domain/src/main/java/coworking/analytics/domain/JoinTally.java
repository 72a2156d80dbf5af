package coworking.analytics.domain;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How many of the known users joined on one day, by what they are now: a fact.
 *
 * @param day the day of joining, under the {@link DayStart} that was asked for; empty for users whose joining was never recorded
 * @param active those who are active now; 0 or more, and with {@code inactive} at least 1
 * @param inactive those who are not; 0 or more. When they became so, nobody wrote down
 */
public record JoinTally(Optional<LocalDate> day, long active, long inactive) {

    public JoinTally {
        requireNonNull(day, "day");
        if (active < 0 || inactive < 0 || active + inactive < 1) {
            throw new IllegalArgumentException("Somebody must have joined, but active are " + active + " and inactive are " + inactive);
        }
    }

    /**
     * Defines the tallies of some users: one for each day on which any of them joined, in ascending order of the days, and one at the end
     * for those whose joining was never recorded, where there are any.
     *
     * @param users the known users, each once
     */
    public static List<JoinTally> of(Collection<User> users, DayStart dayStart) {
        var days = new TreeMap<LocalDate, JoinTally>();
        var undated = new ArrayList<JoinTally>();
        for (var user : users) {
            var tally = first(user, dayStart);
            tally.day().ifPresentOrElse(day -> days.merge(day, tally, JoinTally::plus), () -> undated.add(tally));
        }
        var tallies = new ArrayList<>(days.values());
        undated.stream().reduce(JoinTally::plus).ifPresent(tallies::add);
        return List.copyOf(tallies);
    }

    /**
     * Defines how many users joined within a span; those whose joining was never recorded did so in none.
     *
     * @param users the known users, each once
     */
    public static long joined(Collection<User> users, TimeSpan span) {
        return users.stream().filter(user -> user.joinedAt().filter(span::contains).isPresent()).count();
    }

    /** The days from that on which the first user joined to that of the last. Empty where of nobody it was recorded. */
    public static Optional<Days> extentOf(Collection<JoinTally> joins) {
        var days = new TreeSet<LocalDate>();
        joins.forEach(tally -> tally.day().ifPresent(days::add));
        return days.isEmpty() ? Optional.empty() : Optional.of(new Days(days.first(), days.last()));
    }

    private static JoinTally first(User user, DayStart dayStart) {
        return new JoinTally(user.joinedAt().map(dayStart::dayOf), user.isActive() ? 1 : 0, user.isActive() ? 0 : 1);
    }

    private JoinTally plus(JoinTally other) {
        return new JoinTally(day, active + other.active, inactive + other.inactive);
    }

    /** All of them. */
    public long members() {
        return active + inactive;
    }
}
