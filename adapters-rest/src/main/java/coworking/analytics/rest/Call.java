package coworking.analytics.rest;

import coworking.analytics.rest.ExchangeObserver.Exchange;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import java.util.Locale;
import java.util.Optional;

/**
 * A request of the v1 API under way. Those of the original's URLs are none: nothing is told of them in headers, and what is not told need
 * not be found out.
 *
 * @param id names it
 * @param exchange what the observer knows of it
 * @param begin when it began, in nanoseconds of the JVM's own clock
 */
record Call(RequestId id, Exchange exchange, long begin) {

    /** Below it is all of v1, and nothing else. */
    static final String ROOT = "/api/v1/";

    private static final HeaderName SERVER_TIMING = HeaderNames.create("Server-Timing");
    private static final double NANOS_PER_MILLI = 1e6;

    /** The call that a request is; empty where it is none. */
    static Optional<Call> of(ServerRequest request) {
        return request.context().get(Call.class);
    }

    Header requestId() {
        return HeaderValues.create(RequestId.HEADER, id.get());
    }

    /** How long it has taken until now: waiting for the database, and everything else. */
    Header timing() {
        var database = exchange.inDatabase().toNanos();
        var everything = System.nanoTime() - begin;
        return HeaderValues.create(SERVER_TIMING, String.format(Locale.ROOT, "db;dur=%.3f, app;dur=%.3f",
                database / NANOS_PER_MILLI, Math.max(0, everything - database) / NANOS_PER_MILLI));
    }
}
