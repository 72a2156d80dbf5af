package coworking.analytics.rest.management;

import com.fasterxml.jackson.core.JsonGenerator;
import coworking.analytics.rest.http.BufferedBody;
import coworking.analytics.rest.http.JsonWriter;
import coworking.analytics.rest.http.ReadOnlyResource;
import coworking.analytics.rest.http.Response;
import coworking.analytics.rest.http.ThrottledErrorLog;
import io.helidon.health.HealthCheck;
import io.helidon.health.HealthCheckResponse;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Health checks in the format of MicroProfile Health: 200 if all of them are up, else 503. */
public final class HealthResource implements ReadOnlyResource.GetHandler {

    private final ThrottledErrorLog errorLog = new ThrottledErrorLog(System.getLogger(HealthResource.class.getName()));

    private final List<HealthCheck> checks;
    private final Supplier<Map<String, Object>> details;

    public HealthResource(List<HealthCheck> checks, Supplier<Map<String, Object>> details) {
        this.checks = checks;
        this.details = details;
    }

    @Override
    public Response respond(ServerRequest request) {
        var results = checks.stream().map(check -> new HealthResult(check.name(), call(check))).toList();
        var isUp = results.stream().allMatch(HealthResult::isUp);
        return Response.json(new BufferedBody(JsonWriter.object(json -> write(isUp, results, json))))
                .withStatus(isUp ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503);
    }

    private HealthCheckResponse call(HealthCheck check) {
        try {
            return check.call();
        } catch (Throwable failure) {
            errorLog.log("The health check '" + check.name() + "' failed", failure);
            return HealthCheckResponse.builder().status(false).detail("reason", "the check failed").build();
        }
    }

    private void write(boolean isUp, List<HealthResult> results, JsonGenerator json) throws IOException {
        json.writeStringField("status", statusText(isUp));
        json.writeArrayFieldStart("checks");
        for (var result : results) {
            json.writeStartObject();
            json.writeStringField("name", result.name());
            json.writeStringField("status", statusText(result.isUp()));
            json.writeObjectFieldStart("data");
            write(result.response().details(), json);
            write(details.get(), json);
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void write(Map<String, Object> data, JsonGenerator json) throws IOException {
        for (var entry : data.entrySet()) {
            json.writeFieldName(entry.getKey());
            switch (entry.getValue()) {
                case Boolean bool -> json.writeBoolean(bool);
                case Number number -> json.writeNumber(number.longValue());
                default -> json.writeString(entry.getValue().toString());
            }
        }
    }

    private static String statusText(boolean isUp) {
        return isUp ? "UP" : "DOWN";
    }

    private record HealthResult(String name, HealthCheckResponse response) {

        boolean isUp() {
            return response.status() == HealthCheckResponse.Status.UP;
        }
    }
}
