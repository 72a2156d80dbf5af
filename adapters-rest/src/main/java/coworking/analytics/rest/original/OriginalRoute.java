package coworking.analytics.rest.original;

import coworking.analytics.rest.spi.Route;
import coworking.analytics.rest.spi.Route.RouteKind;
import java.util.List;
import java.util.stream.Stream;

/** The table of routes of the original service. */
public enum OriginalRoute {

    HEALTH_CHECK("/health_check", RouteKind.PROBE), //
    READINESS_CHECK("/readiness_check", RouteKind.PROBE), //
    DAILY_USAGE("/api/reports/daily_usage", RouteKind.ORIGINAL_REPORT), //
    USER_VISITS("/api/reports/user_visits", RouteKind.ORIGINAL_REPORT);

    private static final List<Route> ROUTES = Stream.of(values()).map(row -> new Route(row.path, row.kind)).toList();

    private final String path;
    private final RouteKind kind;

    OriginalRoute(String path, RouteKind kind) {
        this.path = path;
        this.kind = kind;
    }

    /** All routes, in the order of the table. */
    public static List<Route> routes() {
        return ROUTES;
    }

    public String path() {
        return path;
    }
}
