package coworking.analytics.ops.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import coworking.analytics.ops.ProcessResult;
import coworking.analytics.ops.Processes;
import coworking.analytics.ops.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules as promtool takes them, and as its unit tests see them fire; what scrapes reaches what is scraped. */
class PrometheusTest {

    private static final int SCRAPED = 9153;

    @TempDir
    Path directory = Path.of("");

    @Test
    void promtoolTakesTheRulesAndSeesEachAlertFire() throws IOException, InterruptedException {
        assertThat(promtool("check", "rules", "ops/prometheus/rules.yaml").status()).isZero();
        var tried = promtool("test", "rules", "ops/prometheus/rules_test.yaml");
        assertThat(tried.status()).as(tried.output()).isZero();
    }

    @Test
    void changedRulesAreNoticed() throws IOException, InterruptedException {
        for (var change : Map.of(
                "> 14.4", "> 144", "ratio_rate30m > 6", "ratio_rate30m > 600", "p99_5m > 0.5", "p99_5m > 5", "status=~\"5..\"",
                "status=~\"4..\"",
                "min(coworking_rollup_lag_seconds)", "max(coworking_rollup_lag_seconds)", "route=~\"/api/.+\"", "route=~\".+\"")
                .entrySet()) {
            var rules = Project.text("ops/prometheus/rules.yaml");
            assertThat(rules).contains(change.getKey());
            Files.writeString(directory.resolve("rules.yaml"), rules.replace(change.getKey(), change.getValue()));
            var tests = Files.writeString(directory.resolve("rules_test.yaml"), Project.text("ops/prometheus/rules_test.yaml"));
            assertThat(promtool("test", "rules", tests.toString()).status()).as(change.toString()).isNotZero();
        }
    }

    @Test
    void everyAlertIsTriedInTheRightAndInTheWrong() {
        var tests = Project.yaml(Project.text("ops/prometheus/rules_test.yaml")).path("tests");
        var fired = new HashSet<String>();
        var silent = new HashSet<String>();
        tests.forEach(test -> test.path("alert_rule_test").forEach(
                tried -> (tried.path("exp_alerts").isEmpty() ? silent : fired).add(tried.path("alertname").asText())));
        var alerts = MetricNamesTest.rules().stream().filter(rule -> rule.has("alert")).map(rule -> rule.path("alert").asText())
                .collect(Collectors.toSet());

        assertThat(fired).isEqualTo(alerts);
        assertThat(silent).containsAll(alerts.stream().filter(alert -> !alert.equals("AvailabilityBurnsSlowly")).toList());
    }

    @Test
    void alertsSayHowMuchTheyMatterAndWhatToDo() {
        assertThat(MetricNamesTest.rules().stream().filter(rule -> rule.has("alert"))).hasSizeGreaterThan(8).allSatisfy(alert -> {
            assertThat(alert.path("labels").path("severity").asText()).isIn("page", "ticket");
            assertThat(alert.path("annotations").path("summary").asText()).isNotBlank();
            assertThat(alert.path("annotations").path("runbook").asText()).startsWith("ops/README.md#");
        });
    }

    @Test
    void theMonitorFindsThePods() {
        var spec = monitor().path("spec");

        assertThat(spec.path("selector").path("matchLabels").path("service").asText()).isEqualTo("coworking");
        assertThat(spec.path("podMetricsEndpoints").path(0).path("path").asText()).isEqualTo("/metrics");
        assertThat(Project.text("ops/eks/components/prometheus/kustomization.yaml")).contains("  - pod-monitor.yaml\n");
    }

    @Test
    void podsHaveThePortThatIsScraped() {
        var base = Project.text("ops/eks/base/coworking.yaml");
        var name = monitor().path("spec").path("podMetricsEndpoints").path(0).path("port").asText();

        assertThat(base).contains("- name: " + name + "\n              containerPort: " + SCRAPED + "\n");
        assertThat(base.replaceAll("(?s).*\nkind: Service\n", "")).doesNotContain(String.valueOf(SCRAPED));
        assertThat(Project.text("ops/eks/base/network-policies.yaml")).contains(
                ": amazon-cloudwatch\n", ": monitoring\n", "port: " + name + "\n");
        assertThat(Project.text("ops/cloudwatch/agent/prometheus/prometheus.yaml")).contains(
                "regex: coworking;coworking;" + SCRAPED + "\n");
    }

    @Test
    void theGrafanaDashboardIsWhole() {
        var dashboard = Project.json(Project.text("ops/grafana/dashboard.json"));
        var ids = new HashSet<String>();
        assertThat(dashboard.path("panels")).hasSizeGreaterThan(20).allSatisfy(panel -> {
            assertThat(ids.add(panel.path("id").asText())).isTrue();
            assertThat(panel.path("gridPos").path("x").asInt() + panel.path("gridPos").path("w").asInt()).isBetween(1, 24);
        });
        assertThat(dashboard.path("panels")).filteredOn(panel -> !panel.path("type").asText().equals("row")).allSatisfy(panel -> {
            assertThat(panel.path("title").asText()).isNotBlank();
            assertThat(panel.path("description").asText()).isNotBlank();
            assertThat(panel.path("datasource").path("uid").asText()).isEqualTo("${datasource}");
            assertThat(panel.path("targets")).isNotEmpty();
        });
        assertThat(dashboard.path("templating").path("list").path(0).path("name").asText()).isEqualTo("datasource");
        assertThat(Set.copyOf(dashboard.findValuesAsText("unit"))).contains("s", "reqps", "bytes");
    }

    private static JsonNode monitor() {
        return Project.yaml(Project.text("ops/eks/components/prometheus/pod-monitor.yaml"));
    }

    private static ProcessResult promtool(String... arguments) throws IOException, InterruptedException {
        Assumptions.assumeTrue(Processes.exists("promtool"), "SKIPPED: rules are tried by promtool, and there is none on the PATH");
        var command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        return Processes.run(Map.of(), command.toArray(String[]::new));
    }
}
