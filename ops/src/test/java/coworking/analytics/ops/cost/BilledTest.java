package coworking.analytics.ops.cost;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import coworking.analytics.ops.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is billed is what the clusters, the autoscaler and the database are made of. */
class BilledTest {

    @Test
    void nodesZonesVolumesAndGatewaysAreThoseOfTheClusters() throws IOException {
        for (var environment : List.of("development", "production")) {
            var cluster = yaml("ops/eks/clusters/" + environment + ".yaml").getFirst();
            var billed = environments().getOrDefault(environment, Map.of());
            assertThat(billed)
                    .containsEntry("nodes", nodes(cluster))
                    .containsEntry("zones", String.valueOf(cluster.path("availabilityZones").size()))
                    .containsEntry("nat-gateways", gateways(cluster));
            assertThat(groups(cluster)).allSatisfy(group -> assertThat(billed).containsEntry("node-volume",
                    group.path("volumeSize").asInt() + " " + group.path("volumeType").asText()));
        }
    }

    @Test
    void replicasAreThoseOfTheAutoscalerAndItsSchedule() throws IOException {
        var hpa = yaml("ops/eks/base/hpa.yaml").getFirst().path("spec");
        var schedule = Files.readString(Project.ROOT.resolve("ops/eks/base/peak-hours.yaml"));
        assertThat(environments().getOrDefault("production-untuned", Map.of()))
                .containsEntry("replicas-at-peak", hpa.path("maxReplicas").asText());
        var production = environments().getOrDefault("production", Map.of());
        assertThat(schedule).contains("\"minReplicas\":" + production.get("replicas-at-peak"), " 8-17 * * 1-5");
        assertThat(production).containsEntry("replicas-off-peak", "1").containsEntry("peak-hours-a-week", String.valueOf(5 * 10));
    }

    @Test
    void theDatabasesVolumeIsThatOfTheChart() throws IOException {
        var volume = yaml("ops/postgres/values.yaml").getFirst().path("primary").path("persistence");
        assertThat(environments().getOrDefault("production", Map.of())).containsEntry("database-volume",
                volume.path("size").asText().replace("Gi", "") + " " + volume.path("storageClass").asText());
    }

    @Test
    void asManyImagesArePaidForAsAreKept() throws IOException {
        var rules = new JsonMapper().readTree(Project.ROOT.resolve("ops/cost/ecr-lifecycle.json").toFile()).path("rules");
        assertThat(environments().getOrDefault("production", Map.of()))
                .containsEntry("images-kept", rules.path(1).path("selection").path("countNumber").asText());
    }

    private static String nodes(JsonNode cluster) {
        var nodes = new ArrayList<String>();
        for (var group : groups(cluster)) {
            nodes.add("%s %s %s".formatted(group.path("desiredCapacity").asInt(), group.path("instanceTypes").path(0).asText(),
                    group.path("spot").asBoolean() ? "spot" : "on-demand"));
        }
        return String.join(", ", nodes);
    }

    private static List<JsonNode> groups(JsonNode cluster) {
        var groups = new ArrayList<JsonNode>();
        cluster.path("managedNodeGroups").forEach(groups::add);
        return groups;
    }

    /** Where nothing is said, eksctl makes one. */
    private static String gateways(JsonNode cluster) {
        return switch (cluster.path("vpc").path("nat").path("gateway").asText("Single")) {
            case "Disable" -> "0";
            case "HighlyAvailable" -> String.valueOf(cluster.path("availabilityZones").size());
            default -> "1";
        };
    }

    private static List<JsonNode> yaml(String path) throws IOException {
        var file = Project.ROOT.resolve(path);
        try (var documents = new YAMLMapper().readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
            return documents.readAll();
        }
    }

    private static Map<String, Map<String, String>> environments() throws IOException {
        return Environments.read(Project.ROOT.resolve("ops/cost/environments.ini"));
    }
}
