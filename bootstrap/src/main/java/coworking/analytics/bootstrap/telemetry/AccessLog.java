package coworking.analytics.bootstrap.telemetry;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import coworking.analytics.bootstrap.logging.FailureLog;
import coworking.analytics.bootstrap.logging.LoggerNames;
import coworking.analytics.bootstrap.schedule.PeriodicTask;
import coworking.analytics.bootstrap.settings.AccessLogMode;
import coworking.analytics.bootstrap.telemetry.tracing.ObservedRequest;
import coworking.analytics.rest.RestApi;
import coworking.analytics.rest.spi.Route;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Logs requests: for each route a line a minute with counts, if it had requests, a line when it begins to fail, and a line when it works
 * again. Settings can add a line for one request in so many, or for each. Probes are not logged.
 */
public final class AccessLog implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(LoggerNames.ACCESS);
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MICROS_PER_MILLI = 1e3;
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final AccessLogMode mode;
    private final long sampleEvery;
    private final RequestStatistics statistics;
    private final AtomicLong requestCount = new AtomicLong();
    private final Map<Route, RouteSummary> summaries = new LinkedHashMap<>();
    private final PeriodicTask task = new PeriodicTask("access-log", new FailureLog(LOG, "access log"), this::logSummaries, INTERVAL);

    /**
     * Makes a log that has not started.
     *
     * @param sampleEvery one request in how many is logged in mode {@code SAMPLED}
     */
    public AccessLog(AccessLogMode mode, int sampleEvery, RequestStatistics statistics) {
        this.mode = mode;
        this.sampleEvery = sampleEvery;
        this.statistics = statistics;
        for (var route : RestApi.routes()) {
            if (!route.isProbe()) {
                summaries.put(route, new RouteSummary());
            }
        }
    }

    public void start() {
        if (hasSummaries()) {
            task.start();
        }
    }

    private boolean hasSummaries() {
        return mode == AccessLogMode.ERRORS || mode == AccessLogMode.SAMPLED;
    }

    /** To be called after the statistics have recorded the request. */
    void ended(ObservedRequest request, Route route, int status, long bytes, long nanos) {
        var summary = summaries.get(route);
        if (mode == AccessLogMode.OFF || summary == null) {
            return;
        }
        if (mode == AccessLogMode.ALL) {
            LOG.log(INFO, "request", fields(request, route, status, bytes, nanos));
        } else if (summary.record(status, nanos)) {
            LOG.log(WARNING, "requests begin to fail", fields(request, route, status, bytes, nanos));
        } else if (mode == AccessLogMode.SAMPLED && requestCount.getAndIncrement() % sampleEvery == 0) {
            LOG.log(INFO, "request", fields(request, route, status, bytes, nanos));
        }
    }

    private static Map<String, Object> fields(ObservedRequest request, Route route, int status, long bytes, long nanos) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("request_id", request.id());
        request.trace().traceId().ifPresent(id -> fields.put("trace_id", id));
        fields.put("route", route.path());
        fields.put("method", request.method());
        fields.put("status", status);
        fields.put("duration_ms", toMillis(nanos));
        fields.put("bytes", bytes);
        fields.put("database_ms", toMillis(request.databaseNanos()));
        request.source().ifPresent(source -> fields.put("cache", source.name().toLowerCase(Locale.ROOT)));
        return fields;
    }

    static double toMillis(long nanos) {
        return Math.round(nanos / NANOS_PER_MILLI * MICROS_PER_MILLI) / MICROS_PER_MILLI;
    }

    /** A line for each route that had requests since the last time. */
    void logSummaries() {
        summaries.forEach(this::logSummary);
    }

    private void logSummary(Route route, RouteSummary summary) {
        var interval = summary.takeFields(statistics.totals(route));
        if (interval.isEmpty()) {
            return;
        }
        var fields = new LinkedHashMap<String, Object>(Map.of("route", route.path()));
        fields.putAll(interval);
        LOG.log(INFO, "requests", fields);
        summary.takeRecovery().ifPresent(failures -> LOG.log(INFO, "requests succeed again",
                new LinkedHashMap<String, Object>(Map.of("route", route.path(), "failures", failures))));
    }

    /** Logs the last interval. */
    @Override
    public void close() {
        task.close();
        if (hasSummaries()) {
            logSummaries();
        }
    }
}
