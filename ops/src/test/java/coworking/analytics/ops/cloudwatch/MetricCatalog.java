package coworking.analytics.ops.cloudwatch;

import com.fasterxml.jackson.databind.JsonNode;
import coworking.analytics.ops.Project;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The figures of metrics.txt, and which of them a file names. */
final class MetricCatalog {

    private static final Pattern SELECTOR = Pattern.compile("([A-Za-z_:][\\w:]*)\\{([^}]*)}");
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|without|on|ignoring)\\s*\\(([^)]*)\\)");
    private static final Pattern NAME = Pattern.compile("(?<![\\w:$.])([A-Za-z_:][\\w:]*)(?!\\w*\\s*\\()");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "inf", "nan", "offset");
    /** What Prometheus adds to whatever it scrapes. */
    private static final Set<String> TARGET = Set.of("pod", "namespace", "container", "job", "instance", "le");

    /**
     * A figure.
     *
     * @param name as it is listed
     * @param type of a scraped one; the unit or namespace of another
     * @param details labels or sets of dimensions
     * @param always whether it is there from the start
     */
    record ListedMetric(String name, String type, List<String> details, boolean always) {

        /** The names of its series. */
        Set<String> series() {
            return switch (type) {
                case "histogram" -> Set.of(name + "_bucket", name + "_count", name + "_sum");
                case "summary" -> Set.of(name + "_count", name + "_sum");
                default -> Set.of(name);
            };
        }
    }

    /** In place of one that is not listed. */
    static final ListedMetric NONE = new ListedMetric("", "", List.of(), false);

    private MetricCatalog() {}

    /** By name, those whose line begins with a word. */
    static Map<String, ListedMetric> listed(String kind) {
        var listed = new TreeMap<String, ListedMetric>();
        Project.resource("cloudwatch/metrics.txt").stream().map(line -> line.split(" ", -1)).filter(words -> words[0].equals(kind))
                .forEach(words -> listed.put(words[1].replace("?", ""), new ListedMetric(
                        words[1].replace("?", ""), words[2], List.of(words).subList(3, words.length), !words[1].endsWith("?"))));
        return listed;
    }

    // ---- Prometheus

    static Map<String, ListedMetric> listedSeries() {
        var series = new TreeMap<String, ListedMetric>();
        for (var kind : List.of("scrape", "cluster")) {
            listed(kind).values().forEach(metric -> metric.series().forEach(one -> series.put(one, metric)));
        }
        return series;
    }

    /** The series that an expression names. */
    static Set<String> named(String expression) {
        var bare = GROUPING.matcher(expression.replaceAll("\"[^\"]*\"", "").replaceAll("\\{[^}]*}|\\[[^]]*]", "")).replaceAll(" ");
        return NAME.matcher(bare).results().map(match -> match.group(1)).filter(name -> !WORDS.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What is wrong with the names and labels of an expression; recorded ones are given. */
    static List<String> faults(String expression, Set<String> recorded) {
        var listed = listedSeries();
        var faults = new ArrayList<String>();
        var labels = new TreeSet<>(TARGET);
        for (var name : named(expression)) {
            if (listed.containsKey(name)) {
                labels.addAll(listed.getOrDefault(name, NONE).details());
            } else if (!recorded.contains(name)) {
                faults.add("no series " + name);
            }
        }
        SELECTOR.matcher(expression).results().forEach(match -> labels(match).filter(label -> !TARGET.contains(label)
                && !listed.getOrDefault(match.group(1), NONE).details().contains(label))
                .forEach(label -> faults.add(match.group(1) + " has no label " + label)));
        GROUPING.matcher(expression).results().flatMap(match -> Arrays.stream(match.group(1).split(",", -1)).map(String::strip))
                .filter(label -> !labels.contains(label)).forEach(label -> faults.add("no label " + label + " to group by"));
        return faults;
    }

    private static Stream<String> labels(MatchResult selector) {
        return Arrays.stream(selector.group(2).replaceAll("\"[^\"]*\"", "").split(",", -1))
                .map(matcher -> matcher.replaceFirst("[=!~]+.*", "").strip()).filter(label -> !label.isEmpty());
    }

    // ---- CloudWatch

    /** What is wrong with a metric of CloudWatch. */
    static List<String> faults(String namespace, String name, Set<String> dimensions, Set<String> filtered) {
        var faults = new ArrayList<String>();
        if (namespace.startsWith("Coworking/Analytics")) {
            if (!filtered.contains(name) && !listed("emf").containsKey(name)) {
                faults.add("the service writes no " + name);
            } else if (!dimensions.equals(filtered.contains(name) ? Set.of() : Set.of("cluster", "service"))) {
                faults.add(name + " has other dimensions than " + dimensions);
            } else if (filtered.contains(name) != namespace.startsWith("Coworking/Analytics/")) {
                faults.add(name + " is not of " + namespace);
            }
        } else {
            var metric = listed("aws").getOrDefault(name, NONE);
            if (!metric.type().equals(namespace)) {
                faults.add(namespace + " has no " + name);
            } else if (metric.details().stream().noneMatch(set -> Set.of(set.split(",", -1)).equals(dimensions))) {
                faults.add(name + " has other dimensions than " + dimensions);
            }
        }
        return faults;
    }

    /** The metrics that filters make of log lines. */
    static Set<String> filtered() {
        var made = new TreeSet<String>();
        Template.named("dashboard").all("AWS::Logs::MetricFilter").values().forEach(filter -> filter.path("MetricTransformations")
                .forEach(transformation -> made.add(transformation.path("MetricName").asText())));
        return made;
    }

    /** Of a dashboard: each metric as its namespace, its name and its dimensions. */
    static List<String> faultsOfDashboard(JsonNode dashboard) {
        var faults = new ArrayList<String>();
        dashboard.path("widgets").forEach(widget -> widget.path("properties").path("metrics").forEach(metric -> {
            if (metric.path(0).isTextual()) {
                var dimensions = new TreeSet<String>();
                for (int i = 2; i < metric.size() - 1; i += 2) {
                    dimensions.add(metric.path(i).asText());
                }
                faults.addAll(faults(metric.path(0).asText(), metric.path(1).asText(), dimensions, filtered()));
            }
        }));
        return faults;
    }

    static List<String> faultsOfAlarms(Template template) {
        var faults = new ArrayList<String>();
        for (var alarm : Alarms.of(template)) {
            if (alarm.properties().has("MetricName")) {
                faults.addAll(faultsOf(alarm.properties()));
            }
            alarm.properties().path("Metrics").forEach(query -> {
                if (query.has("MetricStat")) {
                    faults.addAll(faultsOf(query.path("MetricStat").path("Metric")));
                }
            });
        }
        return faults;
    }

    private static List<String> faultsOf(JsonNode metric) {
        var dimensions = new TreeSet<String>();
        metric.path("Dimensions").forEach(dimension -> dimensions.add(dimension.path("Name").asText()));
        return faults(metric.path("Namespace").asText(), metric.path("MetricName").asText(), dimensions, filtered());
    }
}
