package coworking.analytics.rest.http;

import coworking.analytics.rest.spi.ExchangeObserver.ObservedExchange;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import java.util.Locale;
import java.util.Optional;

/**
 * A request in progress of an API whose responses tell the request's id and timing. The original's URLs have none: their responses do not
 * tell them, so they need not be computed.
 *
 * @param id the request's id
 * @param exchange the observer's record of the request
 * @param startedNanos when the request began, by {@link System#nanoTime}
 */
public record RequestContext(RequestId id, ObservedExchange exchange, long startedNanos) {

    private static final HeaderName SERVER_TIMING = HeaderNames.create("Server-Timing");
    private static final double NANOS_PER_MILLI = 1e6;

    /** The context of a request, if it has one. */
    public static Optional<RequestContext> of(ServerRequest request) {
        return request.context().get(RequestContext.class);
    }

    /** Adds Server-Timing to a response, if the request has a context. */
    public static Response addServerTiming(ServerRequest request, Response response) {
        return of(request).map(context -> response.with(context.serverTiming())).orElse(response);
    }

    Header requestIdHeader() {
        return HeaderValues.create(RequestId.HEADER, id.get());
    }

    /** The time until now: waiting for the database, and everything else. */
    Header serverTiming() {
        var database = exchange.databaseTime().toNanos();
        var total = System.nanoTime() - startedNanos;
        return HeaderValues.create(SERVER_TIMING, String.format(Locale.ROOT, "db;dur=%.3f, app;dur=%.3f",
                database / NANOS_PER_MILLI, Math.max(0, total - database) / NANOS_PER_MILLI));
    }
}
