package coworking.analytics.bootstrap.telemetry;

import coworking.analytics.domain.report.DailyUsage;
import coworking.analytics.rest.spi.Route;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * The metrics in the usage line, in CloudWatch's Embedded Metric Format: CloudWatch makes metrics from a log line with these fields,
 * without an agent that scrapes. Counts are those since the line before.
 */
public final class EmfExporter {

    static final String NAMESPACE = "Coworking/Analytics";
    private static final List<String> DIMENSIONS = List.of("cluster", "service");
    private static final String SERVICE = "coworking";
    private static final double BYTES_PER_MEGABYTE = 1_048_576;

    private final Clock clock;
    private final LastKnownState lastKnownState;
    private final RequestStatistics statistics;
    private final String cluster;
    private final LongAdder freshnessChecks = new LongAdder();
    private final AtomicReference<ReservoirSample> reportDurations = new AtomicReference<>(new ReservoirSample());
    private RequestTotals reported;

    /**
     * Begins to count.
     *
     * @param cluster separates the metrics of several clusters in one account
     */
    public EmfExporter(Clock clock, LastKnownState lastKnownState, RequestStatistics statistics, String cluster) {
        this.clock = clock;
        this.lastKnownState = lastKnownState;
        this.statistics = statistics;
        this.cluster = cluster;
        reported = statistics.totals(Route::isReport);
    }

    /** A request was answered. */
    void ended(Route route, long nanos) {
        if (route.isReport()) {
            reportDurations.get().add(nanos);
        }
    }

    void freshnessChecked() {
        freshnessChecks.increment();
    }

    /**
     * The fields of one line. The next line counts from here.
     *
     * @param usage the usage in the line; if it is empty, its metrics are left out
     */
    public synchronized Map<String, Object> fields(Optional<DailyUsage> usage, boolean isDatabaseUp, double rollupLag) {
        var totals = statistics.totals(Route::isReport);
        var interval = totals.minus(reported);
        reported = totals;
        var metrics = new EmfMetricSet();
        usage.ifPresent(lastKnownState::updateUsage);
        usage.ifPresent(
                known -> metrics.add("VisitsToday", "Count", (long) lastKnownState.visitsToday()).add("Visits", "Count", known.total()));
        metrics.add("JournalRows", "Count", lastKnownState.journalRows())
                .add("FreshnessChecks", "Count", freshnessChecks.sumThenReset())
                .add("RollupLagSeconds", "Seconds", Math.round(rollupLag))
                .add("Requests", "Count", interval.requests())
                .add("ServerErrors", "Count", interval.serverErrors())
                .add("DatabaseUp", "Count", isDatabaseUp ? 1L : 0L)
                .add("HeapUsedMegabytes", "Megabytes", heapUsedMegabytes());
        lastKnownState.auditDifferences().ifPresent(differences -> metrics.add("AuditDifferences", "Count", differences));
        var millis = reportDurations.getAndSet(new ReservoirSample()).millis();
        if (millis.length > 0) {
            metrics.add("ReportMilliseconds", "Milliseconds", millis);
        }
        return metrics.fields(clock.millis());
    }

    private static long heapUsedMegabytes() {
        return Math.round(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / BYTES_PER_MEGABYTE);
    }

    private final class EmfMetricSet {

        private final List<Map<String, Object>> definitions = new ArrayList<>();
        private final Map<String, Object> values = new LinkedHashMap<>();

        EmfMetricSet add(String name, String unit, Object value) {
            definitions.add(new LinkedHashMap<>(Map.of("Name", name, "Unit", unit)));
            values.put(name, value);
            return this;
        }

        Map<String, Object> fields(long millis) {
            var directive = Map.of("Namespace", NAMESPACE, "Dimensions", List.of(DIMENSIONS), "Metrics", definitions);
            var fields = new LinkedHashMap<String, Object>();
            fields.put("_aws", Map.of("Timestamp", millis, "CloudWatchMetrics", List.of(directive)));
            fields.put("cluster", cluster);
            fields.put("service", SERVICE);
            fields.putAll(values);
            return fields;
        }
    }
}
