package coworking.analytics.rest.http;

import coworking.analytics.application.port.UnavailableException;
import coworking.analytics.application.port.in.TooBusyException;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpException;
import io.helidon.http.Status;
import io.helidon.webserver.http.ErrorHandler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;
import java.util.Set;

/** The only place where a failure becomes a status. It logs unexpected failures. */
public final class ErrorMapper implements ErrorHandler<Throwable> {

    private static final Set<HeaderName> SET_BY_FILTERS = Set.of(HeaderNames.CONNECTION, RequestId.HEADER, ObservationFilter.TRACEPARENT);

    /** A lost connection to the database takes about this time to be noticed and replaced. */
    private static final Header RETRY_AFTER_DATABASE_FAILURE = HeaderValues.create(HeaderNames.RETRY_AFTER, "5");
    private static final Header RETRY_AFTER_OVERLOAD = HeaderValues.create(HeaderNames.RETRY_AFTER, "1");
    private static final Problem TOO_MANY_REQUESTS = Problem.of(Status.TOO_MANY_REQUESTS_429,
            "Too many requests are running. Try again later.", RETRY_AFTER_OVERLOAD);
    private static final Problem TIMEOUT = Problem.of(Status.GATEWAY_TIMEOUT_504,
            "The query timed out. Request fewer days.");

    private final ThrottledErrorLog errorLog = new ThrottledErrorLog(System.getLogger(ErrorMapper.class.getName()));

    @Override
    public void handle(ServerRequest request, ServerResponse response, Throwable failure) {
        var expected = expectedProblem(failure, RequestContext.of(request).isPresent());
        if (expected.isEmpty()) {
            errorLog.log(request.prologue().method() + " " + request.path().absolute().rawPath() + " failed", failure);
        }
        removeFailedHeaders(response);
        expected.orElseGet(() -> unexpectedProblem(failure)).toResponse(request).send(request, response);
    }

    /** Helidon would send the headers of the response that failed, its length among them, with the response that reports the failure. */
    private static void removeFailedHeaders(ServerResponse response) {
        var kept = response.headers().stream().filter(header -> SET_BY_FILTERS.contains(header.headerName())).toList();
        response.headers().clear();
        kept.forEach(response::header);
    }

    /** Whether a failure is part of normal operation. An unavailable ledger is logged where it is detected, once and not per request. */
    public static boolean isExpected(Throwable failure) {
        return expectedProblem(failure, false).isPresent();
    }

    /** The only list of the failures that are not bugs. */
    private static Optional<Problem> expectedProblem(Throwable failure, boolean isV1) {
        return switch (failure) {
            case ProblemException refusal -> Optional.of(refusal.problem());
            case TooBusyException _ -> Optional.of(TOO_MANY_REQUESTS);
            case UnavailableException unavailable -> Optional.of(unavailable(unavailable, isV1));
            case HttpException refusal when refusal.status().code() < 500 -> Optional.of(Problem.ofStatus(refusal.status()));
            default -> Optional.empty();
        };
    }

    /** The original service answered 500: its clients and alarms compare the status. */
    private static Problem unavailable(UnavailableException failure, boolean isV1) {
        if (!isV1) {
            return Problem.of(Status.INTERNAL_SERVER_ERROR_500, failure.reason());
        }
        return failure.isTimeout()
                ? TIMEOUT
                : Problem.of(Status.SERVICE_UNAVAILABLE_503, failure.reason(), RETRY_AFTER_DATABASE_FAILURE);
    }

    private static Problem unexpectedProblem(Throwable failure) {
        return Problem.ofStatus(failure instanceof HttpException refusal ? refusal.status() : Status.INTERNAL_SERVER_ERROR_500);
    }
}
