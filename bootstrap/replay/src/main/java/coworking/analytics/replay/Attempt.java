package coworking.analytics.replay;

import java.time.Duration;
import java.util.Optional;

/** One request, sent to both services at the same moment, and what they did. */
sealed interface Attempt permits AnsweredAttempt, FailedAttempt {

    /** Whether the responses are the same to a caller. */
    default boolean isSame() {
        return this instanceof AnsweredAttempt answered && answered.from().equals(answered.to());
    }

    /**
     * Whether a later attempt shows that the data changed between the two responses of this one: {@code from} now answers what {@code to}
     * answered before. The reverse would be a stale response.
     */
    default boolean isExplainedBy(Attempt later) {
        return this instanceof AnsweredAttempt before && later instanceof AnsweredAttempt after && before.to().equals(after.from());
    }

    /** Sends the request to both. */
    static Attempt make(ReplayRequest request, ServiceUrl from, ServiceUrl to, Duration timeout) {
        try (var one = ReplayExchange.send(from, request, timeout); var other = ReplayExchange.send(to, request, timeout)) {
            return compare(request, one, other);
        } catch (NoResponseException failure) {
            return new FailedAttempt(failure.sideAndReason());
        }
    }

    private static Attempt compare(ReplayRequest request, ReplayExchange from, ReplayExchange to) {
        var fromHead = from.readHead();
        var toHead = to.readHead();
        if (fromHead.status() != toHead.status() || !ComparableResponse.isBodyCompared(request, fromHead.status())) {
            return new AnsweredAttempt(ComparableResponse.of(request, fromHead, ComparableResponse.BodyDigest.EMPTY),
                    ComparableResponse.of(request, toHead, ComparableResponse.BodyDigest.EMPTY),
                    Optional.empty());
        }
        var bodies = new BodyComparator(from, from.openBody(fromHead), to, to.openBody(toHead));
        bodies.compareToEnd();
        return new AnsweredAttempt(ComparableResponse.of(request, fromHead, bodies.from()),
                ComparableResponse.of(request, toHead, bodies.to()), bodies.difference());
    }
}
