package coworking.analytics.rest.management;

import coworking.analytics.rest.http.Problem;
import io.helidon.http.Status;

/** The problems of the management API. */
final class ManagementProblems {

    private ManagementProblems() {}

    static Problem loopbackOnly() {
        return Problem.of(Status.FORBIDDEN_403,
                "This resource accepts only clients on the same machine. kubectl port-forward counts as one.");
    }

    static Problem diagnosisInProgress() {
        return Problem.of(Status.CONFLICT_409, "Another diagnosis is in progress. Try again later.");
    }

    static Problem invalidDuration(int maxSeconds) {
        return Problem.of(Status.BAD_REQUEST_400, "seconds must be a whole number from 1 to " + maxSeconds + ".");
    }

    static Problem invalidLogLevel() {
        return Problem.of(Status.BAD_REQUEST_400,
                "The body must be ERROR, WARN, INFO, DEBUG or OFF, and only a limited number of loggers can have a level.");
    }
}
