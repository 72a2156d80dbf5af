package coworking.analytics.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.rest.Contract.Operation;
import coworking.analytics.rest.Contract.Place;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An answer of the service, held against what the description says of it. */
record DescribedAnswer(Operation operation, HttpResponse<byte[]> answer) {

    /** What HTTP itself says of an answer, which OpenAPI leaves to it. */
    private static final Set<String> OF_HTTP = Set.of("date", "connection", "content-length", "content-type", "content-encoding",
            "transfer-encoding");

    /** Fails where the status, the type, a header or the body is not one that the description knows. */
    DescribedAnswer check() {
        assertThat(operation.answers(status())).as("%s may answer %d", operation, status()).isTrue();
        checkHeaders(operation.response(status()));
        checkBody(operation.response(status()));
        return this;
    }

    private void checkHeaders(Place response) {
        var sent = answer.headers().map().keySet().stream().map(name -> name.toLowerCase(Locale.ROOT))
                .filter(name -> !OF_HTTP.contains(name)).collect(Collectors.toSet());
        for (var header : response.get("headers").all()) {
            var described = header.getValue();
            var isSent = sent.remove(header.getKey().toLowerCase(Locale.ROOT));
            assertThat(isSent || !described.has("required")).as("%s is sent by %s", header.getKey(), this).isTrue();
            assertThat(answer.headers().allValues(header.getKey())).as(header.getKey()).hasSizeLessThan(2)
                    .allSatisfy(value -> assertThat(described.get("schema").faultsOf(value)).as(value).isEmpty());
        }
        assertThat(sent).as("undescribed headers").isEmpty();
    }

    private void checkBody(Place response) {
        if (!response.has("content")) {
            assertThat(answer.body()).isEmpty();
            assertThat(answer.headers().firstValue("Content-Type")).isEmpty();
            return;
        }
        assertThat(response.get("content").has(mediaType())).as("%s may be %s", this, mediaType()).isTrue();
        var schema = response.get("content").get(mediaType()).get("schema");
        assertThat(isJson() ? schema.faultsOf(json()) : schema.faultsOf(text())).as(text()).isEmpty();
    }

    int status() {
        return answer.statusCode();
    }

    String mediaType() {
        return answer.headers().firstValue("Content-Type").orElse("").split(";", -1)[0];
    }

    private boolean isJson() {
        return mediaType().matches("application/(problem\\+)?json");
    }

    String text() {
        return new String(answer.body(), UTF_8);
    }

    JsonNode json() {
        return JsonMapper.shared().readTree(answer.body());
    }

    @Override
    public String toString() {
        return status() + " of " + answer.uri();
    }
}
