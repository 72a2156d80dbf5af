package coworking.analytics.domain;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * A door code that was issued to a user.
 *
 * @param userId the user it was issued to; that user need not be known
 * @param createdAt when it was issued, on the space's wall clock
 * @param usedAt when it opened the door, on the same clock; empty while it has not. It may lie before {@code createdAt}: in real
 *     installations it often does, and no report minds
 */
public record Token(long userId, LocalDateTime createdAt, Optional<LocalDateTime> usedAt) {

    public Token {
        requireNonNull(createdAt, "createdAt");
        requireNonNull(usedAt, "usedAt");
    }

    /** Whether the code has opened the door, whenever that was. */
    public boolean isUsed() {
        return usedAt.isPresent();
    }

    /** The day this token counts for: that of its creation, even where it was used on another. */
    public LocalDate day() {
        return createdAt.toLocalDate();
    }
}
