import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What a log says in the embedded metric format: values by namespace, name and dimensions, and by the second they are of. */
final class Figures {

    private final Map<String, NavigableMap<Long, List<Double>>> series = new HashMap<>();
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private int lines;

    boolean isEmpty() {
        return lines == 0;
    }

    int lines() {
        return lines;
    }

    /** In seconds since 1970. */
    long first() {
        return first;
    }

    long last() {
        return last;
    }

    void read(String line) {
        if (!line.contains("\"_aws\"")) {
            return;
        }
        if (!(Json.read(line.substring(line.indexOf('{'))) instanceof Map<?, ?> event && event.get("_aws") instanceof Map<?, ?> about
                && about.get("Timestamp") instanceof Double milliseconds && about.get("CloudWatchMetrics") instanceof List<?> directives)) {
            throw new IllegalArgumentException("no embedded metrics: " + line);
        }
        var second = (long) (milliseconds / 1000);
        first = Math.min(first, second);
        last = Math.max(last, second);
        lines++;
        directives.forEach(directive -> take((Map<?, ?>) directive, event, second));
    }

    private void take(Map<?, ?> directive, Map<?, ?> event, long second) {
        for (var dimensions : (List<?>) directive.get("Dimensions")) {
            var where = new TreeMap<String, String>();
            ((List<?>) dimensions).forEach(name -> where.put(String.valueOf(name), String.valueOf(event.get(name))));
            for (var metric : (List<?>) directive.get("Metrics")) {
                var name = String.valueOf(((Map<?, ?>) metric).get("Name"));
                var values = series.computeIfAbsent(key(String.valueOf(directive.get("Namespace")), name, where), key -> new TreeMap<>())
                        .computeIfAbsent(second, key -> new ArrayList<>());
                add(values, event.get(name));
            }
        }
    }

    private static void add(List<Double> values, Object value) {
        switch (value) {
            case Double number -> values.add(number);
            case List<?> numbers -> numbers.forEach(number -> add(values, number));
            case null, default -> { }
        }
    }

    private static String key(String namespace, String name, Map<String, String> dimensions) {
        return namespace + " " + name + " " + new TreeMap<>(dimensions);
    }

    /** A statistic of each period that has values, by the period's first second. */
    NavigableMap<Long, Double> of(String namespace, String name, Map<String, String> dimensions, String statistic, int period) {
        var periods = new TreeMap<Long, List<Double>>();
        series.getOrDefault(key(namespace, name, dimensions), new TreeMap<>()).forEach((second, values) -> periods
                .computeIfAbsent(second - second % period, start -> new ArrayList<>()).addAll(values));
        var figures = new TreeMap<Long, Double>();
        periods.forEach((start, values) -> {
            if (!values.isEmpty()) {
                figures.put(start, statistic(statistic, values));
            }
        });
        return figures;
    }

    private static double statistic(String name, List<Double> values) {
        var sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return switch (name) {
            case "Sum" -> values.stream().mapToDouble(Double::doubleValue).sum();
            case "Average" -> values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
            case "Minimum" -> sorted[0];
            case "Maximum" -> sorted[sorted.length - 1];
            case "SampleCount" -> sorted.length;
            default -> {
                if (!name.matches("p\\d+(\\.\\d+)?")) {
                    throw new IllegalArgumentException("no statistic " + name);
                }
                yield sorted[Math.max(0, (int) Math.ceil(Double.parseDouble(name.substring(1)) / 100 * sorted.length) - 1)];
            }
        };
    }
}
