package coworking.analytics.rest;

import coworking.analytics.application.port.in.Readiness;
import coworking.analytics.rest.http.ReadOnlyResource;
import coworking.analytics.rest.http.ServerFeature;
import coworking.analytics.rest.http.ServiceHealthCheck;
import coworking.analytics.rest.management.DiagnosisResources;
import coworking.analytics.rest.management.HealthResource;
import coworking.analytics.rest.management.LogLevelResource;
import coworking.analytics.rest.management.LoopbackOnly;
import coworking.analytics.rest.management.PrometheusResource;
import coworking.analytics.rest.spi.ExchangeObserver;
import coworking.analytics.rest.spi.ProcessManagement;
import io.helidon.health.HealthCheck;
import io.helidon.health.HealthCheckType;
import io.helidon.http.Method;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;
import java.util.List;

/**
 * The URLs for operators, on a port that no load balancer uses: metrics, health in the format of MicroProfile, log levels, and diagnosis.
 * A resource that changes or stops something accepts only clients on the same machine, as {@code kubectl port-forward} is.
 */
public final class ManagementApi implements HttpFeature {

    private final ProcessManagement management;
    private final List<HealthCheck> checks;

    /** Makes an API of the service's readiness and of its process. */
    public ManagementApi(Readiness readiness, ProcessManagement management) {
        this.management = management;
        this.checks = List.of(ServiceHealthCheck.started(management::isStarted), ServiceHealthCheck.alive(),
                ServiceHealthCheck.ready(readiness));
    }

    /** Configures the listener of this API; its host, port and routing do not change. */
    public static void configure(ListenerConfig.BuilderBase<?, ?> listener) {
        ServerFeature.configure(listener, ExchangeObserver.NONE);
    }

    @Override
    public void setup(HttpRouting.Builder routing) {
        ServerFeature.addErrorHandling(routing);
        addHealth(routing);
        addDiagnosis(routing);
        var logLevels = new LogLevelResource(management);
        routing.any("/metrics", new ReadOnlyResource(new PrometheusResource(management)))
                .any("/loggers", LoopbackOnly.restrict(new ReadOnlyResource(request -> logLevels.logLevels())))
                .route(Method.PUT, "/loggers/{name}",
                        LoopbackOnly.restrict((request, response) -> logLevels.setLogLevel(request).send(request, response)));
    }

    private void addHealth(HttpRouting.Builder routing) {
        routing.any("/health", health(checks))
                .any("/health/started", health(checksOfType(HealthCheckType.STARTUP)))
                .any("/health/live", health(checksOfType(HealthCheckType.LIVENESS)))
                .any("/health/ready", health(checksOfType(HealthCheckType.READINESS)));
    }

    private List<HealthCheck> checksOfType(HealthCheckType type) {
        return checks.stream().filter(check -> check.type() == type).toList();
    }

    private ReadOnlyResource health(List<HealthCheck> included) {
        return new ReadOnlyResource(new HealthResource(included, management::healthDetails));
    }

    private void addDiagnosis(HttpRouting.Builder routing) {
        var diagnosis = new DiagnosisResources(management);
        Handler recording = (request, response) -> diagnosis.flightRecording(request).send(request, response);
        routing.any("/diagnosis/threads", diagnosis.restrict(new ReadOnlyResource(diagnosis::threadDump)))
                .any("/diagnosis/heap", diagnosis.restrict(new ReadOnlyResource(diagnosis::heapHistogram)))
                .route(Method.POST, "/diagnosis/recording", diagnosis.restrict(recording))
                .any("/diagnosis/recording", diagnosis.restrict(new ReadOnlyResource(diagnosis::flightRecording)));
    }
}
