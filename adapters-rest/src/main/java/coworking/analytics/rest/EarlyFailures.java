package coworking.analytics.rest;

import io.helidon.http.DirectHandler;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;

/** Answers a request that never reached the routing, because Helidon could not read it or would not take it. */
final class EarlyFailures implements DirectHandler {

    @Override
    public TransportResponse handle(
            TransportRequest request, EventType event, Status status, ServerResponseHeaders headers, Throwable failure, System.Logger log) {
        return answer(Problem.unreadable(status, failure), request, headers);
    }

    @Override
    public TransportResponse handle(
            TransportRequest request, EventType event, Status status, ServerResponseHeaders headers, String message) {
        return answer(Problem.refused(status), request, headers);
    }

    private static TransportResponse answer(Problem problem, TransportRequest request, ServerResponseHeaders headers) {
        headers.set(Problem.TYPE);
        headers.set(Answer.NOSNIFF);
        return TransportResponse.builder()
                .status(problem.status())
                .headers(headers)
                .entity(problem.json(request.path()))
                .build();
    }
}
