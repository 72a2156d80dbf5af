package coworking.analytics.application;

import coworking.analytics.application.port.in.SpaceAnalytics.Asked;
import coworking.analytics.domain.Days;
import coworking.analytics.domain.RequestedDays.Between;
import java.util.Optional;

/**
 * Where a walk through pages has come to. All its pages are of the days that the first one was of, even where a new token, or another
 * day, changed since what the words mean.
 *
 * @param isOfAllDays whether that was meant to be every token there is
 * @param days the days of the first page
 * @param position what was handed out last
 */
record Place<P>(boolean isOfAllDays, Days days, P position) {

    /** Where a page has ended: the first of a walk, or the one after {@code before}. */
    static <P> Place<P> after(Optional<Place<P>> before, Conversation talk, P position) {
        return new Place<>(isOfAllDays(before, talk), talk.days().orElseThrow(), position);
    }

    /** Whether a walk that has come before, or begins, is of every token there is. */
    static boolean isOfAllDays(Optional<? extends Place<?>> before, Conversation talk) {
        return before.<Boolean>map(Place::isOfAllDays).orElse(talk.isOfAllDays());
    }

    /** What is asked to go on from a place, or to begin. */
    static Asked goOn(Optional<? extends Place<?>> after, Asked asked) {
        return after.map(place -> of(place.days(), asked)).orElse(asked);
    }

    private static Asked of(Days days, Asked asked) {
        return new Asked(new Between(Optional.of(days.first()), Optional.of(days.last())), asked.dayStart(), asked.now());
    }
}
