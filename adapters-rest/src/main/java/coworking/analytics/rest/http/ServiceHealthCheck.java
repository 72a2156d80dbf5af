package coworking.analytics.rest.http;

import coworking.analytics.application.port.UnavailableException;
import coworking.analytics.application.port.in.Readiness;
import io.helidon.health.HealthCheck;
import io.helidon.health.HealthCheckResponse;
import io.helidon.health.HealthCheckType;
import java.util.function.BooleanSupplier;

/**
 * A health check of the service. Its result may have a reason, but never the message of an exception.
 *
 * @param type what a failure causes: a restart (liveness), or no requests (readiness)
 * @param name the name in the output
 * @param check throws {@link UnavailableException} if the service is not healthy
 */
public record ServiceHealthCheck(HealthCheckType type, String name, Runnable check) implements HealthCheck {

    /** It does not check the database, since a restart cannot repair it. */
    public static ServiceHealthCheck alive() {
        return new ServiceHealthCheck(HealthCheckType.LIVENESS, "alive", () -> {});
    }

    public static ServiceHealthCheck started(BooleanSupplier isStarted) {
        return new ServiceHealthCheck(HealthCheckType.STARTUP, "started", () -> {
            if (!isStarted.getAsBoolean()) {
                throw new UnavailableException("the service is starting", new IllegalStateException("Not started yet"));
            }
        });
    }

    public static ServiceHealthCheck ready(Readiness readiness) {
        return new ServiceHealthCheck(HealthCheckType.READINESS, "ready", readiness::ensureReady);
    }

    @Override
    public HealthCheckResponse call() {
        try {
            check.run();
            return HealthCheckResponse.builder().status(true).build();
        } catch (UnavailableException failure) {
            return HealthCheckResponse.builder().status(false).detail("reason", failure.reason()).build();
        }
    }
}
