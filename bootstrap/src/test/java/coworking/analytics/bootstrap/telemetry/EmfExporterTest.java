package coworking.analytics.bootstrap.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.bootstrap.logging.JsonLogFormatter;
import coworking.analytics.bootstrap.telemetry.tracing.ObservedRequest;
import coworking.analytics.bootstrap.telemetry.tracing.RequestTrace;
import coworking.analytics.domain.report.DailyUsage;
import coworking.analytics.rest.spi.Route;
import coworking.analytics.rest.spi.Route.RouteKind;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EmfExporterTest {

    private static final Route DAILY_USAGE = new Route("/api/reports/daily_usage", RouteKind.ORIGINAL_REPORT);

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final LocalDate TODAY = LocalDate.parse("2026-11-22");

    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final LastKnownState lastKnownState = new LastKnownState(clock);
    private final RequestStatistics statistics = new RequestStatistics();
    private final EmfExporter exporter = new EmfExporter(clock, lastKnownState, statistics, "my-cluster");

    @Test
    void aLineIsWhatCloudWatchSpecifies() {
        answer(200, 1_500_000);
        lastKnownState.auditFinished(3);

        assertThat(faults(exporter.fields(Optional.of(usage()), true, 4.4))).isEmpty();
        assertThat(EmfSpecification.metrics(line(exporter.fields(Optional.of(usage()), true, 4.4)))).contains("VisitsToday", "Visits",
                "JournalRows",
                "FreshnessChecks", "RollupLagSeconds", "Requests", "ServerErrors", "DatabaseUp", "HeapUsedMegabytes", "AuditDifferences");
    }

    @Test
    void severalClustersInOneAccountHaveMetricsOfTheirOwn() {
        assertThat(new EmfExporter(clock, lastKnownState, statistics, "other").fields(Optional.of(usage()), true, 0))
                .containsEntry("cluster", "other")
                .containsEntry("service", "coworking").extracting("_aws").asString().contains("Dimensions=[[cluster, service]]");
    }

    @Test
    void countsAreThoseSinceTheLineBefore() {
        answer(200, 1_500_000);
        answer(503, 2_000_000);
        exporter.freshnessChecked();

        assertThat(exporter.fields(Optional.of(usage()), true, 0)).containsEntry("Requests", 2L).containsEntry("ServerErrors", 1L)
                .containsEntry("FreshnessChecks", 1L).containsEntry("Visits", 7L).containsEntry("VisitsToday", 5L)
                .containsEntry("ReportMilliseconds", new double[]{1.5, 2.0});
        assertThat(exporter.fields(Optional.of(usage()), true, 0)).containsEntry("Requests", 0L).containsEntry("ServerErrors", 0L)
                .containsEntry("FreshnessChecks", 0L).doesNotContainKey("ReportMilliseconds");
    }

    @Test
    void withoutADatabaseTheVisitsAreLeftOutAndTheRestIsSaid() {
        var fields = exporter.fields(Optional.empty(), false, 61.2);

        assertThat(faults(fields)).isEmpty();
        assertThat(fields).containsEntry("DatabaseUp", 0L).containsEntry("RollupLagSeconds", 61L).doesNotContainKeys("Visits",
                "VisitsToday", "AuditDifferences");
    }

    @Test
    void theRulesCatchWhatCloudWatchWouldNotTake() {
        assertThat(faultsAfter(metric -> {}, "service", null)).anyMatch(fault -> fault.contains("dimension service"));
        assertThat(faultsAfter(metric -> {}, "service", "")).anyMatch(fault -> fault.contains("dimension service"));
        assertThat(faultsAfter(metric -> {}, "Visits", "7")).anyMatch(fault -> fault.contains("Visits"));
        assertThat(faultsAfter(metric -> {}, "Visits", List.of())).anyMatch(fault -> fault.contains("Visits"));
        assertThat(faultsAfter(metric -> {}, "Visits", new double[101])).anyMatch(fault -> fault.contains("Visits"));
        assertThat(faultsAfter(metric -> metric.put("Unit", "Megabyte"), "x", "y")).anyMatch(fault -> fault.contains("unit Megabyte"));
        assertThat(faultsAfter(metric -> metric.remove("Name"), "x", "y")).anyMatch(fault -> fault.contains("name"));
        assertThat(faultsAfter(metric -> metric.put("StorageResolution", 5), "x", "y")).anyMatch(fault -> fault.contains("resolution"));
        assertThat(faultsAfter(metric -> {}, "_aws", Map.of("CloudWatchMetrics", List.of())))
                .anyMatch(fault -> fault.contains("Timestamp"));
        assertThat(faultsAfter(metric -> {}, "x", "y")).isEmpty();
    }

    private void answer(int status, long nanos) {
        var request = ObservedRequest.begin("GET", () -> "made-up", RequestTrace.NONE);
        ObservedRequest.end();
        statistics.record(request, DAILY_USAGE, status, 1, nanos);
        exporter.ended(DAILY_USAGE, nanos);
    }

    @SuppressWarnings("unchecked")
    private List<String> faultsAfter(
            Consumer<Map<String, Object>> change, String field,
            @Nullable Object value) {
        var fields = new HashMap<>(exporter.fields(Optional.of(usage()), true, 0));
        var aws = (Map<String, Object>) Objects.requireNonNull(fields.get("_aws"));
        var directive = ((List<Map<String, Object>>) Objects.requireNonNull(aws.get("CloudWatchMetrics"))).getFirst();
        change.accept(((List<Map<String, Object>>) Objects.requireNonNull(directive.get("Metrics"))).getFirst());
        if (value == null) {
            fields.remove(field);
        } else {
            fields.put(field, value);
        }
        return faults(fields);
    }

    private static List<String> faults(Map<String, Object> fields) {
        return new ArrayList<>(EmfSpecification.faults(line(fields)));
    }

    private static String line(Map<String, Object> fields) {
        var event = new LogRecord(Level.INFO, "daily usage");
        event.setParameters(new Object[]{fields});
        return new JsonLogFormatter().format(event);
    }

    private static DailyUsage usage() {
        return new DailyUsage(new TreeMap<>(Map.of(TODAY, 5L, TODAY.minusDays(1), 2L)));
    }
}
