package coworking.analytics.rest.http;

import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.application.port.UnavailableException;
import coworking.analytics.rest.OriginalUrls;
import coworking.analytics.rest.StubSpaceAnalytics;
import coworking.analytics.rest.StubUsageReports;
import coworking.analytics.rest.TestServer;
import coworking.analytics.rest.spi.ExchangeObserver;
import coworking.analytics.rest.spi.Route;
import coworking.analytics.rest.v1.request.ParameterErrorsTest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What is told of requests, of each exactly once. */
class ObservationFilterTest {

    private final RecordingExchangeObserver notes = new RecordingExchangeObserver();

    @Test
    void everyAnswerIsToldWithItsRouteMethodAndStatus() {
        var usage = StubUsageReports.typical().dailyUsage();
        var reports = new StubUsageReports(() -> usage, StubUsageReports.typical().users());
        try (var server = new TestServer(reports, () -> {}, notes)) {
            var tag = server.get(OriginalUrls.DAILY_USAGE).headers().firstValue("ETag").orElseThrow();
            server.get(OriginalUrls.DAILY_USAGE, "If-None-Match", tag);
            server.send("HEAD", OriginalUrls.USER_VISITS);
            server.send("OPTIONS", OriginalUrls.HEALTH);
            server.send("DELETE", OriginalUrls.READINESS);
            server.get("/api/reports/daily%5Fusage");
            server.get("/api/reports/daily_usage;a=1");
            server.get("/wp-admin");
        }
        assertThat(notes.told).containsExactly(
                "encode", "encoded", "GET /api/reports/daily_usage 200", "GET /api/reports/daily_usage 304",
                "encode", "encoded", "HEAD /api/reports/user_visits 200", "OPTIONS /health_check 200", "DELETE /readiness_check 405",
                "GET /api/reports/daily_usage 200", "GET other 404", "GET other 404");
    }

    @Test
    void routesOfV1AreToldOnceWhateverTheUserAndTheQuery() {
        try (var server = new TestServer(new StubSpaceAnalytics(), notes)) {
            ParameterErrorsTest.resources().forEach(resource -> server.get("/api/v1/" + resource));
            server.get("/api/v1/users/8/visits");
            server.get("/api/v1/users/wp-admin/visits");
            server.get("/api/v1/users/7/wp-admin");
            server.send("HEAD", "/api/v1/reports/summary?range=7d");
            server.get("/api/v1/reports/summary?foo=1");
            server.get("/api/v1/reports/sum%6Dary?format=csv");
            server.get("/api/v1/nowhere");
        }
        assertThat(notes.told).containsExactly(
                "GET /api/v1/reports/daily-usage 200", "GET /api/v1/reports/user-visits 200", "GET /api/v1/reports/summary 200",
                "GET /api/v1/reports/arrivals 200", "GET /api/v1/reports/members 200", "GET /api/v1/reports/retention 200",
                "GET /api/v1/reports/dormant 200", "GET /api/v1/reports/data-quality 200", "GET /api/v1/users/{id}/visits 200",
                "GET /api/v1/metrics 200", "GET /api/v1/users/{id}/visits 404", "GET /api/v1/users/{id}/visits 404", "GET other 404",
                "HEAD /api/v1/reports/summary 200", "GET /api/v1/reports/summary 400", "GET /api/v1/reports/summary 200", "GET other 404");
    }

    @Test
    void failuresAreToldWithTheStatusThatTheCallerIsSent() {
        var failing = StubUsageReports.failing(() -> new UnavailableException("gone", new IllegalStateException()));
        try (var server = new TestServer(failing, () -> {
            throw new UnavailableException("gone", new IllegalStateException());
        }, notes)) {
            server.get(OriginalUrls.DAILY_USAGE);
            server.get(OriginalUrls.READINESS);
        }
        assertThat(notes.told).containsExactly("GET /api/reports/daily_usage 500", "GET /readiness_check 500");
    }

    @Test
    void theLengthOfAnAnswerIsToldWithItsHeaders() {
        try (var server = new TestServer(StubUsageReports.typical(), () -> {}, notes)) {
            server.get(OriginalUrls.HEALTH);
        }
        assertThat(notes.bytes).singleElement().satisfies(bytes -> assertThat(bytes).isBetween(2L, 500L));
    }

    @Test
    void aRequestThatCannotBeReadIsToldAsRefused() {
        try (var server = new TestServer(StubUsageReports.typical(), () -> {}, notes); var connection = server.connect()) {
            connection.write("GET /health_check HTTP/1.0\r\n\r\n");
            assertThat(connection.read().status()).isEqualTo(505);
        }
        assertThat(notes.told).containsExactly("refused 505");
    }

    @Test
    void headersOfTheRequestCanBeAskedForAndATraceIsAnsweredWith() {
        try (var server = new TestServer(StubUsageReports.typical(), () -> {}, notes)) {
            notes.traceparent = Optional.of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
            var answer = server.get(OriginalUrls.DAILY_USAGE, "X-Request-Id", "abc");

            assertThat(answer.headers().firstValue("traceparent")).isEqualTo(notes.traceparent);
            assertThat(notes.requestIds).containsExactly("abc");
            notes.traceparent = Optional.empty();
            assertThat(server.get(OriginalUrls.DAILY_USAGE).headers().map()).doesNotContainKeys("traceparent", "x-request-id");
        }
    }

    private static final class RecordingExchangeObserver implements ExchangeObserver {

        private final List<String> told = new CopyOnWriteArrayList<>();
        private final List<Long> bytes = new CopyOnWriteArrayList<>();
        private final List<String> requestIds = new CopyOnWriteArrayList<>();
        private volatile Optional<String> traceparent = Optional.empty();

        @Override
        public ObservedExchange started(String method, Supplier<String> id, Function<String, Optional<String>> header) {
            header.apply("X-Request-Id").ifPresent(requestIds::add);
            return new ObservedExchange() {

                @Override
                public Optional<String> traceparent() {
                    return traceparent;
                }

                @Override
                public void ended(Route route, int status, long length) {
                    told.add(method + " " + route.path() + " " + status);
                    bytes.add(length);
                }
            };
        }

        @Override
        public void refused(int status) {
            told.add("refused " + status);
        }

        @Override
        public Runnable encodingStarted() {
            told.add("encode");
            return () -> told.add("encoded");
        }
    }
}
