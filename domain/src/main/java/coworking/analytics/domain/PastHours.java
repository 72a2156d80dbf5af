package coworking.analytics.domain;

import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The hours of a day that still runs: some are past, some are to come, and of one or two a part is past. */
final class PastHours {

    private final Present present;
    private final TimeSpan today;

    PastHours(Present present) {
        this.present = present;
        today = present.dayStart().spanOf(new Days(present.today(), present.today()));
    }

    List<HourTally> of(Collection<HourTally> tallies, Function<TimeSpan, Usage> usage) {
        return tallies.stream().flatMap(tally -> past(tally, usage).stream()).toList();
    }

    private Optional<HourTally> past(HourTally tally, Function<TimeSpan, Usage> usage) {
        var order = tally.day().compareTo(present.today());
        return order == 0 ? pastToday(tally, usage) : Optional.of(tally).filter(whole -> order < 0);
    }

    private Optional<HourTally> pastToday(HourTally tally, Function<TimeSpan, Usage> usage) {
        var stretches = stretches(tally.hour());
        var past = stretches.stream().flatMap(stretch -> within(stretch, today.from(), present.now())).toList();
        return past.equals(stretches) ? Optional.of(tally) : part(tally, past.stream().map(usage).reduce(Usage.NONE, Usage::plus));
    }

    private static Optional<HourTally> part(HourTally tally, Usage usage) {
        return Optional.of(usage)
                .filter(some -> some.issued() > 0)
                .map(some -> new HourTally(tally.day(), tally.hour(), some.issued(), some.used()));
    }

    /** An hour of the wall clock as it lies in the day: once, or at both ends where the day begins in the middle of it. */
    private List<TimeSpan> stretches(int hour) {
        return Stream.of(today.from(), today.to())
                .map(end -> end.toLocalDate().atTime(hour, 0))
                .flatMap(begin -> within(new TimeSpan(begin, begin.plusHours(1)), today.from(), today.to()))
                .toList();
    }

    private static Stream<TimeSpan> within(TimeSpan span, LocalDateTime from, LocalDateTime to) {
        var begin = span.from().isBefore(from) ? from : span.from();
        var end = span.to().isAfter(to) ? to : span.to();
        return begin.isBefore(end) ? Stream.of(new TimeSpan(begin, end)) : Stream.empty();
    }
}
