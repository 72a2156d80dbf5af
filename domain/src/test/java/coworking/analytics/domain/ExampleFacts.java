package coworking.analytics.domain;

import coworking.analytics.domain.fact.Token;
import coworking.analytics.domain.fact.User;
import coworking.analytics.domain.time.DayStart;
import coworking.analytics.domain.time.TimeSpan;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Optional;

/** Tiny factories: what an example does not say does not matter to it. */
public final class ExampleFacts {

    public static final LocalDateTime NOON = LocalDateTime.parse("2024-05-06T12:00:00");
    public static final LocalDate DAY = NOON.toLocalDate();
    public static final LocalDate NEXT_DAY = DAY.plusDays(1);

    public static final DayStart FOUR_O_CLOCK = new DayStart(LocalTime.parse("04:00"));
    public static final DayStart HALF_PAST_FOUR = new DayStart(LocalTime.parse("04:30"));

    private ExampleFacts() {}

    /** A token that was used a minute before it was created, as is usual. */
    public static Token usedAtCreation(long userId, String createdAt) {
        var time = LocalDateTime.parse(createdAt);
        return new Token(userId, time, Optional.of(time.minusMinutes(1)));
    }

    public static Token unused(long userId, String createdAt) {
        return new Token(userId, LocalDateTime.parse(createdAt), Optional.empty());
    }

    public static TimeSpan span(String from, String to) {
        return new TimeSpan(LocalDateTime.parse(from), LocalDateTime.parse(to));
    }

    public static Token unused(long userId, LocalDate createdOn) {
        return new Token(userId, createdOn.atTime(9, 0), Optional.empty());
    }

    public static Token used(long userId, LocalDate createdOn, LocalDate usedOn) {
        return new Token(userId, createdOn.atTime(9, 0), Optional.of(usedOn.atTime(8, 0)));
    }

    public static Token used(long userId, LocalDate day) {
        return used(userId, day, day);
    }

    public static User joined(long userId, LocalDateTime joinedAt) {
        return new User(userId, Optional.of(joinedAt));
    }
}
