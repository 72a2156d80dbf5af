package coworking.analytics.rest;

import coworking.analytics.application.port.in.SpaceAnalytics;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The URLs of v1, which are strict where the original's are lenient. For a routing that has a {@link UsageApi}, whose filters and error
 * handling are theirs, too.
 */
public final class AnalyticsApi implements HttpFeature {

    private final SpaceReports space;
    private final MemberReports members;
    private final Names names;

    /**
     * Makes an API that asks the given port, again for each request.
     *
     * @param clock tells the time on the space's wall
     * @param namesToken what a caller has to know to see names of people; empty where nobody may see them
     */
    public AnalyticsApi(SpaceAnalytics analytics, Supplier<LocalDateTime> clock, Optional<String> namesToken) {
        this.space = new SpaceReports(analytics, clock);
        this.members = new MemberReports(analytics, clock);
        this.names = new Names(namesToken);
    }

    @Override
    public void setup(HttpRouting.Builder routing) {
        routing.any("/api/v1/reports/daily-usage", report("daily-usage", space::dailyUsage))
                .any("/api/v1/reports/user-visits", report("user-visits", members::userVisits))
                .any("/api/v1/reports/summary", report("summary", space::summary))
                .any("/api/v1/reports/arrivals", report("arrivals", space::arrivals))
                .any("/api/v1/reports/members", report("members", space::members))
                .any("/api/v1/reports/retention", report("retention", space::retention))
                .any("/api/v1/reports/dormant", report("dormant", members::dormant))
                .any("/api/v1/reports/data-quality", report("data-quality", space::dataQuality))
                .any("/api/v1/users/{id}/visits", resource("visits", (request, reading) -> members.visitsOf(id(request), reading)))
                .any("/api/v1/metrics", new Resource(new Catalogue()))
                .any("/api/v1/openapi.yaml", new Resource(Description.yaml()))
                .any("/api/v1/openapi.json", new Resource(Description.json()));
    }

    private Handler report(String name, Function<Reading, Inquiry<?>> question) {
        return resource(name, (request, reading) -> question.apply(reading));
    }

    private Handler resource(String name, BiFunction<ServerRequest, Reading, Inquiry<?>> question) {
        return new Resource(new Endpoint(name, question, names));
    }

    private static String id(ServerRequest request) {
        return request.path().pathParameters().get("id");
    }
}
