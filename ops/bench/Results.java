import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Turns the records of a run into a Markdown table, JSON and, where a docs directory is named too, the page and the plot in it.
 * {@code java ops/bench/Results.java RESULTS-DIRECTORY [DOCS-DIRECTORY]}; reads results.tsv and machine.txt.
 */
final class Results {

    private static final String BEGIN = "<!-- written by ops/bench/run -->";
    private static final String END = "<!-- end of what ops/bench/run writes -->";
    private static final List<String> MODES = List.of("plain", "rolled-up");
    private static final List<String> REPORTS = List.of("daily_usage", "user_visits");

    record Measured(String data, long tokens, String what, String mode, String metric, double value) {

        static Measured parse(String line) {
            var cells = line.split("\t", -1);
            return new Measured(cells[0], Long.parseLong(cells[1]), cells[2], cells[3], cells[4], Double.parseDouble(cells[5]));
        }
    }

    private final List<Measured> all;
    private final List<String> machine;

    private Results(List<Measured> all, List<String> machine) {
        this.all = all;
        this.machine = machine;
    }

    public static void main(String[] arguments) throws IOException {
        Locale.setDefault(Locale.ROOT);
        var from = Path.of(arguments[0]);
        var results = new Results(
                Files.readAllLines(from.resolve("results.tsv")).stream().filter(line -> line.contains("\t")).map(Measured::parse).toList(),
                Files.readAllLines(from.resolve("machine.txt")));
        Files.writeString(from.resolve("results.md"), results.markdown());
        Files.writeString(from.resolve("results.json"), results.json());
        System.out.print(results.markdown());
        if (arguments.length > 1) {
            results.publish(Path.of(arguments[1]));
        }
    }

    private void publish(Path docs) throws IOException {
        Files.writeString(docs.resolve("performance.svg"), new Plot(this).svg());
        var page = docs.resolve("performance.md");
        var text = Files.readString(page);
        var begin = text.indexOf(BEGIN);
        var end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException(page + " has lost the two comments between which results belong");
        }
        Files.writeString(page, text.substring(0, begin) + BEGIN + "\n\n" + markdown() + "\n" + text.substring(end));
    }

    // ---- the table

    String markdown() {
        var rows = new LinkedHashMap<List<String>, List<Measured>>();
        all.forEach(one -> rows.computeIfAbsent(List.of(one.data, one.what), key -> new ArrayList<>()).add(one));
        var text = new StringBuilder();
        machine.forEach(line -> text.append("- ").append(line).append('\n'));
        text.append("\n| data | measured | plain | rolled-up | rolled-up : plain |\n|---|---|--:|--:|--:|\n");
        rows.forEach((row, measured) -> text.append("| %s | %s | %s | %s | %s |\n".formatted(
                row.get(0), row.get(1), cell(of(measured, "plain")), cell(of(measured, "rolled-up")), ratios(measured))));
        return text.append(flatness()).toString();
    }

    private static Map<String, Double> of(List<Measured> measured, String mode) {
        return measured.stream().filter(one -> one.mode.equals(mode))
                .collect(Collectors.toMap(Measured::metric, Measured::value, (first, last) -> last, LinkedHashMap::new));
    }

    /** "1,030 /s, p50 15 ms, p99 38 ms" */
    private static String cell(Map<String, Double> values) {
        return values.entrySet().stream()
                .map(one -> {
                    var metric = one.getKey();
                    var space = metric.lastIndexOf(' ');
                    return space < 0
                            ? metric.equals("failed") ? "**" + number(one.getValue()) + " failed**" : number(one.getValue()) + " " + metric
                            : metric.substring(0, space) + " " + number(one.getValue()) + metric.substring(space);
                })
                .collect(Collectors.joining(", "));
    }

    private static String ratios(List<Measured> measured) {
        var plain = of(measured, "plain");
        var rolledUp = of(measured, "rolled-up");
        return plain.entrySet().stream()
                .filter(one -> one.getValue() > 0 && rolledUp.containsKey(one.getKey()))
                .map(one -> number(rolledUp.get(one.getKey()) / one.getValue()) + "x")
                .collect(Collectors.joining(", "));
    }

    static String number(double value) {
        return value >= 100 ? "%,.0f".formatted(value) : value >= 10 ? "%.1f".formatted(value) : "%.2f".formatted(value);
    }

    /** What the same report costs on many tokens and on few, where days and users are the same. */
    private String flatness() {
        var text = new StringBuilder("\n| same days and users, many tokens : few | plain | rolled-up |\n|---|--:|--:|\n");
        for (var report : REPORTS) {
            for (var what : List.of(report + " after a write", report + ", 16 connections")) {
                text.append("| %s | %s | %s |\n".formatted(
                        what + (what.endsWith("write") ? " (ms)" : " (requests a second)"), flatness(what, "plain"), flatness(what, "rolled-up")));
            }
        }
        return text.toString();
    }

    private String flatness(String what, String mode) {
        var few = value("flat, few", what, mode);
        var many = value("flat, many", what, mode);
        return few > 0 && many > 0 ? number(many / few) + "x" : "";
    }

    private double value(String data, String what, String mode) {
        return all.stream()
                .filter(one -> one.data.equals(data) && one.what.equals(what) && one.mode.equals(mode) && !one.metric.contains(" "))
                .mapToDouble(Measured::value).findFirst().orElse(0);
    }

    // ---- JSON

    private String json() {
        return "{\"machine\":[%s],\n\"measured\":[\n%s\n]}\n".formatted(
                machine.stream().map(Results::quoted).collect(Collectors.joining(",")),
                all.stream()
                        .map(one -> "{\"data\":%s,\"tokens\":%d,\"what\":%s,\"mode\":%s,\"metric\":%s,\"value\":%s}".formatted(
                                quoted(one.data), one.tokens, quoted(one.what), quoted(one.mode), quoted(one.metric), one.value))
                        .collect(Collectors.joining(",\n")));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\t", " ") + '"';
    }

    // ---- the plot

    /** Requests a second over tokens, at 16 connections, both axes logarithmic. */
    private static final class Plot {

        /** The same users and days in all of them; others would draw a line through what has nothing to do with it. */
        private static final List<String> COMPARABLE = List.of("flat, few", "1 million tokens", "flat, many");

        private static final int WIDTH = 720, HEIGHT = 420, LEFT = 70, RIGHT = 190, TOP = 40, BOTTOM = 50;

        private final Map<String, TreeMap<Long, Double>> lines = new LinkedHashMap<>();
        private final StringBuilder svg = new StringBuilder();
        private double fewest = Double.MAX_VALUE, most, lowest = Double.MAX_VALUE, highest;

        Plot(Results results) {
            for (var report : REPORTS) {
                for (var mode : MODES) {
                    results.all.stream()
                            .filter(one -> COMPARABLE.contains(one.data) && one.what.equals(report + ", 16 connections") && one.mode.equals(mode)
                                    && one.metric.equals("/s") && one.value > 0)
                            .forEach(one -> add(report + ", " + mode, one));
                }
            }
        }

        private void add(String line, Measured one) {
            lines.computeIfAbsent(line, key -> new TreeMap<>()).put(one.tokens, one.value);
            fewest = Math.min(fewest, decadeBelow(one.tokens));
            most = Math.max(most, Math.ceil(Math.log10(one.tokens)));
            lowest = Math.min(lowest, decadeBelow(one.value));
            highest = Math.max(highest, Math.ceil(Math.log10(one.value) + 0.01));
        }

        private static double decadeBelow(double value) {
            return Math.floor(Math.log10(value));
        }

        private double x(double log) {
            return LEFT + (log - fewest) / Math.max(1, most - fewest) * (WIDTH - LEFT - RIGHT);
        }

        private double y(double log) {
            return HEIGHT - BOTTOM - (log - lowest) / Math.max(1, highest - lowest) * (HEIGHT - TOP - BOTTOM);
        }

        String svg() {
            svg.append("""
                    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12" role="img">
                    <title>Requests a second by number of tokens, 16 connections</title>
                    <rect width="100%%" height="100%%" fill="#fff"/>
                    """.formatted(WIDTH, HEIGHT));
            text(LEFT, 22, "start", "#222", "Requests a second by number of tokens, 16 connections, the same users and days");
            if (!lines.isEmpty()) {
                axes();
                int index = 0;
                for (var line : lines.entrySet()) {
                    draw(line.getKey(), line.getValue(), index++);
                }
            }
            return svg.append("</svg>\n").toString();
        }

        private void axes() {
            for (double log = lowest; log <= highest; log++) {
                rule(LEFT, y(log), WIDTH - RIGHT, y(log));
                text(LEFT - 8, y(log) + 4, "end", "#555", label(log));
            }
            for (double log = fewest; log <= most; log++) {
                rule(x(log), TOP, x(log), HEIGHT - BOTTOM);
                text(x(log), HEIGHT - BOTTOM + 18, "middle", "#555", label(log));
            }
            text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 10, "middle", "#555", "tokens");
        }

        private static String label(double log) {
            return log < 0 ? String.valueOf(Math.pow(10, log)) : "%,.0f".formatted(Math.pow(10, log));
        }

        private void draw(String name, TreeMap<Long, Double> points, int index) {
            var colour = name.startsWith("daily") ? "#0b6e99" : "#b4500b";
            var dash = name.endsWith("plain") ? " stroke-dasharray=\"5 4\"" : "";
            svg.append("<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\"%s points=\"%s\"/>\n".formatted(colour, dash,
                    points.entrySet().stream()
                            .map(point -> "%.1f,%.1f".formatted(x(Math.log10(point.getKey())), y(Math.log10(point.getValue()))))
                            .collect(Collectors.joining(" "))));
            points.forEach((tokens, rate) -> svg.append("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>\n".formatted(
                    x(Math.log10(tokens)), y(Math.log10(rate)), colour)));
            var legend = TOP + 14 + index * 22;
            svg.append("<path d=\"M%d %dh28\" stroke=\"%s\" stroke-width=\"2\"%s/>\n".formatted(WIDTH - RIGHT + 16, legend - 4, colour, dash));
            text(WIDTH - RIGHT + 50, legend, "start", "#222", name);
        }

        private void rule(double x1, double y1, double x2, double y2) {
            svg.append("<path d=\"M%.1f %.1fL%.1f %.1f\" stroke=\"#ddd\"/>\n".formatted(x1, y1, x2, y2));
        }

        private void text(double x, double y, String anchor, String colour, String text) {
            svg.append("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>\n".formatted(x, y, anchor, colour, text));
        }
    }
}
