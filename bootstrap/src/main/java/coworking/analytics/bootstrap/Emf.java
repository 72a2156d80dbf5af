package coworking.analytics.bootstrap;

import coworking.analytics.domain.DailyUsage;
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
 * What the usage line says to CloudWatch, in its Embedded Metric Format: from a line with these fields it makes metrics, without an
 * agent that scrapes. Counts are of the time since the line before.
 */
final class Emf {

    static final String NAMESPACE = "Coworking/Analytics";
    private static final List<String> DIMENSIONS = List.of("cluster", "service");
    private static final String SERVICE = "coworking";
    private static final double BYTES_PER_MEGABYTE = 1_048_576;

    private final Clock clock;
    private final Vitals vitals;
    private final String cluster;
    private final LongAdder requests = new LongAdder();
    private final LongAdder serverErrors = new LongAdder();
    private final LongAdder checks = new LongAdder();
    private final AtomicReference<Sample> durations = new AtomicReference<>(new Sample());

    /**
     * Begins to count.
     *
     * @param cluster tells the metrics of several clusters in one account apart
     */
    Emf(Clock clock, Vitals vitals, String cluster) {
        this.clock = clock;
        this.vitals = vitals;
        this.cluster = cluster;
    }

    /** A report, or the news that there is none, was sent. */
    void answered(int status, long nanos) {
        requests.increment();
        if (status >= 500) {
            serverErrors.increment();
        }
        durations.get().add(nanos);
    }

    void checked() {
        checks.increment();
    }

    /**
     * The fields of one line, and the beginning of the next one's counts.
     *
     * @param usage what the line tells; empty where that could not be read, and then its metrics are left out
     */
    Map<String, Object> fields(Optional<DailyUsage> usage, boolean isDatabaseUp, double rollupLag) {
        var metrics = new Metrics();
        usage.ifPresent(vitals::read);
        usage.ifPresent(known -> metrics.add("VisitsToday", "Count", (long) vitals.visitsToday()).add("Visits", "Count", known.total()));
        metrics.add("JournalRows", "Count", vitals.journalRows())
                .add("FreshnessChecks", "Count", checks.sumThenReset())
                .add("RollupLagSeconds", "Seconds", Math.round(rollupLag))
                .add("Requests", "Count", requests.sumThenReset())
                .add("ServerErrors", "Count", serverErrors.sumThenReset())
                .add("DatabaseUp", "Count", isDatabaseUp ? 1L : 0L)
                .add("HeapUsedMegabytes", "Megabytes", heapUsed());
        vitals.auditDifferences().ifPresent(differences -> metrics.add("AuditDifferences", "Count", differences));
        var millis = durations.getAndSet(new Sample()).millis();
        if (millis.length > 0) {
            metrics.add("ReportMilliseconds", "Milliseconds", millis);
        }
        return metrics.fields(clock.millis());
    }

    private static long heapUsed() {
        return Math.round(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / BYTES_PER_MEGABYTE);
    }

    private final class Metrics {

        private final List<Map<String, Object>> definitions = new ArrayList<>();
        private final Map<String, Object> values = new LinkedHashMap<>();

        Metrics add(String name, String unit, Object value) {
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
