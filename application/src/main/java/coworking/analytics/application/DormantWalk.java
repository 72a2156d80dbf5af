package coworking.analytics.application;

import coworking.analytics.application.port.in.SpaceAnalytics.DormancyQuestion;
import coworking.analytics.domain.Days;
import coworking.analytics.domain.Dormancy;
import coworking.analytics.domain.Warnings;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** Goes through dormant members, on one page or on all. */
record DormantWalk(DormancyQuestion question) {

    /** Hands out the dormant members after a place, or all. */
    void walk(Conversation talk, Optional<Place<Long>> after, Predicate<Dormancy> reader) {
        var afterUser = after.map(place -> OptionalLong.of(place.position())).orElse(OptionalLong.empty());
        walk(talk, afterUser, lastDay(talk, after), reader);
    }

    private void walk(Conversation talk, OptionalLong afterUser, LocalDate lastDay, Predicate<Dormancy> reader) {
        talk.days().map(talk.dayStart()::spanOf).ifPresent(span -> talk.facts().visitDays(
                talk.dayStart(),
                span,
                afterUser,
                question.withNames(),
                visits -> Dormancy.of(visits, question.factor(), question.leastVisits(), lastDay).map(reader::test).orElse(true)));
    }

    /** Until when absences last. Visits after the days that were meant are not looked at, so they say nothing of later days. */
    private static LocalDate lastDay(Conversation talk, Optional<Place<Long>> after) {
        var today = talk.present().today();
        return Place.isOfAllDays(after, talk)
                ? today
                : talk.days().map(Days::last).filter(last -> last.isBefore(today)).orElse(today);
    }

    /** How many dormant members there are, before the place and after it. */
    long count(Conversation talk, Optional<Place<Long>> after) {
        var count = new long[1];
        walk(talk, OptionalLong.empty(), lastDay(talk, after), dormancy -> ++count[0] > 0);
        return count[0];
    }

    List<String> warnings(Conversation talk, Optional<Place<Long>> after) {
        return talk.days().map(days -> Warnings.ofDormancy(days, lastDay(talk, after), talk.present().today())).orElse(List.of());
    }
}
