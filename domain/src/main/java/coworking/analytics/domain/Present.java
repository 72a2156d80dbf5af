package coworking.analytics.domain;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * The moment at which something is asked, and what it means for days.
 *
 * @param now the moment, on the space's wall clock
 * @param dayStart when a day begins
 */
public record Present(LocalDateTime now, DayStart dayStart) {

    /** The day that runs now. */
    public LocalDate today() {
        return dayStart.dayOf(now);
    }

    /** Whether the days have begun, the first of them at least. */
    public boolean hasBegun(Days days) {
        return !now.isBefore(dayStart.spanOf(days).from());
    }

    /** Whether the days are over, all of them. */
    public boolean isOver(Days days) {
        return !now.isBefore(dayStart.spanOf(days).to());
    }

    /**
     * What of some tallies was past by now.
     *
     * @param tallies tallies of whole days
     * @param usage tells how many tokens were created within a span. It is asked for the parts of hours that tallies cannot tell: three at
     *     most
     * @return ascending by day and hour where {@code tallies} are
     */
    public List<HourTally> past(Collection<HourTally> tallies, Function<TimeSpan, Usage> usage) {
        return new PastHours(this).of(tallies, usage);
    }
}
