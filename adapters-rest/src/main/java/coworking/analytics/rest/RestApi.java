package coworking.analytics.rest;

import coworking.analytics.rest.http.ServerFeature;
import coworking.analytics.rest.original.OriginalRoute;
import coworking.analytics.rest.spi.ExchangeObserver;
import coworking.analytics.rest.spi.Route;
import coworking.analytics.rest.v1.V1Route;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;
import java.util.List;
import java.util.stream.Stream;

/**
 * The APIs of the service behind the filters and the error handling that they share, for a {@linkplain #configure configured} server.
 *
 * <p>Paths are matched exactly. Every failure is reported in the problem format of RFC 9457, without internals of the service.
 */
public final class RestApi implements HttpFeature {

    private final ExchangeObserver observer;
    private final ServerFeature server;
    private final List<HttpFeature> apis;

    /**
     * Makes a feature of some APIs.
     *
     * @param observer receives an event for every request
     * @param apis a {@link UsageApi}, an {@link AnalyticsApi} or both
     */
    public RestApi(ExchangeObserver observer, HttpFeature... apis) {
        this.observer = observer;
        this.server = new ServerFeature(routes(), V1Route::isV1, observer);
        this.apis = List.of(apis);
    }

    /** All routes of both APIs, and {@link Route#OTHER}. */
    public static List<Route> routes() {
        return Stream.of(OriginalRoute.routes(), V1Route.routes(), List.of(Route.OTHER)).flatMap(List::stream).toList();
    }

    /**
     * Configures the listener of these APIs.
     *
     * @param listener the server or one of its further sockets; its host, port and routing do not change
     */
    public void configure(ListenerConfig.BuilderBase<?, ?> listener) {
        ServerFeature.configure(listener, observer);
    }

    @Override
    public void setup(HttpRouting.Builder routing) {
        server.setup(routing);
        apis.forEach(api -> api.setup(routing));
    }

    /** Closes each connection after its next response, from now on. To be called before the server stops. */
    public void drain() {
        server.drain();
    }
}
