package coworking.analytics.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.domain.DailyUsage;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EmfTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final LocalDate TODAY = LocalDate.parse("2026-11-22");

    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final Vitals vitals = new Vitals(clock);
    private final Emf emf = new Emf(clock, vitals, "my-cluster");

    @Test
    void aLineIsWhatCloudWatchSpecifies() {
        emf.answered(200, 1_500_000);
        vitals.audited(3);

        assertThat(faults(emf.fields(Optional.of(usage()), true, 4.4))).isEmpty();
        assertThat(EmfRules.metrics(line(emf.fields(Optional.of(usage()), true, 4.4)))).contains("VisitsToday", "Visits", "JournalRows",
                "FreshnessChecks", "RollupLagSeconds", "Requests", "ServerErrors", "DatabaseUp", "HeapUsedMegabytes", "AuditDifferences");
    }

    @Test
    void severalClustersInOneAccountHaveMetricsOfTheirOwn() {
        assertThat(new Emf(clock, vitals, "other").fields(Optional.of(usage()), true, 0)).containsEntry("cluster", "other")
                .containsEntry("service", "coworking").extracting("_aws").asString().contains("Dimensions=[[cluster, service]]");
    }

    @Test
    void countsAreThoseSinceTheLineBefore() {
        emf.answered(200, 1_500_000);
        emf.answered(503, 2_000_000);
        emf.checked();

        assertThat(emf.fields(Optional.of(usage()), true, 0)).containsEntry("Requests", 2L).containsEntry("ServerErrors", 1L)
                .containsEntry("FreshnessChecks", 1L).containsEntry("Visits", 7L).containsEntry("VisitsToday", 5L)
                .containsEntry("ReportMilliseconds", new double[]{1.5, 2.0});
        assertThat(emf.fields(Optional.of(usage()), true, 0)).containsEntry("Requests", 0L).containsEntry("ServerErrors", 0L)
                .containsEntry("FreshnessChecks", 0L).doesNotContainKey("ReportMilliseconds");
    }

    @Test
    void withoutADatabaseTheVisitsAreLeftOutAndTheRestIsSaid() {
        var fields = emf.fields(Optional.empty(), false, 61.2);

        assertThat(faults(fields)).isEmpty();
        assertThat(fields).containsEntry("DatabaseUp", 0L).containsEntry("RollupLagSeconds", 61L).doesNotContainKeys("Visits",
                "VisitsToday", "AuditDifferences");
    }

    @Test
    void ofManyDurationsAHundredAreKeptEachAsLikelyAsAnyOther() {
        var sample = new Sample();
        for (int i = 1; i <= 20_000; i++) {
            sample.add(i * 1_000_000L);
        }
        assertThat(sample.millis()).hasSize(100);
        assertThat(new TreeSet<>(Arrays.stream(sample.millis()).boxed().toList())).hasSize(100);
        // 20 standard deviations either side: a sample of the first or the last ones alone is far outside.
        assertThat(Arrays.stream(sample.millis()).average().orElseThrow()).isBetween(4_000.0, 16_000.0);
    }

    @Test
    void theRulesCatchWhatCloudWatchWouldNotTake() {
        assertThat(after(metric -> {}, "service", null)).anyMatch(fault -> fault.contains("dimension service"));
        assertThat(after(metric -> {}, "service", "")).anyMatch(fault -> fault.contains("dimension service"));
        assertThat(after(metric -> {}, "Visits", "7")).anyMatch(fault -> fault.contains("Visits"));
        assertThat(after(metric -> {}, "Visits", List.of())).anyMatch(fault -> fault.contains("Visits"));
        assertThat(after(metric -> {}, "Visits", new double[101])).anyMatch(fault -> fault.contains("Visits"));
        assertThat(after(metric -> metric.put("Unit", "Megabyte"), "x", "y")).anyMatch(fault -> fault.contains("unit Megabyte"));
        assertThat(after(metric -> metric.remove("Name"), "x", "y")).anyMatch(fault -> fault.contains("name"));
        assertThat(after(metric -> metric.put("StorageResolution", 5), "x", "y")).anyMatch(fault -> fault.contains("resolution"));
        assertThat(after(metric -> {}, "_aws", Map.of("CloudWatchMetrics", List.of()))).anyMatch(fault -> fault.contains("Timestamp"));
        assertThat(after(metric -> {}, "x", "y")).isEmpty();
    }

    @SuppressWarnings("unchecked")
    private List<String> after(
            Consumer<Map<String, Object>> change, String field,
            @Nullable Object value) {
        var fields = new HashMap<>(emf.fields(Optional.of(usage()), true, 0));
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
        return new ArrayList<>(EmfRules.faults(line(fields)));
    }

    private static String line(Map<String, Object> fields) {
        var event = new LogRecord(Level.INFO, "daily usage");
        event.setParameters(new Object[]{fields});
        return new JsonLines().format(event);
    }

    private static DailyUsage usage() {
        return new DailyUsage(new TreeMap<>(Map.of(TODAY, 5L, TODAY.minusDays(1), 2L)));
    }
}
