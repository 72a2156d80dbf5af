package coworking.analytics.rest.original;

import coworking.analytics.rest.http.ReadOnlyResource;
import coworking.analytics.rest.http.Response;
import coworking.analytics.rest.http.ThrottledErrorLog;
import io.helidon.health.HealthCheck;
import io.helidon.health.HealthCheckResponse;
import io.helidon.health.HealthCheckType;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;

/** All health checks of one type, with the response texts of the original service. */
public final class ProbeResource implements ReadOnlyResource.GetHandler {

    private final ThrottledErrorLog errorLog = new ThrottledErrorLog(System.getLogger(ProbeResource.class.getName()));
    private static final Response OK = Response.html("ok");
    private static final Response FAILED = Response.html("failed").withStatus(Status.INTERNAL_SERVER_ERROR_500);

    private final List<HealthCheck> checks;

    public ProbeResource(HealthCheckType type, List<HealthCheck> all) {
        checks = all.stream().filter(check -> check.type() == type).toList();
    }

    @Override
    public Response respond(ServerRequest request) {
        return checks.stream().allMatch(this::isUp) ? OK : FAILED;
    }

    private boolean isUp(HealthCheck check) {
        try {
            return check.call().status() == HealthCheckResponse.Status.UP;
        } catch (Throwable failure) {
            errorLog.log("The health check '" + check.name() + "' failed", failure);
            return false;
        }
    }
}
