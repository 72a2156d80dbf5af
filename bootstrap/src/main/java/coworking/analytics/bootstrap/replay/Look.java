package coworking.analytics.bootstrap.replay;

import java.time.Duration;
import java.util.Optional;

/** What both services did about the same request, sent to them at the same moment. */
sealed interface Look permits Answered, Unanswered {

    /** Whether the answers are the same to a caller. */
    default boolean isSame() {
        return this instanceof Answered answered && answered.from().equals(answered.to());
    }

    /**
     * Whether a later look shows that the data has changed between the two answers of this one: what the one answered later is what the
     * other had answered before. The other way round it would be an old answer.
     */
    default boolean isExplainedBy(Look later) {
        return this instanceof Answered before && later instanceof Answered after && before.to().equals(after.from());
    }

    /** Asks both. */
    static Look at(Call call, Site from, Site to, Duration patience) {
        try (var one = Exchange.begin(from, call, patience); var other = Exchange.begin(to, call, patience)) {
            return compare(call, one, other);
        } catch (NoAnswer failure) {
            return new Unanswered(failure.sideAndReason());
        }
    }

    private static Look compare(Call call, Exchange from, Exchange to) {
        var fromHead = from.head();
        var toHead = to.head();
        if (fromHead.status() != toHead.status() || !Answer.hasBodyThatCounts(call, fromHead.status())) {
            return new Answered(Answer.of(call, fromHead, Answer.Digest.NOTHING), Answer.of(call, toHead, Answer.Digest.NOTHING),
                    Optional.empty());
        }
        var bodies = new Lockstep(from, from.body(fromHead), to, to.body(toHead));
        bodies.run();
        return new Answered(Answer.of(call, fromHead, bodies.from()), Answer.of(call, toHead, bodies.to()), bodies.parting());
    }
}
