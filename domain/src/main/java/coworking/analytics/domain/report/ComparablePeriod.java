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

    /** The same length of this period as has elapsed of another range. */
    ComparablePeriod limitedToElapsedOf(DateRange other, AsOf asOf) {
        return asOf.isOver(other) ? this : new ComparablePeriod(range, asOf.elapsedPart(span, other));
    }

    /** Without the days of which no part counts. */
    private ComparablePeriod withoutUnreachedDays(DayStart dayStart) {
        var last = dayStart.dayOf(span.to());
        return last.isAfter(range.last()) ? this : new ComparablePeriod(new DateRange(range.first(), last), span);
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
     * Two periods of the same length.
     *
     * @param current the requested period
     * @param comparison the period that it is compared with; empty without a comparison
     */
    public record PeriodPair(ComparablePeriod current, Optional<ComparablePeriod> comparison) {

        /** The requested range and its comparison. If the range is not over, both count only as far as it has elapsed. */
        public static PeriodPair of(DateRange range, ComparisonMode comparison, AsOf asOf) {
            var whole = complete(range, asOf.dayStart());
            return ComparisonOffset.of(comparison, Interval.DAY, range)
                    .filter(offset -> asOf.hasStarted(range))
                    .map(offset -> comparable(whole, complete(offset.applyTo(range), asOf.dayStart()), asOf))
                    .orElse(new PeriodPair(whole, Optional.empty()));
        }

        private static PeriodPair comparable(ComparablePeriod now, ComparablePeriod before, AsOf asOf) {
            var dayStart = asOf.dayStart();
            return new PeriodPair(
                    now.limitedToElapsedOf(now.range(), asOf).withoutUnreachedDays(dayStart),
                    Optional.of(before.limitedToElapsedOf(now.range(), asOf).withoutUnreachedDays(dayStart)));
        }
    }
}
