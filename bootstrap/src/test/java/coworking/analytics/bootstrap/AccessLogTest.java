package coworking.analytics.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import coworking.analytics.rest.ExchangeObserver.Route;
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

    private static final int MILLI = 1_000_000;

    private final Logger logger = Logger.getLogger(AccessLog.LOGGER);
    private final Lines lines = new Lines();

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
        var access = new AccessLog(AccessLog.Mode.ERRORS, 1);
        access.ended(request(), Route.DAILY_USAGE, 200, 100, 5 * MILLI);
        access.ended(request(), Route.DAILY_USAGE, 304, 50, 1 * MILLI);
        access.ended(request(), Route.OTHER, 404, 30, MILLI);
        access.ended(request(), Route.HEALTH_CHECK, 200, 30, MILLI);
        assertThat(lines.texts()).isEmpty();
        access.tell();

        assertThat(lines.texts()).containsExactly("requests", "requests");
        assertThat(lines.fields.getFirst()).containsEntry("route", "/api/reports/daily_usage").containsEntry("requests", 2L)
                .containsEntry("status_2xx", 1L).containsEntry("status_3xx", 1L).containsEntry("bytes", 150L)
                .containsEntry("worst_ms", 5.0).containsEntry("mean_ms", 3.0);
        access.tell();
        assertThat(lines.texts()).hasSize(2);
    }

    @Test
    void aRouteThatFailsIsALineAndItsRecoveryAnotherWithACount() {
        var access = new AccessLog(AccessLog.Mode.ERRORS, 1);
        for (int i = 0; i < 1_000; i++) {
            access.ended(request(), Route.USER_VISITS, i % 2 == 0 ? 500 : 200, 1, MILLI);
        }
        access.tell();
        assertThat(lines.texts()).containsExactly("requests begin to fail", "requests");
        access.ended(request(), Route.USER_VISITS, 500, 1, MILLI);
        access.tell();
        access.tell();
        access.ended(request(), Route.USER_VISITS, 200, 1, MILLI);
        access.tell();

        assertThat(lines.texts()).containsExactly(
                "requests begin to fail", "requests", "requests", "requests", "requests succeed again");
        assertThat(lines.fields.getLast()).containsEntry("failures", 501L);
        access.ended(request(), Route.USER_VISITS, 503, 1, MILLI);
        assertThat(lines.texts()).last().isEqualTo("requests begin to fail");
    }

    @Test
    void ofSampledRequestsOneOfSoManyHasALine() {
        var access = new AccessLog(AccessLog.Mode.SAMPLED, 10);
        for (int i = 0; i < 100; i++) {
            access.ended(request(), Route.USER_VISITS, 200, 1, MILLI);
        }
        assertThat(lines.texts()).hasSize(10).containsOnly("request");
    }

    /** At ten thousand requests a second whatever is made for each is the garbage collector's. */
    @Test
    void toCountARequestMakesNothing() {
        var access = new AccessLog(AccessLog.Mode.ERRORS, 1);
        var request = request();
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        access.ended(request, Route.USER_VISITS, 200, 1, MILLI);
        var before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 10_000; i++) {
            access.ended(request, Route.USER_VISITS, 200, 1, MILLI);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000 * 64);
    }

    @Test
    void turnedOffItSaysNothing() {
        var access = new AccessLog(AccessLog.Mode.OFF, 1);
        access.ended(request(), Route.USER_VISITS, 500, 1, MILLI);
        access.close();
        assertThat(lines.texts()).isEmpty();
    }

    @Test
    void whatWasCountedIsToldAtTheEnd() {
        var access = new AccessLog(AccessLog.Mode.ERRORS, 1);
        access.ended(request(), Route.USER_VISITS, 200, 1, MILLI);
        access.close();
        assertThat(lines.texts()).containsExactly("requests");
    }

    private static Request request() {
        try {
            return Request.begin("GET", () -> "made-up", Trace.NONE);
        } finally {
            Request.end();
        }
    }

    private static final class Lines extends Handler {

        private final List<LogRecord> records = new ArrayList<>();
        private final List<Map<Object, Object>> fields = new ArrayList<>();

        @Override
        public void publish(LogRecord event) {
            records.add(event);
            fields.add(new HashMap<>((Map<?, ?>) event.getParameters()[0]));
        }

        List<String> texts() {
            return records.stream().map(LogRecord::getMessage).toList();
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
