package coworking.analytics.rest.v1;

import coworking.analytics.application.port.in.SpaceAnalytics;
import coworking.analytics.rest.http.Problem;
import coworking.analytics.rest.http.ProblemException;
import coworking.analytics.rest.http.ReadOnlyResource;
import coworking.analytics.rest.spi.Route;
import coworking.analytics.rest.spi.Route.RouteKind;
import io.helidon.common.LazyValue;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The table of routes of v1: each path below {@code /api/v1/}, and its resource. */
public enum V1Route {

    DAILY_USAGE("reports/daily-usage", report(DailyUsageReport::new)), //
    USER_VISITS("reports/user-visits", report(UserVisitsReport::new)), //
    SUMMARY("reports/summary", report(SummaryReport::new)), //
    ARRIVALS("reports/arrivals", report(ArrivalsReport::new)), //
    MEMBERS("reports/members", report(MembersReport::new)), //
    RETENTION("reports/retention", report(RetentionReport::new)), //
    DORMANT("reports/dormant", report(DormantMembersReport::new)), //
    DATA_QUALITY("reports/data-quality", report(DataQualityReport::new)), //
    VISITS_OF_USER("users/{id}/visits", reportOfUser(VisitsOfUserReport::new)), //
    METRICS("metrics", resource(MetricDefinitionsResource::new)), //
    OPENAPI_YAML("openapi.yaml", resource(OpenApiResource::yaml)), //
    OPENAPI_JSON("openapi.json", resource(OpenApiResource::json));

    private static final String ROOT = "/api/v1";
    private static final String PREFIX = ROOT + "/";
    private static final List<Route> ROUTES = Stream.of(values()).map(row -> new Route(row.path, RouteKind.V1)).toList();

    private final String path;

    @SuppressWarnings("ImmutableEnumChecker") // A factory has no state.
    private final ResourceFactory factory;

    V1Route(String path, ResourceFactory factory) {
        this.path = PREFIX + path;
        this.factory = factory;
    }

    private static ResourceFactory report(Function<SpaceAnalytics, Report> constructor) {
        return (name, dependencies) -> {
            var report = constructor.apply(dependencies.analytics());
            return new ReportEndpoint(name, request -> report, dependencies);
        };
    }

    private static ResourceFactory reportOfUser(BiFunction<SpaceAnalytics, String, Report> constructor) {
        return (name, dependencies) -> new ReportEndpoint(name,
                request -> constructor.apply(dependencies.analytics(), request.path().pathParameters().get("id")), dependencies);
    }

    private static ResourceFactory resource(Supplier<ReadOnlyResource.GetHandler> constructor) {
        return (name, dependencies) -> constructor.get();
    }

    /** All routes, in the order of the table. */
    public static List<Route> routes() {
        return ROUTES;
    }

    /** Whether a path belongs to v1, even if there is no such resource. */
    public static boolean isV1(String path) {
        return path.startsWith(PREFIX) || path.equals(ROOT);
    }

    /** The paths at which a client may look for a description of the API. There is none at them, but they tell where it is. */
    public static List<String> pathsWithoutResource() {
        return List.of("/api", "/api/", ROOT, PREFIX, PREFIX + "*");
    }

    /** The problem of a path without a resource. */
    public static ProblemException noResource() {
        return new ProblemException(Problem.of(Status.NOT_FOUND_404,
                "There is nothing at this path. GET " + OPENAPI_JSON.path + " describes what there is.",
                HeaderValues.create(HeaderNames.LINK, "<" + OPENAPI_JSON.path + ">; rel=\"service-desc\"")));
    }

    public String path() {
        return path;
    }

    /** Makes the resource of this path. Its columns and parameters are made for its first request: a start does not wait for those of all. */
    public ReadOnlyResource resource(ReportDependencies dependencies) {
        var handler = LazyValue.create(() -> factory.create(path().substring(path().lastIndexOf('/') + 1), dependencies));
        return new ReadOnlyResource(request -> handler.get().respond(request));
    }

    /** Makes resources. */
    private interface ResourceFactory {

        /**
         * Makes a resource.
         *
         * @param name the last segment of the path
         */
        ReadOnlyResource.GetHandler create(String name, ReportDependencies dependencies);
    }
}
