package coworking.analytics.bootstrap.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.bootstrap.telemetry.tracing.ObservedRequest;
import coworking.analytics.bootstrap.telemetry.tracing.RequestTrace;
import coworking.analytics.rest.spi.Route;
import coworking.analytics.rest.spi.Route.RouteKind;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class RequestStatisticsTest {

    private static final Route DAILY_USAGE = new Route("/api/reports/daily_usage", RouteKind.ORIGINAL_REPORT);
    private static final Route USER_VISITS = new Route("/api/reports/user_visits", RouteKind.ORIGINAL_REPORT);
    private static final Route V1_SUMMARY = new Route("/api/v1/reports/summary", RouteKind.V1);

    private static final long MILLI = 1_000_000;

    private final RequestStatistics statistics = new RequestStatistics();

    @Test
    void readersDoNotTakeEachOthersCounts() {
        record("GET", DAILY_USAGE, 200, 10, MILLI);
        var before = statistics.totals(DAILY_USAGE);
        record("GET", DAILY_USAGE, 503, 20, MILLI);

        assertThat(statistics.totals(DAILY_USAGE).minus(before)).returns(1L, RequestTotals::requests)
                .returns(1L, RequestTotals::serverErrors).returns(20L, RequestTotals::bytes);
        assertThat(statistics.totals(DAILY_USAGE)).returns(2L, RequestTotals::requests).returns(30L, RequestTotals::bytes);
    }

    @Test
    void refusedRequestsAreInPrometheusAlone() {
        record("BREW", Route.OTHER, 400, 10, 2 * MILLI);
        statistics.recordRefused(400);
        statistics.recordRefused(431);

        assertThat(statistics.totals(route -> true).requests()).isOne();
        assertThat(scrape()).contains(
                "http_server_requests_seconds_count{method=\"other\",route=\"other\",status=\"400\"} 2",
                "http_server_requests_seconds_count{method=\"other\",route=\"other\",status=\"431\"} 1");
    }

    @Test
    void prometheusSeesAHistogramAMaximumAndBytes() {
        record("GET", USER_VISITS, 200, 100, MILLI);
        record("GET", USER_VISITS, 200, 100, 20_000 * MILLI);

        var series = "{method=\"GET\",route=\"/api/reports/user_visits\",status=\"200\"";
        assertThat(scrape()).contains(
                "# TYPE http_server_requests_seconds histogram",
                "http_server_requests_seconds_bucket" + series + ",le=\"0.001\"} 1",
                "http_server_requests_seconds_bucket" + series + ",le=\"10.0\"} 1",
                "http_server_requests_seconds_bucket" + series + ",le=\"+Inf\"} 2",
                "http_server_requests_seconds_count" + series + "} 2",
                "http_server_requests_seconds_sum" + series + "} 20.001",
                "# TYPE http_server_requests_seconds_max gauge",
                "http_server_requests_seconds_max" + series + "} 20.0",
                "# TYPE http_server_response_bytes_total counter",
                "http_server_response_bytes_total{route=\"/api/reports/user_visits\"} 200.0");
    }

    /** An alarm on a rate misses the first event of a series that did not exist before. */
    @Test
    void seriesThatAlarmsWatchExistFromTheStart() {
        assertThat(scrape()).contains(
                "http_server_requests_seconds_count{method=\"GET\",route=\"/api/reports/daily_usage\",status=\"500\"} 0",
                "http_server_requests_seconds_count{method=\"GET\",route=\"/readiness_check\",status=\"200\"} 0");
    }

    @Test
    void noRequestIsLostBetweenThreads() {
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 1_000; i++) {
                threads.execute(() -> record("GET", V1_SUMMARY, 200, 1, MILLI));
            }
        }
        assertThat(statistics.totals(V1_SUMMARY)).returns(1_000L, RequestTotals::requests).returns(1_000L, RequestTotals::bytes)
                .returns(1_000 * MILLI, RequestTotals::nanos);
    }

    private void record(String method, Route route, int status, long bytes, long nanos) {
        var request = ObservedRequest.begin(method, () -> "made-up", RequestTrace.NONE);
        ObservedRequest.end();
        statistics.record(request, route, status, bytes, nanos);
    }

    private String scrape() {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry.getPrometheusRegistry().register(new PrometheusRequestExporter(statistics));
        return registry.scrape();
    }
}
