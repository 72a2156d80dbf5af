package coworking.analytics.ops.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import coworking.analytics.ops.Processes;
import coworking.analytics.ops.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Whatever is drawn or watched is measured: by name, by label, by dimension; in the list, and in what a running service said. */
class MetricNamesTest {

    /** Left behind by bootstrap's tests of a running service, after an audit and with roll-ups. */
    private static final Path OBSERVED = Project.ROOT.resolve("bootstrap/target/observed");
    private static final Pattern SAMPLE = Pattern.compile("^([A-Za-z_:][\\w:]*)[ {]", Pattern.MULTILINE);

    @Test
    void theListHasEveryKind() {
        assertThat(MetricCatalog.listed("scrape")).hasSizeGreaterThan(30);
        assertThat(MetricCatalog.listed("emf")).hasSizeGreaterThan(9);
        assertThat(MetricCatalog.listed("aws")).hasSizeGreaterThan(10);
        assertThat(MetricCatalog.filtered()).containsExactly("ErrorLines");
    }

    @Test
    void dashboardAndAlarmsNameWhatIsMeasured() {
        var dashboard = Template.named("dashboard").dashboard();
        assertThat(dashboard.path("widgets")).isNotEmpty();
        assertThat(MetricCatalog.faultsOfDashboard(dashboard)).isEmpty();
        assertThat(Alarms.all()).hasSizeGreaterThan(10);
        assertThat(MetricCatalog.faultsOfAlarms(Template.named("alarms"))).isEmpty();
    }

    @Test
    void whatNobodyMeasuresIsSeen() {
        var dashboard = Template.named("dashboard").dashboard().toString();
        var alarms = Template.source("alarms");
        assertThat(MetricCatalog.faultsOfDashboard(Project.json(dashboard.replace("HeapUsedMegabytes", "HeapMegabytes"))))
                .contains("the service writes no HeapMegabytes");
        assertThat(MetricCatalog.faultsOfDashboard(Project.json(dashboard.replace("\"cluster\",\"my-cluster\",", ""))))
                .contains("Requests has other dimensions than [service]");
        assertThat(
                MetricCatalog.faultsOfDashboard(Project.json(dashboard.replace("Coworking/Analytics/my-cluster", "Coworking/Analytics"))))
                .containsExactly("ErrorLines is not of Coworking/Analytics");
        assertThat(MetricCatalog.faultsOfDashboard(Project.json(dashboard.replace("\"PodName\"", "\"Pod\""))))
                .contains("replicas_ready has other dimensions than [ClusterName, Namespace, Pod]");
        assertThat(MetricCatalog.faultsOfAlarms(new Template(Project.yaml(alarms.replace("DatabaseUp", "DatabaseDown")))))
                .containsExactly("the service writes no DatabaseDown");
        assertThat(MetricCatalog.faultsOfAlarms(new Template(Project.yaml(alarms.replace("Name: service", "Name: Service")))))
                .contains("Requests has other dimensions than [Service, cluster]");
        assertThat(MetricCatalog.faultsOfAlarms(new Template(Project.yaml(alarms.replace("AWS/Logs", "AWS/Log")))))
                .contains("AWS/Log has no IncomingBytes");
    }

    @Test
    void expressionsOfMetricMathParseAndNameMetricsBesideThem() {
        assertThat(MetricMath.faultsOfDashboard(Template.named("dashboard").dashboard())).isEmpty();
        assertThat(MetricMath.faultsOfAlarms(Template.named("alarms"))).isEmpty();
    }

    @Test
    void wrongExpressionsOfMetricMathAreSeen() {
        var dashboard = Template.named("dashboard").dashboard().toString();
        var alarms = Template.source("alarms");
        assertThat(MetricMath.faultsOfDashboard(Project.json(dashboard.replace("PERIOD(requests)", "PERIOD(requests"))))
                .containsExactly("malformed: requests / PERIOD(requests");
        assertThat(MetricMath.faultsOfDashboard(Project.json(dashboard.replace("100 * errors / requests", "100 * faults / requests"))))
                .containsExactly("no metric faults in: 100 - 100 * faults / requests");
        assertThat(MetricMath.faultsOfDashboard(Project.json(dashboard.replace("PERIOD(checks)", "PERIODS(checks)"))))
                .containsExactly("no function PERIODS in: checks / PERIODS(checks)");
        assertThat(MetricMath
                .faultsOfAlarms(new Template(Project.yaml(alarms.replace("MAX([looping, restarts])", "MAX([looping restarts])")))))
                .containsExactly("malformed: MAX([looping restarts])");
        assertThat(MetricMath.faultsOfAlarms(new Template(Project.yaml(alarms.replace("3 * waiting", "3 * looping")))))
                .containsExactly("no metric looping in: 3 * looping");
        assertThat(MetricMath.isWellFormed("1 + (a - 2.5) * MAX([a, b]) / c")).isTrue();
        for (var malformed : List.of("", "a b", "a +", "* a", "(a", "a)", "MAX()", "MAX(a,)", "a + ()", "a ++ b")) {
            assertThat(MetricMath.isWellFormed(malformed)).as(malformed).isFalse();
        }
    }

    @Test
    void rulesAndPanelsNameWhatIsMeasured() {
        assertThat(expressions()).hasSizeGreaterThan(40)
                .allSatisfy(expression -> assertThat(MetricCatalog.faults(expression, recorded())).as(expression).isEmpty());
    }

    @Test
    void expressionsAreReadClosely() {
        assertThat(MetricCatalog.faults("sum by (route) (rate(http_server_requests_seconds_count{rout=~\"/api/.+\"}[5m])) > 2", Set.of()))
                .containsExactly("http_server_requests_seconds_count has no label rout");
        assertThat(MetricCatalog.faults("sum by (path) (rate(http_server_requests_seconds_count[5m])) and on () up", Set.of("up")))
                .contains("no label path to group by");
        assertThat(MetricCatalog.faults("histogram_quantile(0.9, rate(http_server_request_seconds_bucket[1h])) or vector(0)", Set.of()))
                .containsExactly("no series http_server_request_seconds_bucket");
        assertThat(MetricCatalog.faults("coworking:nobody:records / 0.001", recorded()))
                .containsExactly("no series coworking:nobody:records");
    }

    @Test
    void theAgentScrapesWhatIsMeasuredAndAsManyAsItIsReckonedWith() {
        var prometheus = Project.json(Project.text("ops/cloudwatch/agent/prometheus/cwagentconfig.json")).path("logs")
                .path("metrics_collected").path("prometheus");
        var selected = new TreeSet<String>();
        prometheus.path("emf_processor").path("metric_declaration").forEach(declaration -> declaration.path("metric_selectors")
                .forEach(selector -> MetricCatalog.listedSeries().keySet().stream()
                        .filter(Pattern.compile(selector.asText()).asMatchPredicate())
                        .forEach(selected::add)));
        var kept = Pattern
                .compile(Project.yaml(Project.text("ops/cloudwatch/agent/prometheus/prometheus.yaml")).path("scrape_configs").path(0)
                        .path("metric_relabel_configs").path(0).path("regex").asText())
                .asMatchPredicate();

        assertThat(selected).hasSize(6).allMatch(kept);
    }

    @Test
    void whatIsListedIsInAScrape() throws IOException {
        var said = SAMPLE.matcher(observed("scrape.txt")).results().map(match -> match.group(1)).collect(Collectors.toSet());
        var expected = new TreeSet<String>();
        MetricCatalog.listed("scrape").values().stream().filter(MetricCatalog.ListedMetric::always)
                .forEach(metric -> expected.addAll(metric.series()));

        assertThat(said).isNotEmpty().containsAll(expected);
    }

    @Test
    void promtoolFindsNothingToSayOfAScrape() throws IOException, InterruptedException {
        observed("scrape.txt");
        Assumptions.assumeTrue(Processes.exists("promtool"), "SKIPPED: no promtool");
        var checked = Processes.run(Map.of(), "sh", "-c", "promtool check metrics < bootstrap/target/observed/scrape.txt");

        assertThat(checked.output()).isEmpty();
        assertThat(checked.status()).isZero();
    }

    @Test
    void itsLabelsAreThoseListed() throws IOException {
        var scrape = observed("scrape.txt");

        MetricCatalog.listed("scrape").values()
                .forEach(metric -> metric.series().stream().filter(series -> scrape.contains("\n" + series + "{"))
                        .forEach(series -> assertThat(metric.details()).as(series).allMatch(label -> Pattern.compile(
                                "(?m)^" + series + "\\{[^}\\n]*\\b" + label + "=\"").matcher(scrape).find())));
    }

    @Test
    void whatIsListedIsInTheLog() throws IOException {
        var units = new TreeMap<String, String>();
        for (var line : observed("emf.jsonl").lines().filter(text -> text.contains("\"_aws\"")).toList()) {
            var event = Project.json(line);
            event.path("_aws").path("CloudWatchMetrics").forEach(directive -> {
                assertThat(directive.path("Namespace").asText()).isEqualTo("Coworking/Analytics");
                assertThat(directive.path("Dimensions").toString()).isEqualTo("[[\"cluster\",\"service\"]]");
                directive.path("Metrics").forEach(metric -> {
                    assertThat(event.has(metric.path("Name").asText())).as(line).isTrue();
                    units.put(metric.path("Name").asText(), metric.path("Unit").asText());
                });
            });
            assertThat(event.path("cluster").asText()).isEqualTo("my-cluster");
            assertThat(event.path("service").asText()).isEqualTo("coworking");
        }
        var listed = MetricCatalog.listed("emf");
        assertThat(units).isNotEmpty().allSatisfy((name, unit) -> assertThat(listed.getOrDefault(name, MetricCatalog.NONE).type())
                .as(name).isEqualTo(unit));
        assertThat(units.keySet()).containsAll(
                listed.values().stream().filter(MetricCatalog.ListedMetric::always).map(MetricCatalog.ListedMetric::name).toList());
    }

    private static String observed(String name) throws IOException {
        var file = OBSERVED.resolve(name).normalize();
        Assumptions.assumeTrue(Files.exists(file), "SKIPPED: no service has been observed: " + file);
        return Files.readString(file);
    }

    private static Set<String> recorded() {
        return rules().stream().filter(rule -> rule.has("record")).map(rule -> rule.path("record").asText()).collect(Collectors.toSet());
    }

    static List<JsonNode> rules() {
        var rules = new ArrayList<JsonNode>();
        Project.yaml(Project.text("ops/prometheus/rules.yaml")).path("groups").forEach(group -> group.path("rules").forEach(rules::add));
        return rules;
    }

    private static List<String> expressions() {
        var expressions = new ArrayList<>(rules().stream().map(rule -> rule.path("expr").asText()).toList());
        Project.json(Project.text("ops/grafana/dashboard.json")).path("panels").forEach(
                panel -> panel.path("targets").forEach(target -> expressions.add(target.path("expr").asText())));
        return expressions;
    }
}
