package coworking.analytics.bootstrap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What CloudWatch's specification of the Embedded Metric Format demands of a line ("Embedded metric format structure" in its user
 * guide): what breaks a rule is no metric, and nobody is told.
 */
final class EmfRules {

    private static final Set<String> UNITS = Set.of("Seconds", "Microseconds", "Milliseconds", "Bytes", "Kilobytes", "Megabytes",
            "Gigabytes", "Terabytes", "Bits", "Kilobits", "Megabits", "Gigabits", "Terabits", "Percent", "Count", "Bytes/Second",
            "Kilobytes/Second", "Megabytes/Second", "Gigabytes/Second", "Terabytes/Second", "Bits/Second", "Kilobits/Second",
            "Megabits/Second", "Gigabits/Second", "Terabits/Second", "Count/Second", "None");
    private static final int MOST_BYTES = 256 * 1_024;
    private static final int MOST_METRICS = 100;
    private static final int MOST_VALUES = 100;
    private static final int MOST_DIMENSIONS = 30;
    private static final int LONGEST_NAME = 1_024;

    private final Map<String, Object> root;
    private final List<String> faults = new ArrayList<>();
    private final List<String> metrics = new ArrayList<>();

    private EmfRules(Map<String, Object> root) {
        this.root = root;
    }

    static List<String> faults(String line) {
        return read(line).faults;
    }

    /** The names of the metrics that CloudWatch would make of a line. */
    static List<String> metrics(String line) {
        return read(line).metrics;
    }

    private static EmfRules read(String line) {
        var rules = new EmfRules(StrictJson.object(line));
        rules.demand(line.length() <= MOST_BYTES, "longer than an event of CloudWatch Logs");
        rules.metadata();
        return rules;
    }

    private void metadata() {
        if (!(root.get("_aws") instanceof Map<?, ?> aws)) {
            faults.add("no object _aws");
            return;
        }
        demand(aws.get("Timestamp") instanceof Long millis && millis > 0, "Timestamp is no number of milliseconds");
        if (aws.get("CloudWatchMetrics") instanceof List<?> directives) {
            directives.forEach(directive -> directive((Map<?, ?>) directive));
        } else {
            faults.add("CloudWatchMetrics is no array");
        }
    }

    private void directive(Map<?, ?> directive) {
        demand(isName(directive.get("Namespace")), "no namespace");
        if (directive.get("Dimensions") instanceof List<?> sets && !sets.isEmpty()) {
            sets.forEach(set -> dimensions((List<?>) set));
        } else {
            faults.add("no dimensions");
        }
        if (directive.get("Metrics") instanceof List<?> definitions) {
            demand(definitions.size() <= MOST_METRICS, "more than 100 metrics");
            definitions.forEach(definition -> metric((Map<?, ?>) definition));
        } else {
            faults.add("no metrics");
        }
    }

    private void dimensions(List<?> set) {
        demand(set.size() <= MOST_DIMENSIONS, "more than 30 dimensions");
        for (var dimension : set) {
            demand(root.get(String.valueOf(dimension)) instanceof String text && isName(text), "dimension " + dimension + " is no text");
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
        demand(unit == null || UNITS.contains(String.valueOf(unit)), name + " has the unit " + unit);
        var resolution = definition.get("StorageResolution");
        demand(resolution == null || resolution.equals(1L) || resolution.equals(60L), name + " has the resolution " + resolution);
        demand(isValue(root.get(name)), name + " is no number and no array of 1 to 100 numbers");
    }

    private static boolean isValue(@Nullable Object value) {
        return value instanceof Number || (value instanceof List<?> values && !values.isEmpty() && values.size() <= MOST_VALUES
                && values.stream().allMatch(Number.class::isInstance));
    }

    private static boolean isName(@Nullable Object value) {
        return value instanceof String text && !text.isBlank() && text.length() <= LONGEST_NAME;
    }

    private void demand(boolean holds, String otherwise) {
        if (!holds) {
            faults.add(otherwise);
        }
    }
}
