package coworking.analytics.ops.cloudwatch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import coworking.analytics.ops.Project;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A template of CloudFormation. */
record Template(JsonNode document) {

    static final List<String> NAMES = List.of("logs", "alarms", "dashboard");

    static String source(String name) {
        return Project.text("ops/cloudwatch/" + name + ".yaml");
    }

    static Template named(String name) {
        return new Template(Project.yaml(source(name)));
    }

    JsonNode resources() {
        return document.path("Resources");
    }

    /** The properties of each resource of a type, by its logical name. */
    Map<String, JsonNode> all(String type) {
        return resources().properties().stream().filter(resource -> resource.getValue().path("Type").asText().equals(type))
                .collect(Collectors.toMap(Map.Entry::getKey, resource -> resource.getValue().path("Properties")));
    }

    /** The text of a property that is text or text with something put in. */
    static String text(JsonNode property) {
        return property.isObject() ? property.path("Fn::Sub").asText() : property.asText();
    }

    /** The dashboard, a cluster's name put in. */
    JsonNode dashboard() {
        return all("AWS::CloudWatch::Dashboard").values().stream().findFirst()
                .map(dashboard -> Project.json(text(dashboard.path("DashboardBody")).replace("${ClusterName}", "my-cluster")))
                .orElseGet(JsonNodeFactory.instance::missingNode);
    }
}
