package coworking.analytics.domain.fact;

import static java.util.Objects.requireNonNull;

import coworking.analytics.domain.time.DateRange;
import coworking.analytics.domain.time.SpaceClock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * How far the tokens reach at a moment. It tells a feed that has stopped, and clocks that are wrong.
 *
 * @param dataUntil the latest creation that is not later than the moment, on the space's wall clock; empty if there is none
 * @param ahead how many tokens are dated later than the moment, on a plausible date; 0 or more
 * @param implausible how many tokens were created on no {@linkplain DateRange#CALENDAR plausible date}; 0 or more
 */
public record TokenFeed(Optional<OffsetDateTime> dataUntil, long ahead, long implausible) {

    public TokenFeed {
        requireNonNull(dataUntil, "dataUntil");
    }

    /**
     * Defines how far tokens reach.
     *
     * @param tokens on the store's clock
     */
    public static TokenFeed of(Collection<Token> tokens, SpaceClock clock, Instant moment) {
        var plausible = tokens.stream().map(Token::createdAt).filter(clock::isPlausible).toList();
        return new TokenFeed(
                plausible.stream().filter(time -> !isAhead(time, clock, moment)).max(Comparator.naturalOrder()).map(clock::at),
                plausible.stream().filter(time -> isAhead(time, clock, moment)).count(),
                tokens.size() - plausible.size());
    }

    /** Whether a time of the store means a moment that is later than another one. */
    static boolean isAhead(LocalDateTime storedTime, SpaceClock clock, Instant moment) {
        return clock.momentOf(storedTime).isAfter(moment);
    }
}
