package coworking.analytics.bootstrap.telemetry;

import coworking.analytics.bootstrap.logging.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What CloudWatch's specification of the Embedded Metric Format demands of a line ("Embedded metric format structure" in its user
 * guide): CloudWatch silently drops what breaks a rule.
 */
public final class EmfSpecification {

    private static final Set<String> UNITS = Set.of("Seconds", "Microseconds", "Milliseconds", "Bytes", "Kilobytes", "Megabytes",
            "Gigabytes", "Terabytes", "Bits", "Kilobits", "Megabits", "Gigabits", "Terabits", "Percent", "Count", "Bytes/Second",
            "Kilobytes/Second", "Megabytes/Second", "Gigabytes/Second", "Terabytes/Second", "Bits/Second", "Kilobits/Second",
            "Megabits/Second", "Gigabits/Second", "Terabits/Second", "Count/Second", "None");
    private static final int MAX_BYTES = 256 * 1_024;
    private static final int MAX_METRICS = 100;
    private static final int MAX_VALUES = 100;
    private static final int MAX_DIMENSIONS = 30;
    private static final int MAX_NAME_LENGTH = 1_024;

    private final Map<String, Object> root;
    private final List<String> faults = new ArrayList<>();
    private final List<String> metrics = new ArrayList<>();

    private EmfSpecification(Map<String, Object> root) {
        this.root = root;
    }

    public static List<String> faults(String line) {
        return read(line).faults;
    }

    /** The names of the metrics that CloudWatch would make of a line. */
    static List<String> metrics(String line) {
        return read(line).metrics;
    }

    private static EmfSpecification read(String line) {
        var rules = new EmfSpecification(StrictJson.parseObject(line));
        rules.check(line.length() <= MAX_BYTES, "longer than an event of CloudWatch Logs");
        rules.metadata();
        return rules;
    }

    private void metadata() {
        if (!(root.get("_aws") instanceof Map<?, ?> aws)) {
            faults.add("no object _aws");
            return;
        }
        check(aws.get("Timestamp") instanceof Long millis && millis > 0, "Timestamp is no number of milliseconds");
        if (aws.get("CloudWatchMetrics") instanceof List<?> directives) {
            directives.forEach(directive -> directive((Map<?, ?>) directive));
        } else {
            faults.add("CloudWatchMetrics is no array");
        }
    }

    private void directive(Map<?, ?> directive) {
        check(isName(directive.get("Namespace")), "no namespace");
        if (directive.get("Dimensions") instanceof List<?> sets && !sets.isEmpty()) {
            sets.forEach(set -> dimensions((List<?>) set));
        } else {
            faults.add("no dimensions");
        }
        if (directive.get("Metrics") instanceof List<?> definitions) {
            check(definitions.size() <= MAX_METRICS, "more than 100 metrics");
            definitions.forEach(definition -> metric((Map<?, ?>) definition));
        } else {
            faults.add("no metrics");
        }
    }

    private void dimensions(List<?> set) {
        check(set.size() <= MAX_DIMENSIONS, "more than 30 dimensions");
        for (var dimension : set) {
            check(root.get(String.valueOf(dimension)) instanceof String text && isName(text), "dimension " + dimension + " is no text");
        }
    }

    private void metric(Map<?, ?> definition) {
        if (!isName(definition.get("Name"))) {
            faults.add("a metric has no name");
            return;
        }
        var name = String.valueOf(definition.get("Name"));
        metrics.add(name);
        var unit = definition.get("Unit");
        check(unit == null || UNITS.contains(String.valueOf(unit)), name + " has the unit " + unit);
        var resolution = definition.get("StorageResolution");
        check(resolution == null || resolution.equals(1L) || resolution.equals(60L), name + " has the resolution " + resolution);
        check(isValue(root.get(name)), name + " is no number and no array of 1 to 100 numbers");
    }

    private static boolean isValue(@Nullable Object value) {
        return value instanceof Number || (value instanceof List<?> values && !values.isEmpty() && values.size() <= MAX_VALUES
                && values.stream().allMatch(Number.class::isInstance));
    }

    private static boolean isName(@Nullable Object value) {
        return value instanceof String text && !text.isBlank() && text.length() <= MAX_NAME_LENGTH;
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            faults.add(otherwise);
        }
    }
}
