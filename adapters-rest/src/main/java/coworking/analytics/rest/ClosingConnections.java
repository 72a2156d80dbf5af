package coworking.analytics.rest;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Closes the connection of a caller who asked for that, and of every caller while the server drains.
 *
 * <p>Helidon 4.1.7 promises the former in its answer, but then takes a body that it left unread for the next request. Of the latter
 * it knows nothing: a connection that is busy when the server stops would be waited for until the grace period is over.
 */
final class ClosingConnections implements Filter {

    private final BooleanSupplier draining;

    ClosingConnections(BooleanSupplier draining) {
        this.draining = draining;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        var asked = isAskedTo(request);
        if (asked || draining.getAsBoolean()) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
        chain.proceed();
        if (asked || draining.getAsBoolean()) {
            // A socket closed with bytes unread resets the connection, and the answer may be lost on its way.
            request.content().consume();
            throw new CloseConnectionException("The answer was the last one on this connection");
        }
    }

    /** The header is a list, in any letter case. */
    private static boolean isAskedTo(RoutingRequest request) {
        return request.headers().contains(HeaderNames.CONNECTION) && request.headers().all(HeaderNames.CONNECTION, List::of).stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .anyMatch(option -> option.strip().equalsIgnoreCase("close"));
    }
}
