package coworking.analytics.rest.v1;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.rest.v1.OpenApiContract.ContractNode;
import coworking.analytics.rest.v1.OpenApiContract.Operation;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An answer of the service, held against what the description says of it. */
record ValidatedResponse(Operation operation, HttpResponse<byte[]> response) {

    /** What HTTP itself says of an answer, which OpenAPI leaves to it. */
    private static final Set<String> HTTP_HEADERS = Set.of("date", "connection", "content-length", "content-type", "content-encoding",
            "transfer-encoding");

    /** Fails where the status, the type, a header or the body is not one that the description knows. */
    ValidatedResponse check() {
        assertThat(operation.allowsStatus(status())).as("%s may answer %d", operation, status()).isTrue();
        checkHeaders(operation.response(status()));
        checkBody(operation.response(status()));
        return this;
    }

    private void checkHeaders(ContractNode expected) {
        var sent = response.headers().map().keySet().stream().map(name -> name.toLowerCase(Locale.ROOT))
                .filter(name -> !HTTP_HEADERS.contains(name)).collect(Collectors.toSet());
        for (var header : expected.get("headers").children()) {
            var described = header.getValue();
            var isSent = sent.remove(header.getKey().toLowerCase(Locale.ROOT));
            assertThat(isSent || !described.has("required")).as("%s is sent by %s", header.getKey(), this).isTrue();
            assertThat(response.headers().allValues(header.getKey())).as(header.getKey()).hasSizeLessThan(2)
                    .allSatisfy(value -> assertThat(described.get("schema").errorsOf(value)).as(value).isEmpty());
        }
        assertThat(sent).as("undescribed headers").isEmpty();
    }

    private void checkBody(ContractNode expected) {
        if (!expected.has("content")) {
            assertThat(response.body()).isEmpty();
            assertThat(response.headers().firstValue("Content-Type")).isEmpty();
            return;
        }
        assertThat(expected.get("content").has(mediaType())).as("%s may be %s", this, mediaType()).isTrue();
        var schema = expected.get("content").get(mediaType()).get("schema");
        assertThat(isJson() ? schema.errorsOf(json()) : schema.errorsOf(text())).as(text()).isEmpty();
    }

    int status() {
        return response.statusCode();
    }

    String mediaType() {
        return response.headers().firstValue("Content-Type").orElse("").split(";", -1)[0];
    }

    private boolean isJson() {
        return mediaType().matches("application/(problem\\+)?json");
    }

    String text() {
        return new String(response.body(), UTF_8);
    }

    JsonNode json() {
        return JsonMapper.shared().readTree(response.body());
    }

    @Override
    public String toString() {
        return status() + " of " + response.uri();
    }
}
