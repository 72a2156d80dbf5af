package coworking.analytics.domain;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Optional;

/** Tiny factories: what an example does not say does not matter to it. */
final class Examples {

    static final LocalDateTime NOON = LocalDateTime.parse("2024-05-06T12:00:00");
    static final LocalDate DAY = NOON.toLocalDate();
    static final LocalDate NEXT_DAY = DAY.plusDays(1);

    static final DayStart FOUR = new DayStart(LocalTime.parse("04:00"));
    static final DayStart HALF_PAST_FOUR = new DayStart(LocalTime.parse("04:30"));

    private Examples() {}

    /** A token that was used a minute before it was created, as is usual. */
    static Token visit(long userId, String createdAt) {
        var time = LocalDateTime.parse(createdAt);
        return new Token(userId, time, Optional.of(time.minusMinutes(1)));
    }

    static Token unused(long userId, String createdAt) {
        return new Token(userId, LocalDateTime.parse(createdAt), Optional.empty());
    }

    static TimeSpan span(String from, String to) {
        return new TimeSpan(LocalDateTime.parse(from), LocalDateTime.parse(to));
    }

    static Token unused(long userId, LocalDate createdOn) {
        return new Token(userId, createdOn.atTime(9, 0), Optional.empty());
    }

    static Token used(long userId, LocalDate createdOn, LocalDate usedOn) {
        return new Token(userId, createdOn.atTime(9, 0), Optional.of(usedOn.atTime(8, 0)));
    }

    static Token used(long userId, LocalDate day) {
        return used(userId, day, day);
    }

    static User joined(long userId, LocalDateTime joinedAt) {
        return new User(userId, Optional.of(joinedAt));
    }
}
