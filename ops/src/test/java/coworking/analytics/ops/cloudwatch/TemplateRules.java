package coworking.analytics.ops.cloudwatch;

import com.fasterxml.jackson.databind.JsonNode;
import coworking.analytics.ops.Project;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What CloudFormation would refuse of a template: unknown types and properties, missing ones, and names that lead nowhere. */
final class TemplateRules {

    private static final Map<String, Map<String, String>> TYPES = types();
    private static final Set<String> SECTIONS = Set.of("AWSTemplateFormatVersion", "Description", "Parameters", "Conditions", "Resources",
            "Outputs");
    private static final Set<String> ATTRIBUTES = Set.of("Type", "Properties", "Condition", "DependsOn", "DeletionPolicy",
            "UpdateReplacePolicy", "Metadata");
    private static final Set<String> PSEUDO = Set.of("AWS::Region", "AWS::AccountId", "AWS::Partition", "AWS::StackName", "AWS::NoValue");
    private static final Set<String> FUNCTIONS = Set.of("Ref", "Fn::Sub", "Fn::If", "Fn::Equals", "Fn::And", "Fn::Not", "Condition");
    private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{([^!}][^}]*)}");
    /** More would need a bucket to deploy from. */
    private static final int MOST_BYTES = 51_200;

    private final JsonNode document;
    private final List<String> faults = new ArrayList<>();
    private final Set<String> used = new TreeSet<>();

    private TemplateRules(JsonNode document) {
        this.document = document;
    }

    static List<String> faults(String source) {
        var rules = new TemplateRules(Project.yaml(source));
        rules.demand(source.length() <= MOST_BYTES, "too large to deploy without a bucket");
        rules.sections();
        rules.resources();
        rules.names(rules.document, "template");
        rules.document.path("Parameters").fieldNames().forEachRemaining(
                name -> rules.demand(rules.used.contains(name), "nobody uses the parameter " + name));
        return List.copyOf(rules.faults);
    }

    /** Properties of each type or definition, with what follows them in the list. */
    private static Map<String, Map<String, String>> types() {
        var types = new LinkedHashMap<String, Map<String, String>>();
        Map<String, String> current = new LinkedHashMap<>();
        for (var line : Project.resource("cloudwatch/types.txt")) {
            var words = line.strip();
            if (!line.startsWith(" ")) {
                current = new LinkedHashMap<>();
                types.put(line.substring(0, line.indexOf(" :")), current);
                words = line.substring(line.indexOf(" :") + 2).strip();
            }
            for (var word : words.split(" ", -1)) {
                var name = word.replaceFirst("[!>\\[].*", "");
                current.put(name, word.substring(name.length()));
            }
        }
        return types;
    }

    private void demand(boolean holds, String otherwise) {
        if (!holds) {
            faults.add(otherwise);
        }
    }

    private void sections() {
        document.fieldNames().forEachRemaining(name -> demand(SECTIONS.contains(name), "no section " + name));
        demand(document.path("AWSTemplateFormatVersion").asText().equals("2010-09-09"), "no version of the format");
        demand(!document.path("Resources").isEmpty(), "no resources");
    }

    private void resources() {
        document.path("Resources").properties().forEach(resource -> {
            var type = resource.getValue().path("Type").asText();
            resource.getValue().fieldNames()
                    .forEachRemaining(name -> demand(ATTRIBUTES.contains(name), resource.getKey() + " has no " + name));
            if (TYPES.containsKey(type)) {
                properties(resource.getKey(), type, type, resource.getValue().path("Properties"));
            } else {
                faults.add("no type " + type);
            }
        });
    }

    private void properties(String where, String type, String definition, JsonNode properties) {
        var known = TYPES.getOrDefault(definition, Map.of());
        known.forEach((name, rest) -> demand(!rest.startsWith("!") || properties.has(name), where + " lacks " + name));
        properties.properties().forEach(property -> {
            var name = property.getKey();
            var rest = known.getOrDefault(name, "").replace("!", "");
            demand(known.containsKey(name), where + " has no property " + name);
            if (rest.startsWith(">")) {
                properties(where + "." + name, type, type + "/" + rest.substring(1), property.getValue());
            } else if (rest.startsWith("[")) {
                demand(property.getValue().isArray(), where + "." + name + " is no list");
                property.getValue().forEach(one -> properties(where + "." + name, type, type + "/" + rest.substring(1), one));
            }
        });
    }

    /** Whatever a function or a condition names. */
    private void names(JsonNode node, String where) {
        node.properties().forEach(field -> {
            var value = field.getValue();
            switch (field.getKey()) {
                case "Ref" -> target(value.asText());
                case "Fn::Sub" -> SUBSTITUTION.matcher(value.asText()).results().forEach(match -> target(match.group(1)));
                case "Fn::If" -> condition(value.path(0).asText());
                case "Condition" -> {
                    if (value.isTextual()) {
                        condition(value.asText());
                    }
                }
                default -> demand(!field.getKey().startsWith("Fn::") || FUNCTIONS.contains(field.getKey()),
                        "no function " + field.getKey());
            }
            names(value, field.getKey());
        });
        if (node.isArray()) {
            node.forEach(one -> names(one, where));
        }
    }

    private void target(String name) {
        used.add(name);
        demand(PSEUDO.contains(name) || document.path("Parameters").has(name) || document.path("Resources").has(name),
                "nothing has the name " + name);
    }

    private void condition(String name) {
        demand(document.path("Conditions").has(name), "no condition " + name);
    }
}
