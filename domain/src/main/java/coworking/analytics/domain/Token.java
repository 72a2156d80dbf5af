package coworking.analytics.domain;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * A door code that was issued to a user.
 *
 * @param userId the user it was issued to; that user need not be known
 * @param code the six digits, as they were written down; others may have the same
 * @param createdAt when it was issued, on the space's wall clock
 * @param usedAt when it opened the door, on the same clock; empty while it has not. It may lie before {@code createdAt}: in real
 *     installations it often does, and no report minds
 */
public record Token(long userId, String code, LocalDateTime createdAt, Optional<LocalDateTime> usedAt) {

    public Token {
        requireNonNull(code, "code");
        requireNonNull(createdAt, "createdAt");
        requireNonNull(usedAt, "usedAt");
    }

    /** A token whose code is of no interest. */
    public Token(long userId, LocalDateTime createdAt, Optional<LocalDateTime> usedAt) {
        this(userId, "000000", createdAt, usedAt);
    }

    /** Whether the code has opened the door, whenever that was. */
    public boolean isUsed() {
        return usedAt.isPresent();
    }

    /** The day this token counts for: that of its creation, even where it was used on another. */
    public LocalDate day() {
        return day(DayStart.MIDNIGHT);
    }

    /** The day this token counts for where days begin at another time than midnight. */
    public LocalDate day(DayStart start) {
        return start.dayOf(createdAt);
    }
}
