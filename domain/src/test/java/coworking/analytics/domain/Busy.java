package coworking.analytics.domain;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.domains.DomainContextBase;

/** Half a year of a space in which something happens: days, tokens and moments that meet often enough to matter to each other. */
final class Busy extends DomainContextBase {

    private static final LocalDate FIRST = LocalDate.parse("2025-11-20");

    @Provide
    Arbitrary<LocalDate> dates() {
        return Arbitraries.integers().between(0, 180).map(FIRST::plusDays);
    }

    @Provide
    Arbitrary<LocalTime> times() {
        return Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.integers().between(0, 24 * 60 - 1).map(minute -> LocalTime.MIN.plusMinutes(minute))),
                Tuple.of(1, Arbitraries.of(LocalTime.MIDNIGHT, LocalTime.of(4, 0), LocalTime.of(4, 30), LocalTime.MAX)));
    }

    @Provide
    Arbitrary<LocalDateTime> moments() {
        return Combinators.combine(dates(), times()).as(LocalDateTime::of);
    }

    @Provide
    Arbitrary<DayStart> dayStarts() {
        return Arbitraries.of("00:00", "04:00", "04:30", "12:00", "23:59").map(LocalTime::parse).map(DayStart::new);
    }

    @Provide
    Arbitrary<Present> presents() {
        return Combinators.combine(moments(), dayStarts()).as(Present::new);
    }

    @Provide
    Arbitrary<Days> days() {
        return Combinators.combine(dates(), Arbitraries.integers().between(0, 70)).as((day, more) -> new Days(day, day.plusDays(more)));
    }

    @Provide
    Arbitrary<List<Token>> tokens() {
        var users = Arbitraries.longs().between(1, 6);
        return Combinators.combine(users, moments(), moments().optional()).as(Busy::token).list().ofMaxSize(60);
    }

    private static Token token(long userId, LocalDateTime createdAt, Optional<LocalDateTime> usedAt) {
        return new Token(userId, createdAt, usedAt);
    }
}
