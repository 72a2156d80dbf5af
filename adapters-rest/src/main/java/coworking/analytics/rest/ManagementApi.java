package coworking.analytics.rest;

import coworking.analytics.application.port.in.Readiness;
import io.helidon.health.HealthCheck;
import io.helidon.health.HealthCheckType;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The URLs for operators, for a port that no load balancer knows: metrics, health in the shape of MicroProfile, log levels, and
 * diagnosis. Whatever changes or stops something is for callers on the same machine alone, which is where {@code kubectl port-forward}
 * comes from.
 */
public final class ManagementApi implements HttpFeature {

    private static final int LONGEST_LEVEL = 16;
    private static final Header PROMETHEUS = HeaderValues.create(HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");

    private final Management management;
    private final List<HealthCheck> checks;

    /** Makes an API that asks whether the service is ready, and its process for everything else. */
    public ManagementApi(Readiness readiness, Management management) {
        this.management = management;
        this.checks = List.of(Check.started(management::isStarted), Check.alive(), Check.ready(readiness));
    }

    @Override
    public void setup(HttpRouting.Builder routing) {
        var diagnosis = new Diagnosis(management);
        routing.addFilter(new ExactPaths())
                .error(Throwable.class, new Failures())
                .any("/metrics", new Resource(this::metrics))
                .any("/health", health(checks))
                .any("/health/started", health(of(HealthCheckType.STARTUP)))
                .any("/health/live", health(of(HealthCheckType.LIVENESS)))
                .any("/health/ready", health(of(HealthCheckType.READINESS)))
                .any("/diagnosis/threads", neighbours(diagnosis.alone(new Resource(diagnosis::threads))))
                .any("/diagnosis/heap", neighbours(diagnosis.alone(new Resource(diagnosis::heap))))
                .route(Method.POST, "/diagnosis/recording", neighbours(diagnosis.alone(
                        (request, response) -> diagnosis.recording(request).send(request, response))))
                .any("/diagnosis/recording", neighbours(diagnosis.alone(new Resource(diagnosis::recording))))
                .any("/loggers", neighbours(new Resource(request -> levels())))
                .route(Method.PUT, "/loggers/{name}", neighbours((request, response) -> setLevel(request).send(request, response)));
    }

    private List<HealthCheck> of(HealthCheckType type) {
        return checks.stream().filter(check -> check.type() == type).toList();
    }

    private Resource health(List<HealthCheck> some) {
        return new Resource(new Health(some, management::details));
    }

    /** For callers on this machine; others are told that there is something, but not for them. */
    private static Handler neighbours(Handler handler) {
        return (request, response) -> {
            if (Neighbour.is(request.remotePeer())) {
                handler.handle(request, response);
            } else {
                Problem.notForStrangers().answer(request).send(request, response);
            }
        };
    }

    private Answer metrics(ServerRequest request) {
        var metrics = new ByteArrayOutputStream(32_768);
        try {
            management.writeMetrics(metrics);
        } catch (IOException impossible) {
            throw new UncheckedIOException("Memory refused to be written to", impossible);
        }
        return Answer.json(new HeldBody(metrics.toByteArray())).with(PROMETHEUS);
    }

    private Answer levels() {
        return Answer.json(new HeldBody(Json.object(json -> {
            for (var level : management.levels().entrySet()) {
                json.writeStringField(level.getKey(), level.getValue());
            }
        })));
    }

    private Answer setLevel(ServerRequest request) {
        var level = firstBytes(request);
        return management.setLevel(request.path().pathParameters().get("name"), level)
                ? levels()
                : Problem.wrongLevel().answer(request);
    }

    private static String firstBytes(ServerRequest request) {
        try (InputStream body = request.content().inputStream()) {
            return new String(body.readNBytes(LONGEST_LEVEL), StandardCharsets.US_ASCII).strip();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** The status of an answer that says how things are. */
    static Status status(boolean isUp) {
        return isUp ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503;
    }
}
