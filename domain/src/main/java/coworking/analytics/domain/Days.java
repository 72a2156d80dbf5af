package coworking.analytics.domain;

import static java.time.temporal.TemporalAdjusters.nextOrSame;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Days that follow each other, at least one.
 *
 * @param first the first of them
 * @param last the last of them, which belongs to them; not before {@code first}
 */
public record Days(LocalDate first, LocalDate last) {

    public Days {
        if (last.isBefore(first)) {
            throw new IllegalArgumentException("The last day must not be before the first, but " + last + " is before " + first);
        }
    }

    /** Defines the extent of some tokens: the days from that of the first to that of the last. Empty where there is no token. */
    public static Optional<Days> extentOf(Iterable<Token> tokens, DayStart dayStart) {
        return StreamSupport.stream(tokens.spliterator(), false)
                .map(token -> token.day(dayStart))
                .map(day -> new Days(day, day))
                .reduce(Days::hull);
    }

    private Days hull(Days other) {
        return new Days(first.isBefore(other.first) ? first : other.first, last.isAfter(other.last) ? last : other.last);
    }

    /** How many days there are; at least 1. */
    public long count() {
        return ChronoUnit.DAYS.between(first, last) + 1;
    }

    /** Whether the day is one of them. */
    public boolean contains(LocalDate day) {
        return !day.isBefore(first) && !day.isAfter(last);
    }

    /** How many of them are such a day of the week. */
    public long count(DayOfWeek weekday) {
        var sooner = first.with(nextOrSame(weekday));
        return sooner.isAfter(last) ? 0 : ChronoUnit.WEEKS.between(sooner, last) + 1;
    }

    /** Whether the last is more than ten years after the first. */
    public boolean exceedTenYears() {
        return last.isAfter(first.plusYears(10));
    }

    /** As many days, so many days earlier. */
    public Days earlier(long days) {
        return new Days(first.minusDays(days), last.minusDays(days));
    }
}
