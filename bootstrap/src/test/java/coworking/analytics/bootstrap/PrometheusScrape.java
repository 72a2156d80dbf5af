package coworking.analytics.bootstrap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Prometheus' text format 0.0.4, read strictly: each sample belongs to a family that said its type before, no series comes twice, and
 * buckets of a histogram grow up to its count.
 */
final class PrometheusScrape {

    private static final Pattern TYPE = Pattern.compile("# TYPE ([a-zA-Z_:][\\w:]*) (counter|gauge|histogram|summary|untyped)");
    private static final Pattern HELP = Pattern.compile("# HELP ([a-zA-Z_:][\\w:]*) (.*)");
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? (\\S+)(?: \\d+)?");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]\\w*)=\"((?:[^\"\\\\\n]|\\\\[\\\\\"n])*)\",?");
    private static final Pattern SUFFIX = Pattern.compile("_(bucket|count|sum)$");

    private final Map<String, String> types = new HashMap<>();
    private final Map<String, Double> samples = new LinkedHashMap<>();

    private PrometheusScrape(String text) {
        if (!text.endsWith("\n")) {
            throw new IllegalArgumentException("the last line has no end");
        }
        text.lines().forEach(this::read);
        checkBuckets();
    }

    static PrometheusScrape parse(String text) {
        return new PrometheusScrape(text);
    }

    private void read(String line) {
        var type = TYPE.matcher(line);
        if (type.matches()) {
            check(types.put(type.group(1), type.group(2)) == null, "two types: " + line);
        } else if (!HELP.matcher(line).matches()) {
            var sample = SAMPLE.matcher(line);
            check(sample.matches(), "no sample: " + line);
            sample(line, sample.toMatchResult());
        }
    }

    private void sample(String line, MatchResult sample) {
        var name = sample.group(1);
        check(types.containsKey(name) || belongsToFamily(name), "no type before " + line);
        var key = name + labels(sample.group(2) == null ? "" : sample.group(2));
        check(samples.put(key, number(sample.group(3))) == null, "twice: " + line);
    }

    private boolean belongsToFamily(String name) {
        var type = types.getOrDefault(SUFFIX.matcher(name).replaceFirst(""), "");
        return type.equals("histogram") || (type.equals("summary") && !name.endsWith("_bucket"));
    }

    private static SortedSet<String> labels(String text) {
        var labels = new TreeSet<String>();
        var label = LABEL.matcher(text);
        var end = 0;
        while (label.find()) {
            check(label.start() == end, "no label: " + text);
            check(labels.add(label.group(1) + "=" + label.group(2)), "a label twice: " + text);
            end = label.end();
        }
        check(end == text.length(), "no label: " + text);
        return labels;
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            case "NaN" -> Double.NaN;
            default -> Double.parseDouble(text);
        };
    }

    private void checkBuckets() {
        var last = new HashMap<String, Double>();
        samples.forEach((key, value) -> {
            if (key.contains("_bucket[")) {
                var series = key.replaceFirst("le=[^,\\]]*(, )?", "").replace(", ]", "]");
                check(value >= last.getOrDefault(series, 0.0), "buckets shrink: " + key);
                last.put(series, value);
            }
        });
        last.forEach((series, value) -> check(value.equals(samples.get(series.replaceFirst("_bucket\\[", "_count["))),
                "not all are in the buckets: " + series));
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** The names of samples, those of buckets, counts and sums included. */
    SortedSet<String> names() {
        var names = new TreeSet<String>();
        samples.keySet().forEach(key -> names.add(key.substring(0, key.indexOf('['))));
        return names;
    }

    /** The value of the one series that has these labels among its own; not a number where there is none. */
    double value(String name, String... labels) {
        var found = matching(name, labels);
        check(found.size() <= 1, "more than one: " + name + found);
        return found.isEmpty() ? Double.NaN : found.getFirst();
    }

    /** The sum over all series that have these labels. */
    double sum(String name, String... labels) {
        return matching(name, labels).stream().mapToDouble(Double::doubleValue).sum();
    }

    private List<Double> matching(String name, String... labels) {
        var found = new ArrayList<Double>();
        samples.forEach((key, value) -> {
            var own = List.of(key.substring(key.indexOf('[') + 1, key.length() - 1).split(", ", -1));
            if (key.startsWith(name + "[") && own.containsAll(List.of(labels))) {
                found.add(value);
            }
        });
        return found;
    }
}
