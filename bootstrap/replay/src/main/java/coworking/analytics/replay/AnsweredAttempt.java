package coworking.analytics.replay;

import java.util.Optional;

/**
 * An attempt that both services answered.
 *
 * @param bodyDifference the first difference of the bodies; empty if they are equal or not compared
 */
record AnsweredAttempt(ComparableResponse from, ComparableResponse to,
        Optional<BodyComparator.BodyDifference> bodyDifference) implements Attempt {}
