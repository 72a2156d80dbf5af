package coworking.analytics.rest;

import coworking.analytics.application.port.in.SpaceAnalytics;
import coworking.analytics.domain.time.SpaceClock;
import coworking.analytics.rest.v1.NameAccess;
import coworking.analytics.rest.v1.ReportDependencies;
import coworking.analytics.rest.v1.V1Route;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;
import java.time.InstantSource;
import java.util.Optional;

/** The URLs of v1. They reject unknown and invalid parameters, which the original service ignores. */
public final class AnalyticsApi implements HttpFeature {

    private final ReportDependencies dependencies;

    /**
     * Makes an API that queries the given port, again for each request.
     *
     * @param now the time of a call
     * @param clock the space's clock
     * @param namesToken the bearer token that grants access to members' names; empty if names are disabled
     */
    public AnalyticsApi(SpaceAnalytics analytics, InstantSource now, SpaceClock clock, Optional<String> namesToken) {
        this.dependencies = new ReportDependencies(analytics, now, clock, new NameAccess(namesToken));
    }

    @Override
    public void setup(HttpRouting.Builder routing) {
        for (var route : V1Route.values()) {
            routing.any(route.path(), route.resource(dependencies));
        }
        for (var path : V1Route.pathsWithoutResource()) {
            routing.any(path, (request, response) -> {
                throw V1Route.noResource();
            });
        }
    }
}
