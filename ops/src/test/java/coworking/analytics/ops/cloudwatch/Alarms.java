package coworking.analytics.ops.cloudwatch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The alarms of alarms.yaml. */
final class Alarms {

    private Alarms() {}

    /**
     * @param id its logical name
     * @param name without the cluster's
     */
    record Alarm(String id, String name, JsonNode properties) {

        String description() {
            return properties.path("AlarmDescription").asText();
        }

        /** Where its description sends whoever is told. */
        String anchor() {
            return description().replaceFirst(".*ops/README\\.md#", "");
        }

        boolean tells() {
            return !properties.path("AlarmActions").isEmpty();
        }

        boolean composite() {
            return properties.has("AlarmRule");
        }

        /** How many metrics it is billed for. */
        int metrics() {
            var stats = 0;
            for (var query : properties.path("Metrics")) {
                stats += query.has("MetricStat") ? 1 : 0;
            }
            return Math.max(1, stats);
        }
    }

    static List<Alarm> of(Template template) {
        var alarms = new ArrayList<Alarm>();
        for (var type : List.of("AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm")) {
            template.all(type).forEach((id, properties) -> alarms.add(new Alarm(id,
                    Template.text(properties.path("AlarmName")).replace("${ClusterName}-", ""), properties)));
        }
        return alarms;
    }

    static List<Alarm> all() {
        return of(Template.named("alarms"));
    }

    static List<Alarm> telling() {
        return all().stream().filter(Alarm::tells).toList();
    }
}
