package coworking.analytics.rest.v1;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.domain.time.SpaceClock;
import coworking.analytics.application.port.UnavailableException;
import coworking.analytics.application.port.in.TooBusyException;
import coworking.analytics.rest.AnalyticsApi;
import coworking.analytics.rest.LogCapture;
import coworking.analytics.rest.OriginalUrls;
import coworking.analytics.rest.StubSpaceAnalytics;
import coworking.analytics.rest.StubUsageReports;
import coworking.analytics.rest.TestServer;
import coworking.analytics.rest.http.ErrorMapper;
import coworking.analytics.rest.spi.ExchangeObserver;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong in v1, apart from queries. */
class V1ProblemsTest {

    private static final String SECRET = "jdbc:postgresql://db/space?password=hunter2";
    private static final String SUMMARY = "/api/v1/reports/summary";

    private final StubSpaceAnalytics analytics = new StubSpaceAnalytics();
    private final TestServer server = new TestServer(analytics);

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @MethodSource("coworking.analytics.rest.v1.request.ParameterErrorsTest#withDays")
    void aDatabaseThatIsAwayIsA503WithAHintWhenToAskAgain(String resource) {
        fail(new UnavailableException("The database does not answer", new SQLException(SECRET)));
        for (var format : new String[]{"json", "csv"}) {
            var answer = server.get("/api/v1/" + resource + "?format=" + format, "X-Request-Id", "mine");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().allValues("Retry-After")).containsExactly("5");
            assertThat(answer.headers().map()).doesNotContainKeys("etag", "cache-control", "content-disposition");
            assertThat(body(answer)).isEqualTo("{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503,"
                    + "\"code\":\"service_unavailable\",\"detail\":\"The database does not answer\",\"instance\":\"/api/v1/" + resource
                    + "\",\"request_id\":\"mine\"}\n");
            assertIsOfCall(answer);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api", "/api/", "/api/v1", "/api/v1/", "/api/v1/report", "/api/v1/reports/summary/", "/api/v1/a/b/c",
            "/api/v1/users/7"})
    void whatIsNotThereTellsWhereTheDescriptionIs(String path) {
        try (var server = new TestServer(new StubSpaceAnalytics())) {
            for (var method : List.of("GET", "POST")) {
                var answer = server.send(method, path);
                assertThat(answer.statusCode()).isEqualTo(404);
                assertThat(body(answer)).contains("GET /api/v1/openapi.json describes what there is.");
                assertThat(answer.headers().allValues("Link")).containsExactly("</api/v1/openapi.json>; rel=\"service-desc\"");
            }
            assertThat(body(server.get("/api/reports/nothing"))).contains("\"detail\":\"There is nothing at this path.\"");
            assertThat(body(server.get("/"))).contains("\"detail\":\"There is nothing at this path.\"");
        }
    }

    @Test
    void aQuestionThatTakesTooLongIsA504WithAHintWhatToAskInstead() {
        fail(new UnavailableException("The query took too long", true, new SQLException(SECRET)));
        var answer = server.get(SUMMARY);
        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(body(answer)).contains("\"detail\":\"The query timed out. Request fewer days.\"");
        assertIsOfCall(answer);
    }

    @ParameterizedTest
    @MethodSource("coworking.analytics.rest.v1.request.ParameterErrorsTest#withDays")
    void anUnexpectedFailureRevealsNothingAndIsLogged(String resource) {
        for (var format : new String[]{"json", "ndjson"}) {
            fail(thrownAt(resource + format, new IllegalStateException(SECRET, new SQLException(SECRET))));
            try (var log = new LogCapture(ErrorMapper.class)) {
                var answer = server.get("/api/v1/" + resource + "?format=" + format);
                assertThat(answer.statusCode()).isEqualTo(500);
                assertThat(body(answer)).contains("\"detail\":\"The service failed to answer. The failure was logged.\"")
                        .doesNotContain("hunter2");
                assertThat(answer.headers().map().toString()).doesNotContain("hunter2");
                assertThat(log.records()).singleElement().satisfies(logged -> assertThat(logged.getThrown()).hasMessage(SECRET));
                assertIsOfCall(answer);
            }
        }
    }

    /** Of failures that come from one place the log has one a minute. */
    private static RuntimeException thrownAt(String place, RuntimeException failure) {
        failure.setStackTrace(new StackTraceElement[]{new StackTraceElement("Planted", place, null, 1)});
        return failure;
    }

    @Test
    void whatTheCallerGotWrongIsNotLogged() {
        try (var log = new LogCapture(ErrorMapper.class)) {
            assertThat(server.get(SUMMARY + "?foo=1").statusCode()).isEqualTo(400);
            assertThat(server.get(SUMMARY, "Accept", "text/html").statusCode()).isEqualTo(406);
            assertThat(server.get("/api/v1/users/8/visits").statusCode()).isEqualTo(404);
            assertThat(server.get("/api/v1/users/8/visits?format=csv").statusCode()).isEqualTo(404);
            assertThat(server.get("/api/v1/reports/user-visits?cursor=third").statusCode()).isEqualTo(400);
            fail(new UnavailableException("gone", new SQLException()));
            assertThat(server.get(SUMMARY).statusCode()).isEqualTo(503);
            fail(new TooBusyException());
            assertThat(server.get(SUMMARY).statusCode()).isEqualTo(429);
            assertThat(log.records()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/", "/api/v1/nowhere", "/api/v1/reports", "/api/v1/reports/summary/", "/api/v1/reports/daily_usage",
            "/api/v1/users/7", "/api/v1/users//visits", "/api/v1/users/7/visits/8", "/api/v1/metrics/used_tokens",
            "/api/v1/reports/summary;a=1"})
    void whatIsNotOneOfTheUrlsIsNotFoundWhateverTheMethod(String path) {
        for (var method : List.of("GET", "OPTIONS", "POST")) {
            var answer = server.send(method, path);
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(body(answer)).contains("\"detail\":\"There is nothing at this path.");
            assertIsOfCall(answer);
        }
    }

    @ParameterizedTest
    @MethodSource("coworking.analytics.rest.v1.request.ParameterErrorsTest#resources")
    void everythingCanOnlyBeRead(String resource) {
        for (var method : List.of("POST", "PUT", "DELETE", "PATCH", "BREW")) {
            var answer = server.send(method, "/api/v1/" + resource + "?foo=1");
            assertThat(answer.statusCode()).isEqualTo(405);
            assertThat(answer.headers().allValues("Allow")).containsExactly("GET, HEAD, OPTIONS");
            assertIsOfCall(answer);
        }
        var options = server.send("OPTIONS", "/api/v1/" + resource);
        assertThat(options.statusCode()).isEqualTo(200);
        assertThat(options.headers().allValues("Allow")).containsExactly("GET, HEAD, OPTIONS");
        assertThat(options.headers().allValues("X-Request-Id")).hasSize(1);
        assertThat(analytics.calls).isEmpty();
    }

    @Test
    void whereNamesAreDisabledNoTokenHelps() {
        try (var closed = new TestServer(StubUsageReports.typical(), () -> {}, ExchangeObserver.NONE,
                new AnalyticsApi(analytics, StubSpaceAnalytics::now, SpaceClock.UTC_ONLY, Optional.empty()))) {
            for (var url : List.of("/api/v1/reports/user-visits", "/api/v1/reports/dormant", "/api/v1/users/7/visits")) {
                var answer = closed.get(url + "?include=name", "Authorization", "Bearer ");
                assertThat(answer.statusCode()).isEqualTo(403);
                assertThat(body(answer)).contains("\"detail\":\"Member names are disabled on this server.\"");
                assertIsOfCall(answer);
                assertThat(closed.get(url).statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void overloadIsA429WithAHintWhenToAskAgain() {
        fail(new TooBusyException());
        for (var format : new String[]{"json", "csv"}) {
            var answer = server.get(SUMMARY + "?format=" + format);
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().allValues("Retry-After")).containsExactly("1");
            assertThat(body(answer)).contains("\"detail\":\"Too many requests are running. Try again later.\"");
            assertIsOfCall(answer);
        }
        assertThat(server.get(SUMMARY + "?foo=1").statusCode()).isEqualTo(400);
        assertThat(server.get("/api/v1/metrics").statusCode()).isEqualTo(200);
        assertThat(server.get(OriginalUrls.DAILY_USAGE).statusCode()).isEqualTo(200);
    }

    @Test
    void theOriginalsUrlsKeepTheirStatusAndTheirBytes() {
        try (var failing = new TestServer(StubUsageReports.failing(() -> new UnavailableException("gone", true, new SQLException())),
                () -> {},
                ExchangeObserver.NONE, new AnalyticsApi(analytics, StubSpaceAnalytics::now, SpaceClock.UTC_ONLY, Optional.empty()))) {
            var answer = failing.get(OriginalUrls.DAILY_USAGE, "X-Request-Id", "mine");
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(body(answer))
                    .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Internal Server Error\",\"status\":500,\"detail\":\"gone\","
                            + "\"instance\":\"/api/reports/daily_usage\"}\n");
            assertThat(answer.headers().map()).doesNotContainKeys("x-request-id", "server-timing", "retry-after");
        }
    }

    private void fail(RuntimeException failure) {
        analytics.beforeAnswer = () -> {
            throw failure;
        };
    }

    private static void assertIsOfCall(HttpResponse<byte[]> answer) {
        var id = answer.headers().firstValue("X-Request-Id").orElseThrow();
        assertThat(body(answer)).contains("\"request_id\":\"" + id + "\"");
        assertThat(answer.headers().allValues("X-Request-Id")).hasSize(1);
        assertThat(answer.headers().allValues("Server-Timing")).hasSize(1);
        assertThat(answer.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
    }

    private static String body(HttpResponse<byte[]> answer) {
        return new String(answer.body(), UTF_8);
    }
}
