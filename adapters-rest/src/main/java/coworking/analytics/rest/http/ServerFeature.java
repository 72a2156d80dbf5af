package coworking.analytics.rest.http;

import coworking.analytics.rest.connection.ConnectionLimits;
import coworking.analytics.rest.connection.GuardedProtocol;
import coworking.analytics.rest.spi.ExchangeObserver;
import coworking.analytics.rest.spi.Route;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.Status;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import java.util.List;
import java.util.function.Predicate;

/**
 * The part of the server that all APIs share: filters, error mapping, and the end of connections while the server stops. It comes before
 * the APIs in the routing of a {@linkplain #configure configured} listener.
 */
public final class ServerFeature implements HttpFeature {

    /** The original service had this limit for a request line, its query included. */
    private static final int MAX_REQUEST_LINE_BYTES = 65_536;

    private final ObservationFilter observation;
    private volatile boolean draining;

    /**
     * Makes the feature.
     *
     * @param routes the routes that the observer distinguishes
     * @param hasRequestContext whether a path belongs to an API whose responses tell the request's id and timing
     * @param observer receives an event for every request
     */
    public ServerFeature(List<Route> routes, Predicate<String> hasRequestContext, ExchangeObserver observer) {
        this.observation = new ObservationFilter(new RouteMatcher(routes), hasRequestContext, observer);
    }

    @Override
    public void setup(HttpRouting.Builder routing) {
        routing.addFilter(observation).addFilter(new ConnectionCloseFilter(() -> draining));
        addErrorHandling(routing);
    }

    /** Makes a routing match paths exactly, and report every failure in the problem format of RFC 9457. */
    public static void addErrorHandling(HttpRouting.Builder routing) {
        routing.addFilter(new ExactPathFilter()).error(Throwable.class, new ErrorMapper());
    }

    /** Closes each connection after its next response, from now on. To be called before the server stops. */
    public void drain() {
        draining = true;
    }

    /**
     * Replaces Helidon's own handling of unusual paths and queries, and of requests that it cannot read. Responses are sent without waiting
     * for acknowledgements (Nagle's algorithm is off).
     *
     * @param listener the server or one of its further sockets; its host, port and routing do not change
     * @param observer receives an event for each request that the listener rejects
     */
    public static void configure(ListenerConfig.BuilderBase<?, ?> listener, ExchangeObserver observer) {
        listener.connectionSelectors(List.of(new GuardedProtocol(http1(), ConnectionLimits.forHeapOf(Runtime.getRuntime().maxMemory()),
                DirectErrorHandler.closingResponse(Status.REQUEST_TIMEOUT_408),
                DirectErrorHandler.closingResponse(Status.SERVICE_UNAVAILABLE_503))))
                .protocolsDiscoverServices(false)
                .directHandlers(directErrorHandlers(observer))
                .connectionOptions(socket -> socket.tcpNoDelay(true));
    }

    /** The only protocol: with a second one, Helidon closes connections with HTTP/1.0 or unreadable bytes without a response. */
    @SuppressWarnings("removal") // Helidon 4.5.0 has no other switch for its log of headers.
    private static Http1Config http1() {
        return Http1Config.builder()
                .validatePath(false)
                .validatePrologue(false)
                .receiveLog(false)
                .sendLog(false)
                .maxPrologueLength(MAX_REQUEST_LINE_BYTES)
                .maxHeadersSize(MAX_REQUEST_LINE_BYTES) // The connection limits them before.
                .build();
    }

    private static DirectHandlers directErrorHandlers(ExchangeObserver observer) {
        var handlers = DirectHandlers.builder();
        for (var event : EventType.values()) {
            handlers.addHandler(event, new DirectErrorHandler(observer));
        }
        return handlers.build();
    }
}
