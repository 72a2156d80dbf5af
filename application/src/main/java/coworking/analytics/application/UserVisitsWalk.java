package coworking.analytics.application;

import coworking.analytics.application.port.in.SpaceAnalytics.VisitsQuestion;
import coworking.analytics.application.port.out.Facts.Counted;
import coworking.analytics.application.port.out.Facts.MemberPosition;
import coworking.analytics.application.port.out.Facts.MemberQuestion;
import coworking.analytics.application.port.out.Facts.Order;
import coworking.analytics.domain.MemberVisits;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** Goes through users and their visits, on one page or on all. */
record UserVisitsWalk(VisitsQuestion question) {

    /** Hands out the users after a place, or all. */
    void walk(Conversation talk, Optional<Place<Position>> after, Predicate<MemberVisits> reader) {
        if (talk.days().isPresent()) {
            talk.facts().memberVisits(question(talk, after), reader);
        }
    }

    /** How many users there are, before the place and after it. */
    long count(Conversation talk, Optional<Place<Position>> after) {
        return talk.days().isPresent() ? talk.facts().countMembers(question(talk, after)) : 0;
    }

    private MemberQuestion question(Conversation talk, Optional<Place<Position>> after) {
        var isOfAllDays = Place.isOfAllDays(after, talk);
        return new MemberQuestion(
                talk.days().filter(days -> !isOfAllDays).map(talk.dayStart()::spanOf),
                question.countsUsed() ? Counted.USED : Counted.ISSUED,
                question.isActive(),
                question.leastVisits(),
                order(),
                after.map(place -> OptionalLong.of(place.position().upTo())).orElse(OptionalLong.empty()),
                after.map(place -> place.position().member()),
                question.withNames());
    }

    private Order order() {
        return switch (question.order()) {
            case MOST_VISITS -> Order.MOST_VISITS;
            case FEWEST_VISITS -> Order.FEWEST_VISITS;
            case ID -> Order.ID;
        };
    }

    /** The position after a user. */
    Position after(MemberVisits visits, long upTo) {
        var count = question.countsUsed() ? visits.used() : visits.issued();
        return new Position(new MemberPosition(count, visits.member().userId()), upTo);
    }

    /**
     * Who was handed out last.
     *
     * @param member the place in the order
     * @param upTo the newest token of the first page's moment: those that came later would change the order
     */
    record Position(MemberPosition member, long upTo) {

        static final int NUMBERS = 3;

        static Position of(long[] numbers) {
            return new Position(new MemberPosition(numbers[0], numbers[1]), numbers[2]);
        }

        long[] numbers() {
            return new long[]{member.visits(), member.userId(), upTo};
        }
    }
}
