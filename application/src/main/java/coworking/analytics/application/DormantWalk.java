package coworking.analytics.application;

import coworking.analytics.application.port.in.SpaceAnalytics.DormancyQuestion;
import coworking.analytics.domain.Dormancy;
import coworking.analytics.domain.Warnings;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** Goes through dormant members, on one page or on all. */
record DormantWalk(DormancyQuestion question) {

    /** Hands out the dormant members after a place, or all. */
    void walk(Conversation talk, Optional<Place<Long>> after, Predicate<Dormancy> reader) {
        var afterUser = after.map(place -> OptionalLong.of(place.position())).orElse(OptionalLong.empty());
        var today = talk.present().today();
        talk.days().map(talk.dayStart()::spanOf).ifPresent(span -> talk.facts().visitDays(
                talk.dayStart(),
                span,
                afterUser,
                question.withNames(),
                visits -> Dormancy.of(visits, question.factor(), question.leastVisits(), today).map(reader::test).orElse(true)));
    }

    /** How many dormant members there are. */
    long count(Conversation talk) {
        var count = new long[1];
        walk(talk, Optional.empty(), dormancy -> ++count[0] > 0);
        return count[0];
    }

    List<String> warnings(Conversation talk, Optional<Place<Long>> after) {
        var isOfAllDays = Place.isOfAllDays(after, talk);
        return talk.days()
                .filter(days -> !isOfAllDays)
                .map(days -> Warnings.ofDormancy(days.last(), talk.present().today()))
                .orElse(List.of());
    }
}
