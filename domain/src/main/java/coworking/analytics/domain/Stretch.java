package coworking.analytics.domain;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Days, and how much of them counts.
 *
 * @param days the days
 * @param span what counts: from the begin of the first day on; all of them, or less where they are compared with days that still run
 */
public record Stretch(Days days, TimeSpan span) {

    /** Days that count from begin to end. */
    static Stretch whole(Days days, DayStart dayStart) {
        return new Stretch(days, dayStart.spanOf(days));
    }

    /** As much of these days as has passed of others by now. */
    Stretch asFarAs(Days others, Present present) {
        var all = present.dayStart().spanOf(others);
        return present.isOver(others) ? this : new Stretch(days, span.first(new TimeSpan(all.from(), present.now()).length()));
    }

    /** The days of which something counts. */
    private Stretch shortened(DayStart dayStart) {
        var last = new Present(span.to(), dayStart).today();
        return last.isAfter(days.last()) ? this : new Stretch(new Days(days.first(), last), span);
    }

    /**
     * What counts of the tallies of these days.
     *
     * @param usage as for {@link Present#past}
     */
    public List<HourTally> counted(Collection<HourTally> tallies, DayStart dayStart, Function<TimeSpan, Usage> usage) {
        return new Present(span.to(), dayStart).past(tallies, usage);
    }

    /**
     * Two stretches as long as each other.
     *
     * @param now of the days that were asked for
     * @param before of those that they are compared with; empty where nothing is to be compared
     */
    public record Pair(Stretch now, Optional<Stretch> before) {

        /** All days together, beside what they are compared with: of days that still run, both only as far as they have passed. */
        public static Pair of(Days days, Comparison comparison, Present present) {
            var whole = whole(days, present.dayStart());
            return Shift.of(comparison, Interval.DAY, days)
                    .filter(shift -> present.hasBegun(days))
                    .map(shift -> compared(whole, whole(shift.back(days), present.dayStart()), present))
                    .orElse(new Pair(whole, Optional.empty()));
        }

        private static Pair compared(Stretch now, Stretch before, Present present) {
            var dayStart = present.dayStart();
            return new Pair(
                    now.asFarAs(now.days(), present).shortened(dayStart),
                    Optional.of(before.asFarAs(now.days(), present).shortened(dayStart)));
        }
    }
}
