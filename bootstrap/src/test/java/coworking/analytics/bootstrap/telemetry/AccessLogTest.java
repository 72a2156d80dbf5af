package coworking.analytics.bootstrap.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import coworking.analytics.bootstrap.logging.LoggerNames;
import coworking.analytics.bootstrap.settings.AccessLogMode;
import coworking.analytics.bootstrap.telemetry.tracing.ObservedRequest;
import coworking.analytics.bootstrap.telemetry.tracing.RequestTrace;
import coworking.analytics.rest.spi.Route;
import coworking.analytics.rest.spi.Route.RouteKind;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccessLogTest {

    private static final Route HEALTH_CHECK = new Route("/health_check", RouteKind.PROBE);
    private static final Route DAILY_USAGE = new Route("/api/reports/daily_usage", RouteKind.ORIGINAL_REPORT);
    private static final Route USER_VISITS = new Route("/api/reports/user_visits", RouteKind.ORIGINAL_REPORT);

    private static final int MILLI = 1_000_000;

    private final Logger logger = Logger.getLogger(LoggerNames.ACCESS);
    private final RequestStatistics statistics = new RequestStatistics();
    private final AccessLogRecorder lines = new AccessLogRecorder();

    @BeforeEach
    void listen() {
        logger.addHandler(lines);
        logger.setLevel(Level.INFO);
    }

    @AfterEach
    void stop() {
        logger.removeHandler(lines);
    }

    @Test
    void aMinuteIsALineForEachRouteThatWasAskedFor() {
        var access = new AccessLog(AccessLogMode.ERRORS, 1, statistics);
        answer(access, request(), DAILY_USAGE, 200, 100, 5 * MILLI);
        answer(access, request(), DAILY_USAGE, 304, 50, 1 * MILLI);
        answer(access, request(), Route.OTHER, 404, 30, MILLI);
        answer(access, request(), HEALTH_CHECK, 200, 30, MILLI);
        assertThat(lines.messages()).isEmpty();
        access.logSummaries();

        assertThat(lines.messages()).containsExactly("requests", "requests");
        assertThat(lines.fields.getFirst()).containsEntry("route", "/api/reports/daily_usage").containsEntry("requests", 2L)
                .containsEntry("status_2xx", 1L).containsEntry("status_3xx", 1L).containsEntry("bytes", 150L)
                .containsEntry("worst_ms", 5.0).containsEntry("mean_ms", 3.0);
        access.logSummaries();
        assertThat(lines.messages()).hasSize(2);
    }

    @Test
    void aRouteThatFailsIsALineAndItsRecoveryAnotherWithACount() {
        var access = new AccessLog(AccessLogMode.ERRORS, 1, statistics);
        for (int i = 0; i < 1_000; i++) {
            answer(access, request(), USER_VISITS, i % 2 == 0 ? 500 : 200, 1, MILLI);
        }
        access.logSummaries();
        assertThat(lines.messages()).containsExactly("requests begin to fail", "requests");
        answer(access, request(), USER_VISITS, 500, 1, MILLI);
        access.logSummaries();
        access.logSummaries();
        answer(access, request(), USER_VISITS, 200, 1, MILLI);
        access.logSummaries();

        assertThat(lines.messages()).containsExactly(
                "requests begin to fail", "requests", "requests", "requests", "requests succeed again");
        assertThat(lines.fields.getLast()).containsEntry("failures", 501L);
        answer(access, request(), USER_VISITS, 503, 1, MILLI);
        assertThat(lines.messages()).last().isEqualTo("requests begin to fail");
    }

    @Test
    void ofSampledRequestsOneOfSoManyHasALine() {
        var access = new AccessLog(AccessLogMode.SAMPLED, 10, statistics);
        for (int i = 0; i < 100; i++) {
            answer(access, request(), USER_VISITS, 200, 1, MILLI);
        }
        assertThat(lines.messages()).hasSize(10).containsOnly("request");
    }

    /** At ten thousand requests a second whatever is made for each is the garbage collector's. */
    @Test
    void toCountARequestMakesNothing() {
        var access = new AccessLog(AccessLogMode.ERRORS, 1, statistics);
        var request = request();
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        answer(access, request, USER_VISITS, 200, 1, MILLI);
        var before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 10_000; i++) {
            answer(access, request, USER_VISITS, 200, 1, MILLI);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000 * 64);
    }

    @Test
    void turnedOffItSaysNothing() {
        var access = new AccessLog(AccessLogMode.OFF, 1, statistics);
        answer(access, request(), USER_VISITS, 500, 1, MILLI);
        access.close();
        assertThat(lines.messages()).isEmpty();
    }

    @Test
    void whatWasCountedIsToldAtTheEnd() {
        var access = new AccessLog(AccessLogMode.ERRORS, 1, statistics);
        answer(access, request(), USER_VISITS, 200, 1, MILLI);
        access.close();
        assertThat(lines.messages()).containsExactly("requests");
    }

    private void answer(AccessLog access, ObservedRequest request, Route route, int status, long bytes, long nanos) {
        statistics.record(request, route, status, bytes, nanos);
        access.ended(request, route, status, bytes, nanos);
    }

    private static ObservedRequest request() {
        try {
            return ObservedRequest.begin("GET", () -> "made-up", RequestTrace.NONE);
        } finally {
            ObservedRequest.end();
        }
    }

    private static final class AccessLogRecorder extends Handler {

        private final List<LogRecord> records = new ArrayList<>();
        private final List<Map<Object, Object>> fields = new ArrayList<>();

        @Override
        public void publish(LogRecord event) {
            records.add(event);
            fields.add(new HashMap<>((Map<?, ?>) event.getParameters()[0]));
        }

        List<String> messages() {
            return records.stream().map(LogRecord::getMessage).toList();
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
