package coworking.analytics.application;

import coworking.analytics.application.port.out.Facts.VisitPosition;
import coworking.analytics.domain.Visit;
import java.util.Optional;
import java.util.function.Predicate;

/** Goes through the visits of one user, on one page or on all. */
record VisitsWalk(long userId) {

    /** Hands out the visits after a place, or all. */
    void walk(Conversation talk, Optional<Place<VisitPosition>> after, Predicate<Visit> reader) {
        talk.days()
                .map(talk.dayStart()::spanOf)
                .ifPresent(span -> talk.facts().visits(userId, span, after.map(Place::position), reader));
    }

    /** How many visits there are. */
    long count(Conversation talk) {
        var count = new long[1];
        walk(talk, Optional.empty(), visit -> ++count[0] > 0);
        return count[0];
    }
}
