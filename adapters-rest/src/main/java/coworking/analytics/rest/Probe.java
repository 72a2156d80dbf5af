package coworking.analytics.rest;

import io.helidon.health.HealthCheck;
import io.helidon.health.HealthCheckResponse;
import io.helidon.health.HealthCheckType;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;

/** All health checks of one type, in the words of the original service. */
final class Probe implements Resource.Content {

    private final Surprises surprises = new Surprises(System.getLogger(Probe.class.getName()));
    private static final Answer OK = Answer.page("ok");
    private static final Answer FAILED = Answer.page("failed").as(Status.INTERNAL_SERVER_ERROR_500);

    private final List<HealthCheck> checks;

    Probe(HealthCheckType type, List<HealthCheck> all) {
        checks = all.stream().filter(check -> check.type() == type).toList();
    }

    @Override
    public Answer answer(ServerRequest request) {
        return checks.stream().allMatch(this::isUp) ? OK : FAILED;
    }

    private boolean isUp(HealthCheck check) {
        try {
            return check.call().status() == HealthCheckResponse.Status.UP;
        } catch (Throwable failure) {
            surprises.log("The health check '" + check.name() + "' broke", failure);
            return false;
        }
    }
}
