package coworking.analytics.rest;

import io.helidon.http.DirectHandler;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import java.util.regex.Pattern;

/** Answers a request that never reached the routing, because Helidon could not read it or would not take it. */
final class EarlyFailures implements DirectHandler {

    private static final Pattern FOREIGN = Pattern.compile("HTTP/(?!1\\.1\\b)\\d");

    private final ExchangeObserver observer;

    EarlyFailures(ExchangeObserver observer) {
        this.observer = observer;
    }

    @Override
    public TransportResponse handle(
            TransportRequest request, EventType event, Status status, ServerResponseHeaders headers, Throwable failure, System.Logger log) {
        var problem = isForeign(request.protocolVersion()) ? Problem.foreignProtocol() : Problem.unreadable(status, failure);
        return answer(problem, request, headers);
    }

    @Override
    public TransportResponse handle(
            TransportRequest request, EventType event, Status status, ServerResponseHeaders headers, String message) {
        return answer(Problem.refused(status), request, headers);
    }

    /** Helidon 4.1.7 hands over the whole request line in the place of a protocol that it does not know. */
    private static boolean isForeign(String protocolOrLine) {
        return FOREIGN.matcher(protocolOrLine).find();
    }

    private TransportResponse answer(Problem problem, TransportRequest request, ServerResponseHeaders headers) {
        observer.refused(problem.status().code());
        headers.set(Problem.TYPE);
        headers.set(Answer.NOSNIFF);
        return TransportResponse.builder()
                .status(problem.status())
                .headers(headers)
                .entity(problem.json(request.path()))
                .build();
    }
}
