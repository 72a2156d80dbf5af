package coworking.analytics.ops.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coworking.analytics.ops.Project;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the agents are told: by the EKS add-on and by themselves the same, so that lines arrive as they were written. */
class AgentsTest {

    private static final String AGENT = "ops/cloudwatch/agent/";
    private static final List<String> FILES = List.of("application-log.conf", "dataplane-log.conf", "host-log.conf");
    private static final String OURS = "/var/log/containers/coworking-6d5f-x2x4_coworking_coworking-0a1b.log";
    private static final String MIGRATION = "/var/log/containers/coworking-6d5f-x2x4_coworking_migrate-0a1b.log";
    private static final String DATABASE = "/var/log/containers/mypostgres-postgresql-0_coworking_postgresql-0a1b.log";

    private static final FluentBit APPLICATION = FluentBit.parse(Project.text(AGENT + "application-log.conf"));

    @Test
    void theAddOnAndThePlainAgentAreToldTheSame() {
        var addon = Project.json(Project.text("ops/cloudwatch/addon.json"));
        var config = addon.path("containerLogs").path("fluentBit").path("config");

        assertThat(names(config.path("extraFiles"))).containsExactlyElementsOf(FILES);
        FILES.forEach(file -> assertThat(config.path("extraFiles").path(file).asText()).isEqualTo(Project.text(AGENT + file)));
        assertThat(config.path("customParsers").asText()).isEqualTo(Project.text(AGENT + "parsers.conf"));
        assertThat(addon.path("containerLogs").path("enabled").asBoolean()).isTrue();
        assertThat(addon.path("agent").path("config").path("logs").path("metrics_collected").path("kubernetes")
                .path("enhanced_container_insights").asBoolean()).isTrue();
        assertThat(Project.json(Project.text(AGENT + "cwagentconfig.json")).path("logs").path("metrics_collected").path("kubernetes")
                .path("enhanced_container_insights").asBoolean()).isTrue();
    }

    /** The chart of the add-on takes braces for its own. */
    @Test
    void nothingInTheAddOnsFilesIsATemplate() {
        FILES.forEach(file -> assertThat(Project.text(AGENT + file)).doesNotContain("{{"));
    }

    @Test
    void theAddOnsSettingsAreThoseThatItsSchemaHas() {
        var addon = Project.json(Project.text("ops/cloudwatch/addon.json"));

        assertThat(names(addon)).containsExactly("agent", "containerLogs");
        assertThat(names(addon.path("containerLogs"))).containsExactly("enabled", "fluentBit");
        assertThat(names(addon.path("containerLogs").path("fluentBit"))).containsExactly("config");
        assertThat(names(addon.path("containerLogs").path("fluentBit").path("config"))).containsExactly("customParsers", "extraFiles");
    }

    @Test
    void everyFileIsWhatFluentBitReads() {
        for (var file : Stream.concat(FILES.stream(), Stream.of("fluent-bit.conf", "parsers.conf")).toList()) {
            assertThat(FluentBit.parse(Project.text(AGENT + file)).sections()).as(file).isNotEmpty().allSatisfy(section -> {
                assertThat(section.kind()).isIn("SERVICE", "INPUT", "FILTER", "OUTPUT", "PARSER");
                assertThat(section.kind().equals("SERVICE") || section.entries().containsKey("name")).isTrue();
                assertThat(Set.of("FILTER", "OUTPUT").contains(section.kind())).isEqualTo(section.entries().containsKey("match"));
                assertThat(section.kind().equals("INPUT")).isEqualTo(section.entries().containsKey("tag"));
            });
        }
        assertThatThrownBy(() -> FluentBit.parse("[INPUT]\nName")).hasMessageContaining("Name");
        FILES.forEach(file -> assertThat(Project.text(AGENT + "fluent-bit.conf")).contains("@INCLUDE " + file + "\n"));
    }

    @Test
    void everyInputGoesSomewhereAndNoneTwice() {
        var databases = new TreeSet<String>();
        for (var file : FILES) {
            var config = FluentBit.parse(Project.text(AGENT + file));
            config.all("INPUT").forEach(input -> {
                assertThat(config.matching("OUTPUT", input.value("tag").replace("*", "x"))).as(input.value("tag")).hasSize(1);
                assertThat(databases.add(input.value("db"))).as("two inputs remember their place in one file").isTrue();
            });
        }
    }

    @Test
    void eachContainersLogIsReadOnce() {
        for (var log : List.of(OURS, MIGRATION, DATABASE, "/var/log/containers/coredns-1_kube-system_coredns-0a1b.log")) {
            assertThat(APPLICATION.all("INPUT").stream().filter(input -> reads(input, log))).as(log).hasSize(1);
        }
        assertThat(tag(OURS)).isEqualTo("coworking.*");
        assertThat(tag(MIGRATION)).isEqualTo("coworking.*");
        assertThat(tag(DATABASE)).isEqualTo("application.*");
    }

    /** Embedded metrics count at the root of a log event alone. */
    @Test
    void theServicesLinesArriveAsTheyWereWritten() {
        var output = APPLICATION.matching("OUTPUT", "coworking.x").getFirst();

        assertThat(output.value("log_key")).isEqualTo("log");
        assertThat(output.value("log_format")).isEqualTo("json/emf");
        assertThat(APPLICATION.matching("FILTER", "coworking.x")).extracting(filter -> filter.value("name")).containsExactly("parser",
                "grep");
        var parsed = APPLICATION.matching("FILTER", "coworking.x").getFirst();
        assertThat(parsed.value("preserve_key")).isEqualTo("On");
        assertThat(parsed.value("reserve_data")).isEqualTo("On");
        assertThat(FluentBit.parse(Project.text(AGENT + "parsers.conf")).all("PARSER")).filteredOn(
                parser -> parser.value("name").equals(parsed.value("parser"))).singleElement()
                .satisfies(parser -> assertThat(parser.value("format")).isEqualTo("json"));
    }

    @Test
    void probesStayOnTheNodeAndEveryLevelLeavesIt() {
        var grep = APPLICATION.matching("FILTER", "coworking.x").getLast();
        var words = grep.value("exclude").split(" ", 2);
        var dropped = Pattern.compile(words[1]).asPredicate();

        assertThat(words[0]).isEqualTo("route");
        assertThat(List.of("/health_check", "/readiness_check", "/health/live", "/metrics")).allMatch(dropped);
        assertThat(List.of("/api/reports/daily_usage", "/api/reports/user_visits", "other")).noneMatch(dropped);
        assertThat(APPLICATION.all("FILTER").stream().flatMap(filter -> filter.entries().values().stream()))
                .noneMatch(value -> value.startsWith("level ") || value.contains("DEBUG"));
    }

    @Test
    void whatTheAgentsMountIsGenerated() {
        for (var directory : List.of(AGENT, AGENT + "prometheus/")) {
            Project.yaml(Project.text(directory + "kustomization.yaml")).path("configMapGenerator")
                    .forEach(map -> map.path("files").forEach(
                            file -> assertThat(Files.exists(Project.ROOT.resolve(directory + file.asText()))).as(file.asText()).isTrue()));
        }
        assertThat(Project.text(AGENT + "kustomization.yaml")).contains("- " + String.join("\n      - ", FILES), "cwagentconfig",
                "parsers.conf");
    }

    private static List<String> names(com.fasterxml.jackson.databind.JsonNode object) {
        return object.properties().stream().map(java.util.Map.Entry::getKey).toList();
    }

    private static String tag(String log) {
        return APPLICATION.all("INPUT").stream().filter(input -> reads(input, log)).findFirst().orElseThrow().value("tag");
    }

    private static boolean reads(FluentBit.Section input, String log) {
        return any(input.value("path"), log) && !any(input.value("exclude_path"), log);
    }

    private static boolean any(String patterns, String log) {
        return Stream.of(patterns.split(",\\s*", -1)).filter(pattern -> !pattern.isEmpty())
                .anyMatch(pattern -> FileSystems.getDefault().getPathMatcher("glob:" + pattern).matches(Path.of(log)));
    }
}
