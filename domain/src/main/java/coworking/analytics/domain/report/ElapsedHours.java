package coworking.analytics.domain.report;

import coworking.analytics.domain.fact.HourCounts;
import coworking.analytics.domain.fact.TokenCounts;
import coworking.analytics.domain.time.DateRange;
import coworking.analytics.domain.time.DayStart;
import coworking.analytics.domain.time.SpaceClock;
import coworking.analytics.domain.time.TimeSpan;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Limits counts to the hours that have elapsed. Of the last day some hours have elapsed, and one or two in part. */
final class ElapsedHours {

    private final TimeSpan elapsed;
    private final DayStart dayStart;
    private final LocalDateTime endOfWhole;

    /**
     * Makes a limit.
     *
     * @param elapsed what has elapsed; an hour that the clock shows twice may have elapsed only once
     */
    ElapsedHours(TimeSpan elapsed, DayStart dayStart, SpaceClock clock) {
        this.elapsed = elapsed;
        this.dayStart = dayStart;
        endOfWhole = elapsed.before().map(cut -> clock.wallTimesOnBothSidesOf(cut).from()).filter(elapsed.to()::isAfter)
                .orElse(elapsed.to());
    }

    /**
     * The counts of the hours that have passed.
     *
     * @param counts counts of whole days
     * @param tokenCounts counts the tokens that were created within a span. It is called for parts of hours, three times at most if the span
     *     has no cut
     * @return in the order of {@code counts}
     */
    List<HourCounts> limit(Collection<HourCounts> counts, Function<TimeSpan, TokenCounts> tokenCounts) {
        var firstPartialDay = dayStart.dayOf(endOfWhole);
        return counts.stream().flatMap(hour -> hour.day().isBefore(firstPartialDay)
                ? Stream.of(hour)
                : limitToElapsed(hour, tokenCounts).stream()).toList();
    }

    private Optional<HourCounts> limitToElapsed(HourCounts counts, Function<TimeSpan, TokenCounts> tokenCounts) {
        var spans = spansOfHour(counts.day(), counts.hour());
        return spans.stream().noneMatch(span -> span.to().isAfter(endOfWhole))
                ? Optional.of(counts)
                : partialHour(counts, spans.stream().flatMap(span -> intersection(span, span.from(), elapsed.to()))
                        .map(span -> new TimeSpan(span.from(), span.to(), elapsed.before()))
                        .map(tokenCounts)
                        .reduce(TokenCounts.ZERO, TokenCounts::plus));
    }

    private static Optional<HourCounts> partialHour(HourCounts counts, TokenCounts tokenCounts) {
        return Optional.of(tokenCounts)
                .filter(some -> some.issued() > 0)
                .map(some -> new HourCounts(counts.day(), counts.hour(), some.issued(), some.used()));
    }

    /** The spans of an hour of the wall clock in a day: one, or two at both ends if the day begins in the middle of the hour. */
    private List<TimeSpan> spansOfHour(LocalDate date, int hour) {
        var day = dayStart.spanOf(new DateRange(date, date));
        return Stream.of(day.from(), day.to())
                .map(end -> end.toLocalDate().atTime(hour, 0))
                .flatMap(begin -> intersection(new TimeSpan(begin, begin.plusHours(1)), day.from(), day.to()))
                .toList();
    }

    private static Stream<TimeSpan> intersection(TimeSpan span, LocalDateTime from, LocalDateTime to) {
        var begin = span.from().isBefore(from) ? from : span.from();
        var end = span.to().isAfter(to) ? to : span.to();
        return begin.isBefore(end) ? Stream.of(new TimeSpan(begin, end)) : Stream.empty();
    }
}
