package coworking.analytics.domain.fact;

import static java.util.Objects.requireNonNull;

import coworking.analytics.domain.time.DateRange;
import coworking.analytics.domain.time.DayStart;
import coworking.analytics.domain.time.SpaceClock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * A door code that was issued to a user.
 *
 * @param userId the user it was issued to, who may be unknown
 * @param code the six digits as they are stored; other tokens may have the same
 * @param createdAt when it was issued, on the store's clock, or on the space's wall clock after {@link #onWallClock}
 * @param usedAt when it opened the door, on the store's clock; empty while it has not. It may be before {@code createdAt}: in real
 *     installations it often is, and all reports allow for it
 */
public record Token(long userId, String code, LocalDateTime createdAt, Optional<LocalDateTime> usedAt) {

    public Token {
        requireNonNull(code, "code");
        requireNonNull(createdAt, "createdAt");
        requireNonNull(usedAt, "usedAt");
    }

    /** A token with an arbitrary code. */
    public Token(long userId, LocalDateTime createdAt, Optional<LocalDateTime> usedAt) {
        this(userId, "000000", createdAt, usedAt);
    }

    /** The same token, created at the time that the space's wall clock showed. Definitions by days and hours count such tokens. */
    public Token onWallClock(SpaceClock clock) {
        return new Token(userId, code, clock.wallOf(createdAt), usedAt);
    }

    /**
     * Defines the extent of tokens: from the day of the first to the day of the last, of those that were created on a {@linkplain
     * DateRange#CALENDAR plausible date}. Empty if there is no such token.
     *
     * @param tokens on the space's wall clock
     */
    public static Optional<DateRange> extentOf(Iterable<Token> tokens, DayStart dayStart) {
        return StreamSupport.stream(tokens.spliterator(), false)
                .filter(token -> DateRange.CALENDAR.contains(token.day()))
                .map(token -> token.day(dayStart))
                .map(day -> new DateRange(day, day))
                .reduce(DateRange::hull)
                .flatMap(DateRange.CALENDAR::intersection);
    }

    /** Whether the code has opened the door, whenever that was. */
    public boolean isUsed() {
        return usedAt.isPresent();
    }

    /** The day this token counts for: that of its creation, even if it was used on another one. */
    public LocalDate day() {
        return day(DayStart.MIDNIGHT);
    }

    /** The day this token counts for if days begin at a given time. */
    public LocalDate day(DayStart dayStart) {
        return dayStart.dayOf(createdAt);
    }
}
