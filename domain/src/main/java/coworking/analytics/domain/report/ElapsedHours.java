package coworking.analytics.domain.report;

import coworking.analytics.domain.fact.HourCounts;
import coworking.analytics.domain.fact.TokenCounts;
import coworking.analytics.domain.time.AsOf;
import coworking.analytics.domain.time.DateRange;
import coworking.analytics.domain.time.TimeSpan;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Limits counts to the hours that have elapsed. Of the current day some hours have elapsed, and one or two in part. */
final class ElapsedHours {

    private final AsOf asOf;
    private final TimeSpan today;

    ElapsedHours(AsOf asOf) {
        this.asOf = asOf;
        today = asOf.dayStart().spanOf(new DateRange(asOf.today(), asOf.today()));
    }

    /**
     * The counts of the hours that have passed.
     *
     * @param counts counts of whole days
     * @param tokenCounts counts the tokens that were created within a span. It is called for parts of hours, three times at most
     * @return in the order of {@code counts}
     */
    List<HourCounts> limit(Collection<HourCounts> counts, Function<TimeSpan, TokenCounts> tokenCounts) {
        return counts.stream().flatMap(hour -> limitToElapsed(hour, tokenCounts).stream()).toList();
    }

    private Optional<HourCounts> limitToElapsed(HourCounts counts, Function<TimeSpan, TokenCounts> tokenCounts) {
        var order = counts.day().compareTo(asOf.today());
        return order == 0 ? limitTodayToElapsed(counts, tokenCounts) : Optional.of(counts).filter(whole -> order < 0);
    }

    private Optional<HourCounts> limitTodayToElapsed(HourCounts counts, Function<TimeSpan, TokenCounts> tokenCounts) {
        var spans = spansOfHour(counts.hour());
        var elapsed = spans.stream().flatMap(span -> intersection(span, today.from(), asOf.now())).toList();
        return elapsed.equals(spans)
                ? Optional.of(counts)
                : partialHour(counts, elapsed.stream().map(tokenCounts).reduce(TokenCounts.ZERO, TokenCounts::plus));
    }

    private static Optional<HourCounts> partialHour(HourCounts counts, TokenCounts tokenCounts) {
        return Optional.of(tokenCounts)
                .filter(some -> some.issued() > 0)
                .map(some -> new HourCounts(counts.day(), counts.hour(), some.issued(), some.used()));
    }

    /** The spans of an hour of the wall clock in the day: one, or two at both ends if the day begins in the middle of the hour. */
    private List<TimeSpan> spansOfHour(int hour) {
        return Stream.of(today.from(), today.to())
                .map(end -> end.toLocalDate().atTime(hour, 0))
                .flatMap(begin -> intersection(new TimeSpan(begin, begin.plusHours(1)), today.from(), today.to()))
                .toList();
    }

    private static Stream<TimeSpan> intersection(TimeSpan span, LocalDateTime from, LocalDateTime to) {
        var begin = span.from().isBefore(from) ? from : span.from();
        var end = span.to().isAfter(to) ? to : span.to();
        return begin.isBefore(end) ? Stream.of(new TimeSpan(begin, end)) : Stream.empty();
    }
}
