package coworking.analytics.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import io.helidon.health.HealthCheck;
import io.helidon.health.HealthCheckResponse;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Some health checks, in the shape that MicroProfile Health gives them: 200 where all are up, else 503. */
final class Health implements Resource.Content {

    private final Surprises surprises = new Surprises(System.getLogger(Health.class.getName()));

    private final List<HealthCheck> checks;
    private final Supplier<Map<String, Object>> details;

    Health(List<HealthCheck> checks, Supplier<Map<String, Object>> details) {
        this.checks = checks;
        this.details = details;
    }

    @Override
    public Answer answer(ServerRequest request) {
        var checked = checks.stream().map(check -> new Checked(check.name(), call(check))).toList();
        var isUp = checked.stream().allMatch(Checked::isUp);
        return Answer.json(new HeldBody(Json.object(json -> write(isUp, checked, json)))).as(ManagementApi.status(isUp));
    }

    private HealthCheckResponse call(HealthCheck check) {
        try {
            return check.call();
        } catch (Throwable failure) {
            surprises.log("The health check '" + check.name() + "' broke", failure);
            return HealthCheckResponse.builder().status(false).detail("reason", "the check broke").build();
        }
    }

    private void write(boolean isUp, List<Checked> checked, JsonGenerator json) throws IOException {
        json.writeStringField("status", word(isUp));
        json.writeArrayFieldStart("checks");
        for (var check : checked) {
            json.writeStartObject();
            json.writeStringField("name", check.name());
            json.writeStringField("status", word(check.isUp()));
            json.writeObjectFieldStart("data");
            write(check.response().details(), json);
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
                case Boolean truth -> json.writeBoolean(truth);
                case Number number -> json.writeNumber(number.longValue());
                default -> json.writeString(entry.getValue().toString());
            }
        }
    }

    private static String word(boolean isUp) {
        return isUp ? "UP" : "DOWN";
    }

    private record Checked(String name, HealthCheckResponse response) {

        boolean isUp() {
            return response.status() == HealthCheckResponse.Status.UP;
        }
    }
}
