package coworking.analytics.ops.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.ops.Project;
import coworking.analytics.ops.cost.Environments;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Log groups and their retention are one thing to the templates, the clusters, the bill and the runbook. */
class LogGroupsTest {

    private static final List<String> GROUPS = List.of("application", "dataplane", "host", "performance");
    private static final int DAYS_A_MONTH = 30;

    @Test
    void thereIsOneForEachKindOfLogAndEachHasARetention() {
        var groups = Template.named("logs").all("AWS::Logs::LogGroup");

        assertThat(groups.values().stream().map(group -> Template.text(group.path("LogGroupName"))))
                .containsExactlyInAnyOrderElementsOf(GROUPS.stream().map(name -> "/aws/containerinsights/${ClusterName}/" + name).toList());
        assertThat(groups.values()).allSatisfy(group -> assertThat(group.path("RetentionInDays").path("Ref").asText())
                .isEqualTo("RetentionDays"));
    }

    /** The import of groups that are there already goes by these. */
    @Test
    void logicalNamesAreThoseThatTheDeploymentImports() {
        assertThat(Template.named("logs").resources().properties()).allSatisfy(resource -> {
            assertThat(Template.text(resource.getValue().path("Properties").path("LogGroupName")))
                    .endsWith("/" + resource.getKey().toLowerCase(java.util.Locale.ROOT));
            assertThat(resource.getValue().path("DeletionPolicy").asText()).isEqualTo("Retain");
        });
    }

    @Test
    void retentionIsWhatIsPaidFor() throws IOException {
        var billed = Environments.read(Project.ROOT.resolve("ops/cost/environments.ini"));
        for (var environment : List.of("production", "development")) {
            var days = Integer.parseInt(Project.parameters(environment).getOrDefault("RetentionDays", "0"));
            var months = Double.parseDouble(billed.getOrDefault(environment, Map.of()).getOrDefault("log-retention-months", "0"));

            assertThat(days).isEqualTo((int) (months * DAYS_A_MONTH)).isPositive();
            assertThat(Template.named("logs").document().path("Parameters").path("RetentionDays").path("AllowedValues").toString())
                    .contains(String.valueOf(days));
        }
    }

    @Test
    void clustersAreThoseOfEksctlAndKeepTheControlPlanesLogsAsLong() {
        for (var environment : List.of("production", "development")) {
            var cluster = Project.yaml(Project.text("ops/eks/clusters/" + environment + ".yaml"));
            var parameters = Project.parameters(environment);

            assertThat(parameters).containsEntry("ClusterName", cluster.path("metadata").path("name").asText());
            if (cluster.has("cloudWatch")) {
                assertThat(parameters).containsEntry("RetentionDays",
                        cluster.path("cloudWatch").path("clusterLogging").path("logRetentionInDays").asText());
            }
        }
    }

    @Test
    void parametersAreThoseOfTheTemplates() {
        var known = Template.NAMES.stream().flatMap(name -> Stream.of(Template.named(name).document().path("Parameters")))
                .flatMap(parameters -> parameters.properties().stream()).map(Map.Entry::getKey).collect(Collectors.toSet());

        assertThat(known).containsAll(Project.parameters("production").keySet()).containsAll(Project.parameters("development").keySet());
        assertThat(Project.parameters("production").keySet()).isEqualTo(Project.parameters("development").keySet());
    }

    @Test
    void agentsWriteToNoOtherGroup() {
        for (var file : List.of("application-log.conf", "dataplane-log.conf", "host-log.conf")) {
            assertThat(Project.text("ops/cloudwatch/agent/" + file).lines().filter(line -> line.contains("log_group_name"))).isNotEmpty()
                    .allMatch(line -> line.endsWith("/aws/containerinsights/${CLUSTER_NAME}/" + file.replace("-log.conf", "")));
        }
        assertThat(Project.text("ops/cloudwatch/agent/prometheus/cwagentconfig.json"))
                .contains("\"/aws/containerinsights/my-cluster/performance\"");
    }
}
