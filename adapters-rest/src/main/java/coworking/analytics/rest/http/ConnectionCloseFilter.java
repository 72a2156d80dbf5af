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
 * Closes a connection if the client requests it, or if it is not known where its next request begins, and every connection while the server
 * drains.
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
        var waitsToSendBody = waitsToSendBody(request);
        var requested = waitsToSendBody || requestsClose(request);
        if (requested || draining.getAsBoolean()) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
        chain.proceed();
        if (requested || draining.getAsBoolean()) {
            // Closing a socket with unread bytes resets the connection, and the client may lose the response.
            if (!waitsToSendBody) {
                request.content().consume();
            }
            throw new CloseConnectionException("The response was the last one on this connection");
        }
    }

    /** It is not known whether the body comes: the client may send it, or take the response for the last word and send the next request. */
    private static boolean waitsToSendBody(RoutingRequest request) {
        return request.headers().contains(HeaderNames.EXPECT) && request.content().hasEntity();
    }

    /** The header is a list, and is not case-sensitive. */
    private static boolean requestsClose(RoutingRequest request) {
        return request.headers().contains(HeaderNames.CONNECTION) && request.headers().all(HeaderNames.CONNECTION, List::of).stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .anyMatch(option -> option.strip().equalsIgnoreCase("close"));
    }
}
