package coworking.analytics.rest.http;

import coworking.analytics.rest.spi.ExchangeObserver;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.function.Predicate;

/** Reports each exchange to an observer. It is the first filter, so that the time of the others is included. */
final class ObservationFilter implements Filter {

    static final HeaderName TRACEPARENT = HeaderNames.create("traceparent");

    private final RouteMatcher routes;
    private final Predicate<String> hasRequestContext;
    private final ExchangeObserver observer;

    ObservationFilter(RouteMatcher routes, Predicate<String> hasRequestContext, ExchangeObserver observer) {
        this.routes = routes;
        this.hasRequestContext = hasRequestContext;
        this.observer = observer;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        var path = decodedPath(request);
        var id = new RequestId(request);
        var exchange = observer.started(request.prologue().method().text(), id,
                name -> request.headers().first(HeaderNames.create(name)));
        if (hasRequestContext.test(path)) {
            registerContext(new RequestContext(id, exchange, System.nanoTime()), request, response);
        }
        exchange.traceparent().ifPresent(traceparent -> response.headers().set(TRACEPARENT, traceparent));
        try {
            chain.proceed();
        } finally {
            var status = response.status().code();
            exchange.ended(routes.match(path, status), status, response.bytesWritten());
        }
    }

    /** The path without percent-encoding; the raw path if its percent-encoding is invalid. */
    private static String decodedPath(RoutingRequest request) {
        try {
            return request.path().path();
        } catch (IllegalArgumentException malformed) {
            return request.path().rawPath();
        }
    }

    private static void registerContext(RequestContext context, RoutingRequest request, RoutingResponse response) {
        request.context().register(context);
        response.header(context.requestIdHeader());
    }
}
