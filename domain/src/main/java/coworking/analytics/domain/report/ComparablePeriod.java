package coworking.analytics.domain.report;

import coworking.analytics.domain.fact.HourCounts;
import coworking.analytics.domain.fact.TokenCounts;
import coworking.analytics.domain.time.AsOf;
import coworking.analytics.domain.time.DateRange;
import coworking.analytics.domain.time.DayStart;
import coworking.analytics.domain.time.Interval;
import coworking.analytics.domain.time.TimeSpan;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A period that is compared with another one, perhaps only in part.
 *
 * @param range the dates
 * @param span the part that counts: it begins with the first day, and ends earlier than the last one if the other period is not over
 */
public record ComparablePeriod(DateRange range, TimeSpan span) {

    /** A period that counts from its beginning to its end. */
    static ComparablePeriod complete(DateRange range, DayStart dayStart) {
        return new ComparablePeriod(range, dayStart.spanOf(range));
    }

    /**
     * This period up to as much of its last day as has passed of the last day of other dates.
     *
     * @param reached the other dates, as far as they have begun
     */
    ComparablePeriod limitedToElapsedOf(DateRange reached, AsOf asOf) {
        if (asOf.isOver(reached)) {
            return this;
        }
        var lastDay = asOf.dayStart().spanOf(new DateRange(range.last(), range.last()));
        var elapsed = asOf.elapsedPart(lastDay, new DateRange(reached.last(), reached.last()));
        return new ComparablePeriod(range, new TimeSpan(span.from(), elapsed.to(), elapsed.before()));
    }

    /** A part of a period that has begun, as far as it has elapsed. */
    static ComparablePeriod elapsed(DateRange range, AsOf asOf) {
        var reached = asOf.reachedPart(range);
        return complete(reached, asOf.dayStart()).limitedToElapsedOf(reached, asOf);
    }

    /**
     * The hours of this period that count.
     *
     * @param counts the counts of the whole range
     * @param tokenCounts as for {@link ElapsedHours#limit}
     */
    public List<HourCounts> elapsedCounts(Collection<HourCounts> counts, AsOf asOf, Function<TimeSpan, TokenCounts> tokenCounts) {
        return new ElapsedHours(span, asOf.dayStart(), asOf.clock()).limit(counts, tokenCounts);
    }

    /**
     * Two periods, of which equal parts count.
     *
     * @param current the requested period
     * @param comparison the period that it is compared with; empty without a comparison
     */
    public record PeriodPair(ComparablePeriod current, Optional<ComparablePeriod> comparison) {

        /** The requested range and its comparison. If the range is not over, both count only as far as it has elapsed. */
        public static PeriodPair of(DateRange range, ComparisonMode comparison, AsOf asOf) {
            return ComparisonOffset.ofRange(comparison, range)
                    .filter(offset -> asOf.hasStarted(range))
                    .map(offset -> elapsed(asOf.reachedPart(range), offset, asOf))
                    .orElseGet(() -> new PeriodPair(complete(range, asOf.dayStart()), Optional.empty()));
        }

        private static PeriodPair elapsed(DateRange reached, ComparisonOffset offset, AsOf asOf) {
            var before = offset.applyToEach(List.of(reached)).getFirst();
            return new PeriodPair(
                    ComparablePeriod.elapsed(reached, asOf),
                    before.map(dates -> complete(dates, asOf.dayStart()).limitedToElapsedOf(reached, asOf)));
        }
    }
}
