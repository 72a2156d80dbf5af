package coworking.analytics.rest.http;

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
 * Closes a connection if the client requests it, and every connection while the server drains.
 *
 * <p>Helidon 4.5.0 announces {@code Connection: close}, but does not close the connection: it goes on to read, and takes an unread
 * body for the next request. While it stops, it waits for busy keep-alive connections until the grace period is over.
 */
final class ConnectionCloseFilter implements Filter {

    private final BooleanSupplier draining;

    ConnectionCloseFilter(BooleanSupplier draining) {
        this.draining = draining;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        var requested = requestsClose(request);
        if (requested || draining.getAsBoolean()) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
        chain.proceed();
        if (requested || draining.getAsBoolean()) {
            // Closing a socket with unread bytes resets the connection, and the client may lose the response.
            request.content().consume();
            throw new CloseConnectionException("The response was the last one on this connection");
        }
    }

    /** The header is a list, and is not case-sensitive. */
    private static boolean requestsClose(RoutingRequest request) {
        return request.headers().contains(HeaderNames.CONNECTION) && request.headers().all(HeaderNames.CONNECTION, List::of).stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .anyMatch(option -> option.strip().equalsIgnoreCase("close"));
    }
}
