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
        var exchange = observer.begun(request.prologue().method().text(),
                name -> request.headers().first(HeaderNames.create(name)));
        exchange.traceparent().ifPresent(traceparent -> response.headers().set(TRACEPARENT, traceparent));
        try {
            chain.proceed();
        } finally {
            var status = response.status().code();
            exchange.ended(Route.of(request.path().path(), status), status, response.bytesWritten());
        }
    }
}
