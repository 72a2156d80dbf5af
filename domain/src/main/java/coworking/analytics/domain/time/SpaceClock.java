package coworking.analytics.domain.time;

import static java.time.ZoneOffset.UTC;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Translates the times of a store, which have no zone, to the wall clock of the space.
 *
 * <p>A store writes times on the clock of one zone; the space lives in another zone, or in the same. A token counts for the date and the
 * hour that the space's wall clock showed. Java's rules of zones are the only authority, and no time depends on a store's own rules:
 *
 * <ul>
 * <li>Where the clock of the store's zone shows a time twice, the first of the two moments is meant; where it skips a time, the moment that
 * lies as long after the skip's beginning as the time says. {@link java.time.ZonedDateTime} reads them in the same way.
 * <li>If both zones have the same rules, every time is shown as it was written, even one that the clock skips.
 * <li>From the year {@value #HORIZON_YEAR} on, a zone with daylight-saving time keeps its standard time.
 * <li>Outside of the years 1 to 9999, and within two days of their ends, nothing is shifted: no time leaves the calendar of four-digit years,
 * and a store's infinities, which are its ends, stay there.
 * </ul>
 */
public final class SpaceClock {

    /** The first year without daylight-saving time. */
    public static final int HORIZON_YEAR = 2200;

    private static final Instant HORIZON = LocalDateTime.of(HORIZON_YEAR, 1, 1, 0, 0).toInstant(UTC);

    private static final LocalDateTime FIRST_SHIFTED = LocalDateTime.of(1, 1, 3, 0, 0);
    private static final LocalDateTime AFTER_LAST_SHIFTED = LocalDateTime.of(9999, 12, 30, 0, 0);

    private static final LocalDateTime CALENDAR_BEGIN = LocalDateTime.of(1, 1, 1, 0, 0);
    private static final LocalDateTime CALENDAR_END = LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000);

    /** More than the difference of any two offsets, and than a clock can be set forward or back: an offset has at most 18 hours. */
    private static final long MAX_SHIFT_SECONDS = 36L * 60 * 60;

    /** The store's zone and the space's zone are UTC. */
    public static final SpaceClock UTC_ONLY = of(ZoneId.of("UTC"), ZoneId.of("UTC"));

    private final ZoneId stored;
    private final ZoneId space;
    private final List<Stretch> stretches;
    private final long[] beginSeconds;
    private final boolean isIdentity;

    private SpaceClock(ZoneId stored, ZoneId space, List<Stretch> stretches) {
        this.stored = stored;
        this.space = space;
        this.stretches = stretches;
        this.beginSeconds = stretches.stream().mapToLong(stretch -> stretch.begin.toEpochSecond(UTC)).toArray();
        this.isIdentity = stretches.stream().allMatch(stretch -> stretch.shiftSeconds() == 0);
    }

    /**
     * A clock for a space.
     *
     * @param stored the zone on whose clock the store's times were written
     * @param space the zone in which the space lives
     */
    public static SpaceClock of(ZoneId stored, ZoneId space) {
        return new SpaceClock(stored, space, stretches(stored.getRules(), space.getRules()));
    }

    /** The zone on whose clock the store's times were written. */
    public ZoneId stored() {
        return stored;
    }

    /** The zone in which the space lives. */
    public ZoneId space() {
        return space;
    }

    /** Whether every time of the store is the time that the space's wall clock showed. */
    public boolean isIdentity() {
        return isIdentity;
    }

    /** The time that the space's wall clock showed at a time of the store. */
    public LocalDateTime wallOf(LocalDateTime storedTime) {
        return stretchAt(storedTime).wallOf(storedTime);
    }

    /** The time that the space's wall clock showed at a time of the store, with its offset. Times outside of the years 1 to 9999 are their ends. */
    public OffsetDateTime at(LocalDateTime storedTime) {
        var time = later(CALENDAR_BEGIN, earlier(storedTime, CALENDAR_END));
        var stretch = stretchAt(time);
        return stretch.wallOf(time).atOffset(stretch.spaceOffset);
    }

    /** The moment that a time of the store means. */
    public Instant momentOf(LocalDateTime storedTime) {
        return storedTime.toInstant(stretchAt(storedTime).storedOffset);
    }

    /** The time that the space's wall clock shows at a moment. */
    public LocalDateTime wallAt(Instant moment) {
        return LocalDateTime.ofInstant(moment, offsetAt(space.getRules(), moment));
    }

    /** The first moment at which the space's wall clock shows a time, or a later one if it skips that time. */
    public Instant firstMomentOf(LocalDateTime wall) {
        var rules = space.getRules();
        var change = wall.getYear() < HORIZON_YEAR ? rules.getTransition(wall) : null;
        if (change == null) {
            return wall.toInstant(offsetAt(rules, wall.atZone(space).toInstant()));
        }
        return change.isGap() ? change.getInstant() : wall.toInstant(change.getOffsetBefore());
    }

    /** Whether a time of the store counts for a span of the wall clock: it is shown within it, and means a moment before its cut. */
    public boolean contains(TimeSpan wall, LocalDateTime storedTime) {
        return wall.contains(wallOf(storedTime)) && wall.before().filter(cut -> !momentOf(storedTime).isBefore(cut)).isEmpty();
    }

    /** Whether a time of the store is shown as one of the {@linkplain DateRange#CALENDAR plausible dates}. */
    public boolean isPlausible(LocalDateTime storedTime) {
        return DateRange.CALENDAR.contains(wallOf(storedTime).toLocalDate());
    }

    /** The part of a span of the wall clock that lies before a moment. Only where the clock is set back does it need a cut. */
    public TimeSpan partBefore(TimeSpan wall, Instant moment) {
        var bothSides = wallTimesOnBothSidesOf(moment);
        if (!bothSides.from().isBefore(wall.to())) {
            return wall;
        }
        var to = later(wall.from(), earlier(wall.to(), bothSides.to()));
        return new TimeSpan(wall.from(), to, bothSides.length().isZero() ? wall.before() : Optional.of(moment));
    }

    /**
     * The times of the store that count for a span of the wall clock: those and no others are shown within it, and mean a moment before its
     * cut if it has one.
     *
     * @return ascending and disjoint, with a gap between any two; usually one, more around a time that a clock shows twice or skips; empty if
     *     no time is within the span
     */
    public List<TimeSpan> storedSpans(TimeSpan wall) {
        var first = indexAt(wall.from().toEpochSecond(UTC) - MAX_SHIFT_SECONDS);
        var last = indexAt(wall.to().toEpochSecond(UTC) + MAX_SHIFT_SECONDS);
        return joined(IntStream.rangeClosed(first, last).mapToObj(index -> storedSpan(wall, index)).flatMap(Optional::stream));
    }

    private Optional<TimeSpan> storedSpan(TimeSpan wall, int index) {
        var stretch = stretches.get(index);
        var from = stretch.storedOf(later(wall.from(), stretch.wallOf(stretch.begin)));
        var uncut = stretch.storedOf(earlier(wall.to(), stretch.wallOf(endOf(index))));
        var to = wall.before().map(cut -> earlier(uncut, stretch.storedAt(cut))).orElse(uncut);
        return spanIfAny(from, to);
    }

    /**
     * The times of the store that mean a moment or an earlier one.
     *
     * @return as {@link #storedSpans} returns them; the first one begins at {@link LocalDateTime#MIN}
     */
    public List<TimeSpan> storedSpansUpTo(Instant moment) {
        var cut = moment.plusNanos(1);
        var first = firstIndexAround(cut);
        return joined(IntStream.rangeClosed(first, lastIndexAround(cut)).mapToObj(index -> {
            var stretch = stretches.get(index);
            return spanIfAny(index == first ? LocalDateTime.MIN : stretch.begin, earlier(stretch.storedAt(cut), endOf(index)));
        }).flatMap(Optional::stream));
    }

    /**
     * The times of the store that mean a later moment.
     *
     * @return as {@link #storedSpans} returns them; the last one ends at {@link LocalDateTime#MAX}
     */
    public List<TimeSpan> storedSpansAfter(Instant moment) {
        var cut = moment.plusNanos(1);
        var last = lastIndexAround(cut);
        return joined(IntStream.rangeClosed(firstIndexAround(cut), last).mapToObj(index -> {
            var stretch = stretches.get(index);
            return spanIfAny(later(stretch.begin, stretch.storedAt(cut)), index == last ? LocalDateTime.MAX : endOf(index));
        }).flatMap(Optional::stream));
    }

    /** All times of earlier stretches mean earlier moments. */
    private int firstIndexAround(Instant moment) {
        return indexAt(moment.getEpochSecond() - 2 * MAX_SHIFT_SECONDS);
    }

    /** All times of later stretches mean later moments. */
    private int lastIndexAround(Instant moment) {
        return indexAt(moment.getEpochSecond() + 2 * MAX_SHIFT_SECONDS);
    }

    private static Optional<TimeSpan> spanIfAny(LocalDateTime from, LocalDateTime to) {
        return from.isBefore(to) ? Optional.of(new TimeSpan(from, to)) : Optional.empty();
    }

    private static List<TimeSpan> joined(Stream<TimeSpan> ascending) {
        var spans = new ArrayList<TimeSpan>();
        ascending.forEach(span -> {
            var isAdjacent = !spans.isEmpty() && spans.getLast().to().equals(span.from());
            spans.add(new TimeSpan(isAdjacent ? spans.removeLast().from() : span.from(), span.to()));
        });
        return List.copyOf(spans);
    }

    /**
     * The wall times that are shown both by times of the store before a moment and by times at or after it. Each time of the store that is
     * shown before this span means a moment before that one, and each that is shown at its end or later means that moment or a later one.
     * The span is empty unless the clock is set back around the moment: then it begins at the first of the repeated times that is still to
     * come, and ends with the last one that has been.
     */
    public TimeSpan wallTimesOnBothSidesOf(Instant moment) {
        var firstAfter = LocalDateTime.MAX;
        var endBefore = LocalDateTime.MIN;
        var last = lastIndexAround(moment);
        for (var i = firstIndexAround(moment); i <= last; i++) {
            var stretch = stretches.get(i);
            var cut = stretch.storedAt(moment);
            var end = endOf(i);
            if (cut.isBefore(end)) {
                firstAfter = earlier(firstAfter, stretch.wallOf(later(cut, stretch.begin)));
            }
            if (stretch.begin.isBefore(cut)) {
                endBefore = later(endBefore, stretch.wallOf(earlier(cut, end)));
            }
        }
        return new TimeSpan(firstAfter, later(firstAfter, endBefore));
    }

    /**
     * The wall times within a span that the space's clock skips or shows twice, ascending by the moments of the changes.
     *
     * @param wall its cut is ignored
     */
    public List<ClockChange> changesWithin(TimeSpan wall) {
        var from = later(wall.from(), FIRST_SHIFTED).toInstant(UTC).minusSeconds(MAX_SHIFT_SECONDS);
        var to = earlier(wall.to(), AFTER_LAST_SHIFTED).toInstant(UTC).plusSeconds(MAX_SHIFT_SECONDS);
        return changes(space.getRules(), from, to).stream().flatMap(change -> changeWithin(wall, change).stream()).toList();
    }

    private static Optional<ClockChange> changeWithin(TimeSpan wall, OffsetChange change) {
        var isRepeated = change.before.getTotalSeconds() > change.after.getTotalSeconds();
        var begin = later(wall.from(), change.moment.atOffset(isRepeated ? change.after : change.before).toLocalDateTime());
        var end = earlier(wall.to(), change.moment.atOffset(isRepeated ? change.before : change.after).toLocalDateTime());
        return begin.isBefore(end) ? Optional.of(new ClockChange(new TimeSpan(begin, end), isRepeated)) : Optional.empty();
    }

    /** All shifts, as {@link #shifts(LocalDateTime, LocalDateTime)} returns them; the first one begins at {@link LocalDateTime#MIN}. */
    public List<Shift> shifts() {
        return shifts(LocalDateTime.MIN, LocalDateTime.MAX);
    }

    /**
     * How far times of the store are shifted to the wall clock.
     *
     * @param from the first time of the store
     * @param to the end of the times of the store, exclusive
     * @return ascending; each holds until the next one begins, and differs from the one before; the first one begins at or before
     *     {@code from}
     */
    public List<Shift> shifts(LocalDateTime from, LocalDateTime to) {
        var shifts = new ArrayList<Shift>();
        for (var i = indexAt(from.toEpochSecond(UTC)); i < beginSeconds.length; i++) {
            var stretch = stretches.get(i);
            if (!shifts.isEmpty() && !stretch.begin.isBefore(to)) {
                break;
            }
            if (shifts.isEmpty() || shifts.getLast().seconds() != stretch.shiftSeconds()) {
                shifts.add(new Shift(stretch.begin, stretch.shiftSeconds()));
            }
        }
        return List.copyOf(shifts);
    }

    /** A text of 36 characters that is the same for two clocks if, and practically only if, both shift all times alike. */
    public String fingerprint() {
        var numbers = shifts().stream().flatMapToLong(shift -> LongStream.of(shift.begin().toEpochSecond(UTC), shift.seconds())).toArray();
        var bytes = new byte[numbers.length * Long.BYTES];
        for (var i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (numbers[i / Long.BYTES] >> (Byte.SIZE * (i % Long.BYTES)));
        }
        return UUID.nameUUIDFromBytes(bytes).toString();
    }

    /** Clocks are equal if they have the same two zones. */
    @Override
    public boolean equals(Object other) {
        return other instanceof SpaceClock clock && stored.equals(clock.stored) && space.equals(clock.space);
    }

    @Override
    public int hashCode() {
        return Objects.hash(stored, space);
    }

    @Override
    public String toString() {
        return "times of " + stored + " shown in " + space;
    }

    private Stretch stretchAt(LocalDateTime storedTime) {
        return stretches.get(indexAt(storedTime.toEpochSecond(UTC)));
    }

    private int indexAt(long seconds) {
        var index = Arrays.binarySearch(beginSeconds, seconds);
        return index >= 0 ? index : Math.max(0, -index - 2);
    }

    private LocalDateTime endOf(int index) {
        return index + 1 < stretches.size() ? stretches.get(index + 1).begin : LocalDateTime.MAX;
    }

    private static LocalDateTime earlier(LocalDateTime one, LocalDateTime other) {
        return one.isBefore(other) ? one : other;
    }

    private static LocalDateTime later(LocalDateTime one, LocalDateTime other) {
        return one.isBefore(other) ? other : one;
    }

    /** A shift is constant within a stretch of the store's clock in which no zone changes its offset. */
    private static List<Stretch> stretches(ZoneRules stored, ZoneRules space) {
        var all = new ArrayList<Stretch>();
        var offsets = offsetsOnOwnClock(stored);
        for (var i = 0; i < offsets.size(); i++) {
            var offset = offsets.get(i).offset;
            var begin = later(FIRST_SHIFTED, offsets.get(i).begin);
            var end = i + 1 < offsets.size() ? offsets.get(i + 1).begin : AFTER_LAST_SHIFTED;
            if (stored.equals(space)) {
                all.add(new Stretch(begin, offset, offset));
                continue;
            }
            all.add(new Stretch(begin, offset, offsetAt(space, begin.toInstant(offset))));
            changes(space, begin.toInstant(offset), end.toInstant(offset))
                    .forEach(change -> all.add(new Stretch(change.moment.atOffset(offset).toLocalDateTime(), offset, change.after)));
        }
        all.addFirst(new Stretch(LocalDateTime.MIN, all.getFirst().storedOffset, all.getFirst().storedOffset));
        all.add(new Stretch(AFTER_LAST_SHIFTED, all.getLast().storedOffset, all.getLast().storedOffset));
        return List.copyOf(all);
    }

    /** A zone's offsets by the time that its own clock shows. A time that it shows twice has the earlier offset, one that it skips, too. */
    private static List<OwnOffset> offsetsOnOwnClock(ZoneRules rules) {
        var changes = changes(rules, FIRST_SHIFTED.toInstant(UTC), AFTER_LAST_SHIFTED.toInstant(UTC));
        var offsets = new ArrayList<OwnOffset>();
        offsets.add(new OwnOffset(LocalDateTime.MIN, offsetAt(rules, FIRST_SHIFTED.toInstant(UTC))));
        for (var change : changes) {
            var later = change.before.getTotalSeconds() > change.after.getTotalSeconds() ? change.before : change.after;
            offsets.add(new OwnOffset(change.moment.atOffset(later).toLocalDateTime(), change.after));
        }
        return offsets;
    }

    /** The changes of a zone's offset strictly between two moments, ascending. */
    private static List<OffsetChange> changes(ZoneRules rules, Instant from, Instant to) {
        var changes = new ArrayList<OffsetChange>();
        var end = to.isBefore(HORIZON) ? to : HORIZON;
        for (var next = rules.nextTransition(from); next != null
                && next.getInstant().isBefore(end); next = rules.nextTransition(next.getInstant())) {
            changes.add(new OffsetChange(next.getInstant(), next.getOffsetBefore(), next.getOffsetAfter()));
        }
        var before = offsetAt(rules, HORIZON.minusNanos(1));
        if (from.isBefore(HORIZON) && HORIZON.isBefore(to) && !before.equals(offsetAt(rules, HORIZON))) {
            changes.add(new OffsetChange(HORIZON, before, offsetAt(rules, HORIZON)));
        }
        return changes;
    }

    /** Zones without yearly rules keep their last offset, which need not be what the database of zones calls the standard. */
    private static ZoneOffset offsetAt(ZoneRules rules, Instant moment) {
        return moment.isBefore(HORIZON) || rules.getTransitionRules().isEmpty() ? rules.getOffset(moment) : rules.getStandardOffset(moment);
    }

    /**
     * How far times of the store are shifted from a time on.
     *
     * @param begin the first time of the store that is shifted so far
     * @param seconds the seconds to add to a time of the store to get the time on the space's wall clock
     */
    public record Shift(LocalDateTime begin, long seconds) {}

    /**
     * Wall times that a clock skips when it is set forward, or shows twice because it is set back.
     *
     * @param times the wall times
     * @param isRepeated whether they are shown twice, rather than skipped
     */
    public record ClockChange(TimeSpan times, boolean isRepeated) {}

    private record OwnOffset(LocalDateTime begin, ZoneOffset offset) {}

    private record OffsetChange(Instant moment, ZoneOffset before, ZoneOffset after) {}

    private record Stretch(LocalDateTime begin, ZoneOffset storedOffset, ZoneOffset spaceOffset) {

        long shiftSeconds() {
            return (long) spaceOffset.getTotalSeconds() - storedOffset.getTotalSeconds();
        }

        LocalDateTime wallOf(LocalDateTime storedTime) {
            return storedTime.plusSeconds(shiftSeconds());
        }

        LocalDateTime storedOf(LocalDateTime wall) {
            return wall.minusSeconds(shiftSeconds());
        }

        LocalDateTime storedAt(Instant moment) {
            return LocalDateTime.ofInstant(moment, storedOffset);
        }
    }
}
