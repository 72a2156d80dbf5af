package coworking.analytics.rest.v1;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.rest.StubSpaceAnalytics;
import coworking.analytics.rest.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In which format an answer comes, and how it says so. */
@TestInstance(Lifecycle.PER_CLASS)
class ContentNegotiationTest {

    private static final String SUMMARY = "/api/v1/reports/summary";

    private TestServer server;

    @BeforeAll
    void start() {
        server = new TestServer(new StubSpaceAnalytics());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "application/json | application/json", "text/csv | text/csv", "text/tab-separated-values | text/tab-separated-values",
            "application/x-ndjson | application/x-ndjson", "*/* | application/json", "text/* | text/csv",
            "application/* | application/json",
            "text/html, */*;q=0.1 | application/json", "text/csv;q=0.5, application/json;q=0.4 | text/csv",
            "text/csv;q=0.5, application/json | application/json", "text/csv, application/json | application/json",
            "application/json;q=0, */* | text/csv", "text/csv;q=0.1, text/*;q=0.9 | text/tab-separated-values",
            "TEXT/CSV | text/csv", "text/csv; header=absent; Q=0.7 | text/csv", "nonsense, text/csv | text/csv", "text/csv, | text/csv",
            "text/csv;q=nonsense | text/csv",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet | application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            // What generated clients send: all types of the description.
            "application/json, application/problem+json, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet, application/x-ndjson, text/csv, text/tab-separated-values | application/json",
            "'' | application/json"})
    void theCallerSaysWhatItTakesAndHowGladly(String accept, String type) {
        assertThat(contentType(SUMMARY, accept)).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/problem+json", "image/*", "*/*;q=0", "application/json;q=0", "nonsense", "text/csvx",
            "*/csv"})
    void whoTakesNothingOfWhatThereIsIsTold(String accept) {
        var answer = server.get(SUMMARY, "Accept", accept);
        assertThat(answer.statusCode()).isEqualTo(406);
        assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/problem+json");
        assertThat(new String(answer.body(), UTF_8)).contains("\"detail\":\"Available media types: application/json, text/csv, "
                + "text/tab-separated-values, application/x-ndjson and application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.\"");
    }

    @ParameterizedTest
    @CsvSource({"json, application/json", "csv, text/csv", "tsv, text/tab-separated-values", "ndjson, application/x-ndjson",
            "xlsx, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"})
    void theParameterDecidesWhateverTheCallerAccepts(String format, String type) {
        assertThat(contentType(SUMMARY + "?format=" + format, "text/html")).isEqualTo(type);
        assertThat(contentType(SUMMARY + "?format=" + format, "application/json;q=0")).isEqualTo(type);
    }

    @Test
    void acceptMayBeSeveralHeaders() {
        assertThat(server.get(SUMMARY, "Accept", "text/html", "Accept", "text/csv").headers().firstValue("Content-Type").orElseThrow())
                .startsWith("text/csv");
    }

    @ParameterizedTest
    @MethodSource("coworking.analytics.rest.v1.request.ParameterErrorsTest#resources")
    void rowsAreAFileThatIsNamedAfterTheReportAndItsDays(String resource) {
        var name = resource.equals("metrics") ? "metrics" : resource.replaceFirst(".*/", "") + "_2026-03-01_2026-03-05";
        for (var format : new String[]{"csv", "tsv", "ndjson", "xlsx"}) {
            assertThat(server.get("/api/v1/" + resource + "?format=" + format).headers().allValues("Content-Disposition"))
                    .containsExactly("attachment; filename=\"" + name + "." + format + "\"");
        }
        assertThat(server.get("/api/v1/" + resource).headers().allValues("Content-Disposition")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("coworking.analytics.rest.v1.request.ParameterErrorsTest#resources")
    void everyAnswerSaysWhatItDependsOnAndHowItMayBeKept(String resource) {
        for (var format : new String[]{"json", "csv", "tsv", "ndjson", "xlsx"}) {
            var answer = server.get("/api/v1/" + resource + "?format=" + format);
            assertThat(answer.headers().allValues("Vary")).containsExactly("Accept, Accept-Encoding");
            assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-cache");
            assertThat(answer.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
            assertThat(answer.headers().firstValue("ETag")).hasValueSatisfying(tag -> assertThat(tag).matches("\"[0-9a-f]{32}\""));
            assertThat(answer.headers().firstValue("Server-Timing"))
                    .hasValueSatisfying(timing -> assertThat(timing).matches("db;dur=\\d+\\.\\d{3}, app;dur=\\d+\\.\\d{3}"));
            assertThat(answer.headers().firstValue("X-Request-Id")).hasValueSatisfying(id -> assertThat(id).matches("[0-9a-f]{16}"));
        }
    }

    @Test
    void csvSaysThatItHasALineOfNames() {
        assertThat(server.get(SUMMARY, "Accept", "text/csv").headers().allValues("Content-Type"))
                .containsExactly("text/csv; charset=utf-8; header=present");
    }

    private String contentType(String url, String accept) {
        var answer = server.get(url, "Accept", accept);
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.headers().firstValue("Content-Type").orElseThrow().replaceFirst(";.*", "");
    }
}
