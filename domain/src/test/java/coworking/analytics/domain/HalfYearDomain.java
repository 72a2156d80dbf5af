package coworking.analytics.domain;

import coworking.analytics.domain.fact.Token;
import coworking.analytics.domain.time.AsOf;
import coworking.analytics.domain.time.DateRange;
import coworking.analytics.domain.time.DayStart;
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
public final class HalfYearDomain extends DomainContextBase {

    private static final LocalDate FIRST_DAY = LocalDate.parse("2025-11-20");

    @Provide
    Arbitrary<LocalDate> dates() {
        return Arbitraries.integers().between(0, 180).map(FIRST_DAY::plusDays);
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
    Arbitrary<AsOf> asOfs() {
        return Combinators.combine(moments(), dayStarts()).as(AsOf::new);
    }

    @Provide
    Arbitrary<DateRange> ranges() {
        return Combinators.combine(dates(), Arbitraries.integers().between(0, 70))
                .as((day, more) -> new DateRange(day, day.plusDays(more)));
    }

    @Provide
    Arbitrary<List<Token>> tokens() {
        var users = Arbitraries.longs().between(1, 6);
        return Combinators.combine(users, moments(), moments().optional()).as(HalfYearDomain::token).list().ofMaxSize(60);
    }

    private static Token token(long userId, LocalDateTime createdAt, Optional<LocalDateTime> usedAt) {
        return new Token(userId, createdAt, usedAt);
    }
}
