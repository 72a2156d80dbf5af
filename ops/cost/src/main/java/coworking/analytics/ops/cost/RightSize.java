package coworking.analytics.ops.cost;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Proposes a pod's requests and limits by what Container Insights measured. Options give CPU in millicores and memory in MiB; files are
 * the answers that {@code aws cloudwatch get-metric-data} and {@code get-metric-statistics} print.
 */
public final class RightSize {

    /** Percentages of Container Insights are of the node, not of the pod's request. */
    private record NodeSize(double millicores, double mebibytes) {}

    private static final NodeSize T3_SMALL = new NodeSize(2000, 2048);
    private static final NodeSize T3_MEDIUM = new NodeSize(2000, 4096);

    private static final JsonMapper JSON = JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private static final double MEBIBYTE = 1024.0 * 1024.0;
    /** Below this part of the request on every day, the request is too large. */
    private static final double IDLE = 0.5;
    /** Where the autoscaler adds a pod, so where the average may lie without one. */
    private static final double TARGET = 0.7;
    /** A request that is an estimate of tomorrow leaves room; memory cannot be throttled, so more of it. */
    private static final double MEMORY_ROOM = 1.2;
    private static final double LIMIT_ROOM = 1.25;
    private static final double NEAR_THE_LIMIT = 0.8;
    private static final double BUSY = 0.95;
    private static final int LEAST_DAYS = 7;
    private static final int CPU_STEP = 10;
    private static final int MEMORY_STEP = 16;

    /** Samples by the day of their timestamps. */
    private final PrintStream out;
    private final Map<String, List<Double>> cpuAverages = new TreeMap<>();
    private final List<Double> cpuMaxima = new ArrayList<>();
    private final Map<String, List<Double>> memoryMaxima = new TreeMap<>();
    private NodeSize node = T3_MEDIUM;
    private int[] cpu = {250, 500};
    private int[] memory = {128, 256};

    private RightSize(PrintStream out) {
        this.out = out;
    }

    /** Prints what was measured and what it proposes. */
    public static void main(String[] arguments) throws IOException {
        var status = run(System.out, System.err, arguments);
        if (status != 0) {
            System.exit(status);
        }
    }

    /** As {@code main}; returns the status that the process ends with. */
    public static int run(PrintStream out, PrintStream err, String... arguments) throws IOException {
        try {
            new RightSize(out).run(new ArrayList<>(List.of(arguments)));
            return 0;
        } catch (IllegalArgumentException wrong) {
            err.println(wrong.getMessage());
            return 2;
        }
    }

    private void run(List<String> arguments) throws IOException {
        while (!arguments.isEmpty() && arguments.getFirst().startsWith("--")) {
            switch (arguments.removeFirst()) {
                case "--node" -> node = node(next(arguments));
                case "--cpu" -> cpu = new int[]{number(next(arguments)), number(next(arguments))};
                case "--memory" -> memory = new int[]{number(next(arguments)), number(next(arguments))};
                default -> throw new IllegalArgumentException(
                        "right-size [--node TYPE] [--cpu REQUEST LIMIT] [--memory REQUEST LIMIT] FILE...");
            }
        }
        for (var file : arguments) {
            read(json(Files.readString(Path.of(file))));
        }
        report();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException("not JSON: expected a value at character " + malformed.getLocation().getCharOffset(),
                    malformed);
        }
    }

    private static String next(List<String> arguments) {
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException("an option lacks its value");
        }
        return arguments.removeFirst();
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException none) {
            throw new IllegalArgumentException("not a whole number: " + text, none);
        }
    }

    private static NodeSize node(String type) {
        return switch (type) {
            case "t3.small" -> T3_SMALL;
            case "t3.medium" -> T3_MEDIUM;
            default -> throw new IllegalArgumentException("no node type " + type + ": one of [t3.medium, t3.small]");
        };
    }

    // ---- reading

    private void read(JsonNode answer) {
        if (answer.path("MetricDataResults").isArray()) {
            answer.path("MetricDataResults").forEach(this::readSeries);
        } else if (answer.path("Datapoints").isArray()) {
            answer.path("Datapoints").forEach(point -> readPoint(answer.path("Label").asText(), point));
        } else {
            throw new IllegalArgumentException("neither MetricDataResults nor Datapoints in it: not an answer of CloudWatch");
        }
    }

    /** The id carries the statistic, which the answer does not repeat: METRIC_average or METRIC_maximum. */
    private void readSeries(JsonNode series) {
        var id = series.path("Id").asText();
        var cut = id.lastIndexOf('_');
        var metric = cut < 0 ? id : id.substring(0, cut);
        var times = series.path("Timestamps");
        var values = series.path("Values");
        if (!times.isArray() || !values.isArray() || times.size() != values.size()) {
            throw new IllegalArgumentException(id + " has not one value a timestamp");
        }
        for (int i = 0; i < times.size(); i++) {
            take(metric, id.substring(cut + 1), times.path(i), values.path(i));
        }
    }

    private void readPoint(String metric, JsonNode point) {
        take(metric, "average", point.path("Timestamp"), point.path("Average"));
        take(metric, "maximum", point.path("Timestamp"), point.path("Maximum"));
    }

    private void take(String metric, String statistic, JsonNode time, JsonNode value) {
        if (!value.isNumber()) {
            return;
        }
        var number = value.asDouble();
        var day = time.asText().substring(0, 10);
        switch (metric + " " + statistic) {
            case "pod_cpu_utilization average" -> add(cpuAverages, day, number / 100 * node.millicores);
            case "pod_cpu_utilization maximum" -> cpuMaxima.add(number / 100 * node.millicores);
            case "pod_memory_utilization maximum" -> add(memoryMaxima, day, number / 100 * node.mebibytes);
            case "pod_memory_working_set maximum" -> add(memoryMaxima, day, number / MEBIBYTE);
            case "pod_memory_utilization average", "pod_memory_working_set average" -> {}
            default -> throw new IllegalArgumentException("what is " + metric + " (" + statistic + ")?");
        }
    }

    private static void add(Map<String, List<Double>> samples, String day, double value) {
        samples.computeIfAbsent(day, first -> new ArrayList<>()).add(value);
    }

    // ---- deciding

    private void report() {
        if (cpuAverages.isEmpty() || memoryMaxima.isEmpty()) {
            throw new IllegalArgumentException("no samples of pod_cpu_utilization's average, or none of the memory's maximum");
        }
        var days = Math.min(cpuAverages.size(), memoryMaxima.size());
        out.printf(Locale.ROOT, "%d days measured%s%n", days, days < LEAST_DAYS ? ": too few to reduce anything, a week has to pass" : "");
        var enough = days >= LEAST_DAYS;
        out.printf(Locale.ROOT, "%-8s %10s %10s %12s %10s %10s%n", "", "average", "highest", "percentile", "request", "limit");
        var wanted = new LinkedHashMap<String, String>();
        wanted.putAll(cpu(enough));
        wanted.putAll(memory(enough));
        wanted.forEach((what, text) -> out.println(what + ": " + text));
    }

    private Map<String, String> cpu(boolean enough) {
        var all = all(cpuAverages);
        var average = average(all);
        var busy = percentile(all, BUSY);
        var highest = Math.max(highest(all), cpuMaxima.isEmpty() ? 0 : highest(cpuMaxima));
        out.printf(Locale.ROOT, "%-8s %9.0fm %9.0fm %11.0fm %9dm %9dm%n", "CPU", average, highest, busy, cpu[0], cpu[1]);
        var idle = cpuAverages.values().stream().allMatch(day -> average(day) < IDLE * cpu[0]);
        var request = up(Math.max(busy, average / TARGET), CPU_STEP);
        var limit = highest > NEAR_THE_LIMIT * cpu[1] ? up(highest * LIMIT_ROOM, CPU_STEP) : cpu[1];
        var verdict = new LinkedHashMap<String, String>();
        verdict.put("CPU request", verdict(idle && enough, "m", cpu[0], request, "below half of the request on every day"));
        verdict.put("CPU limit", limit > cpu[1]
                ? "raise it from " + cpu[1] + "m to " + limit + "m: more than four fifths of it were used"
                : "keep " + cpu[1] + "m: a JVM that starts uses all that it is given, and a lower limit makes rollouts slower");
        return verdict;
    }

    private Map<String, String> memory(boolean enough) {
        var all = all(memoryMaxima);
        var highest = highest(all);
        out.printf(Locale.ROOT, "%-8s %8.0fMi %8.0fMi %10.0fMi %8dMi %8dMi%n",
                "memory", average(all), highest, percentile(all, BUSY), memory[0], memory[1]);
        var idle = memoryMaxima.values().stream().allMatch(day -> average(day) < IDLE * memory[0]);
        var request = up(highest * MEMORY_ROOM, MEMORY_STEP);
        var limit = highest > NEAR_THE_LIMIT * memory[1] ? up(highest * LIMIT_ROOM, MEMORY_STEP) : memory[1];
        var verdict = new LinkedHashMap<String, String>();
        verdict.put("memory request", verdict(idle && enough, "Mi", memory[0], Math.min(request, limit),
                "below half of the request on every day"));
        verdict.put("memory limit", limit > memory[1]
                ? "raise it from " + memory[1] + "Mi to " + limit + "Mi: more than four fifths of it were used"
                : "keep " + memory[1] + "Mi: the heap is half of it, so a lower limit is a smaller heap");
        return verdict;
    }

    /** What was needed more than is requested, too little: no week has to pass for that. */
    private static String verdict(boolean idle, String unit, int now, int wanted, String why) {
        if (wanted > now) {
            return "raise it from " + now + unit + " to " + wanted + unit + ": more than that was used";
        }
        return idle && wanted < now
                ? "reduce it from " + now + unit + " to " + wanted + unit + ": " + why
                : "keep " + now + unit;
    }

    // ---- arithmetic

    private static List<Double> all(Map<String, List<Double>> samples) {
        return samples.values().stream().flatMap(List::stream).toList();
    }

    private static double average(List<Double> samples) {
        return samples.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }

    private static double highest(List<Double> samples) {
        return samples.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }

    private static double percentile(List<Double> samples, double part) {
        var sorted = samples.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted[(int) Math.ceil(part * sorted.length) - 1];
    }

    /** To the next step; what binary fractions add does not count. */
    private static int up(double value, int step) {
        return (int) Math.ceil(value / step - 1e-9) * step;
    }
}
