package coworking.analytics.rest.spi;

/**
 * A path of the service, by which requests are counted. A path variable stands for all its values: there are few routes, but many users.
 *
 * @param path the path with its variables in braces, as in {@code /api/v1/users/{id}/visits}; "other" for {@link #OTHER}
 * @param kind which group of routes it belongs to
 */
public record Route(String path, RouteKind kind) {

    /** All paths that the service does not have. */
    public static final Route OTHER = new Route("other", RouteKind.OTHER);

    /** Groups of routes. */
    public enum RouteKind {

        /** A health check of the original service. */
        PROBE,

        /** A report of the original service. */
        ORIGINAL_REPORT,

        /** A resource of the v1 API. */
        V1,

        /** Not a path of the service. */
        OTHER
    }

    /** That of the path, which the string keeps: each request finds its counts by its route. */
    @Override
    public int hashCode() {
        return path.hashCode();
    }

    /** Whether load balancers request it all the time. */
    public boolean isProbe() {
        return kind == RouteKind.PROBE;
    }

    /** Whether the original service had it. */
    public boolean isOriginal() {
        return isProbe() || kind == RouteKind.ORIGINAL_REPORT;
    }

    /** Whether the service level objectives include it. */
    public boolean isReport() {
        return kind == RouteKind.ORIGINAL_REPORT || kind == RouteKind.V1;
    }
}
