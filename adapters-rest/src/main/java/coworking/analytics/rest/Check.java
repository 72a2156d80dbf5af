package coworking.analytics.rest;

import coworking.analytics.application.port.in.Readiness;
import coworking.analytics.application.port.in.Unavailable;
import io.helidon.health.HealthCheck;
import io.helidon.health.HealthCheckResponse;
import io.helidon.health.HealthCheckType;
import java.util.function.BooleanSupplier;

/**
 * A question about the service's health. Its answer may tell a reason, but never the text of an exception.
 *
 * @param type who asks: a failing liveness check has the service restarted, a failing readiness check has callers sent elsewhere
 * @param name what operators call it
 * @param question returns where all is well and throws {@link Unavailable} where it is not
 */
record Check(HealthCheckType type, String name, Runnable question) implements HealthCheck {

    /** Asks nobody: a restart mends no database. */
    static Check alive() {
        return new Check(HealthCheckType.LIVENESS, "alive", () -> {});
    }

    static Check started(BooleanSupplier isStarted) {
        return new Check(HealthCheckType.STARTUP, "started", () -> {
            if (!isStarted.getAsBoolean()) {
                throw new Unavailable("the service is starting", new IllegalStateException("Not started yet"));
            }
        });
    }

    static Check ready(Readiness readiness) {
        return new Check(HealthCheckType.READINESS, "ready", readiness::ensureReady);
    }

    @Override
    public HealthCheckResponse call() {
        try {
            question.run();
            return HealthCheckResponse.builder().status(true).build();
        } catch (Unavailable failure) {
            return HealthCheckResponse.builder().status(false).detail("reason", failure.reason()).build();
        }
    }
}
