package coworking.analytics.domain;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The intervals of a report, and with what each of them is compared: what facts are needed for it follows from this. */
public final class Timetable {

    private final Interval interval;
    private final List<Slot> slots;

    private Timetable(Interval interval, List<Slot> slots) {
        this.interval = interval;
        this.slots = slots;
    }

    /** The intervals of these days, each once, ascending. */
    public static Timetable of(Days days, Interval interval, Comparison comparison, Present present) {
        return of(interval.split(days).stream(), days, interval, comparison, present);
    }

    /** The intervals of some of these days: for days so many that most of them are empty. */
    public static Timetable of(Collection<LocalDate> some, Days days, Interval interval, Comparison comparison, Present present) {
        var firsts = some.stream().filter(days::contains).map(interval::firstDayOf).distinct().sorted();
        return of(firsts.map(first -> cut(interval.around(new Days(first, first)), days)), days, interval, comparison, present);
    }

    private static Days cut(Days whole, Days days) {
        return new Days(
                whole.first().isBefore(days.first()) ? days.first() : whole.first(),
                whole.last().isAfter(days.last()) ? days.last() : whole.last());
    }

    private static Timetable of(Stream<Days> intervals, Days days, Interval interval, Comparison comparison, Present present) {
        var shift = Shift.of(comparison, interval, days);
        return new Timetable(interval, intervals.map(part -> Slot.of(part, interval, shift, present)).toList());
    }

    Interval interval() {
        return interval;
    }

    List<Slot> slots() {
        return slots;
    }

    /** All moments of each interval; ascending and apart from each other. */
    public List<TimeSpan> spans() {
        return slots.stream().map(slot -> slot.whole().span()).toList();
    }

    /** What each interval is compared with; ascending and apart from each other, none for those that are compared with nothing. */
    public List<TimeSpan> spansBefore() {
        return before().map(Stretch::span).toList();
    }

    /** From the first moment that some interval is compared with to the last; empty where nothing is compared. */
    public Optional<Stretch> allBefore() {
        return before().reduce((one, next) -> new Stretch(
                new Days(one.days().first(), next.days().last()), new TimeSpan(one.span().from(), next.span().to())));
    }

    private Stream<Stretch> before() {
        return slots.stream().flatMap(slot -> slot.before().stream());
    }

    /**
     * One interval.
     *
     * @param whole all of it
     * @param before what it is compared with; empty where nothing is to be compared, or it has not begun
     * @param isPartial whether it is not over
     */
    record Slot(String name, Stretch whole, Optional<Stretch> before, boolean isPartial) {

        private static Slot of(Days days, Interval interval, Optional<Shift> shift, Present present) {
            var before = shift.filter(some -> present.hasBegun(days))
                    .map(some -> Stretch.whole(some.back(days), present.dayStart()).asFarAs(days, present));
            return new Slot(
                    interval.nameOf(days.first()), Stretch.whole(days, present.dayStart()), before, !present.isOver(days));
        }
    }
}
