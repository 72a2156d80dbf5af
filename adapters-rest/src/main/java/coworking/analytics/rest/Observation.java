package coworking.analytics.rest;

import coworking.analytics.rest.ExchangeObserver.Route;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

/** Tells an observer of each exchange. To be the first filter, so that the others' work counts. */
final class Observation implements Filter {

    private static final HeaderName TRACEPARENT = HeaderNames.create("traceparent");

    private final ExchangeObserver observer;

    Observation(ExchangeObserver observer) {
        this.observer = observer;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        var path = pathOf(request);
        var id = new RequestId(request);
        var exchange = observer.begun(request.prologue().method().text(), id,
                name -> request.headers().first(HeaderNames.create(name)));
        if (path.startsWith(Call.ROOT)) {
            answerToCall(new Call(id, exchange, System.nanoTime()), request, response);
        }
        exchange.traceparent().ifPresent(traceparent -> response.headers().set(TRACEPARENT, traceparent));
        try {
            chain.proceed();
        } finally {
            var status = response.status().code();
            exchange.ended(Route.of(path, status), status, response.bytesWritten());
        }
    }

    /** As it is spelt without percent signs; as it came where they make no sense. */
    private static String pathOf(RoutingRequest request) {
        try {
            return request.path().path();
        } catch (IllegalArgumentException malformed) {
            return request.path().rawPath();
        }
    }

    private static void answerToCall(Call call, RoutingRequest request, RoutingResponse response) {
        request.context().register(call);
        response.header(call.requestId());
    }
}
