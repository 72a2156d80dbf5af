import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Turns the records of a run into a Markdown table, JSON and, where a docs directory is named too, the page and the plot in it.
 * {@code java ops/bench/Results.java RESULTS-DIRECTORY [DOCS-DIRECTORY]}; reads results.tsv and machine.txt.
 */
final class Results {

    private static final String BEGIN = "<!-- written by ops/bench/run -->";
    private static final String END = "<!-- end of what ops/bench/run writes -->";
    private static final List<String> MODES = List.of("original", "plain", "rolled-up");
    private static final List<String> LEDGERS = List.of("plain", "rolled-up");
    private static final List<String> REPORTS = List.of("daily_usage", "user_visits");

    /** With what resources of v1 begin. */
    private static final String RESOURCE = "v1 ";

    /** What no ratio is made of. */
    private static final List<String> SIZES = List.of("bytes", "rows");

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

    // ---- the tables

    String markdown() {
        var text = new StringBuilder();
        machine.forEach(line -> text.append("- ").append(line).append('\n'));
        return text.append(goals()).append(everything()).append(flatness()).append(resources()).toString();
    }

    /** All but the resources of v1, of which there are too many for rows of their own. */
    private String everything() {
        var rows = new LinkedHashMap<List<String>, List<Measured>>();
        // The original comes last: it has not all rows, and those that it has would come before the others.
        all.stream().filter(one -> !one.what.startsWith(RESOURCE)).sorted(Comparator.comparing(one -> one.mode.equals("original")))
                .forEach(one -> rows.computeIfAbsent(List.of(label(one), one.what), key -> new ArrayList<>()).add(one));
        var text = new StringBuilder("\nRatios stand in the order of the figures that they are made of.\n"
                + "\n| data | measured | original | plain | rolled-up | rolled-up : plain | rolled-up : original |\n"
                + "|---|---|--:|--:|--:|--:|--:|\n");
        rows.forEach((row, measured) -> text.append("| %s | %s | %s | %s | %s |\n".formatted(row.get(0), row.get(1),
                MODES.stream().map(mode -> cell(of(measured, mode))).collect(Collectors.joining(" | ")),
                ratios(measured, "plain"), ratios(measured, "original"))));
        return text.toString();
    }

    private static String label(Measured one) {
        return one.data.endsWith(" tokens") ? one.data : "%s (%,d tokens)".formatted(one.data, one.tokens);
    }

    private String label(String data) {
        return all.stream().filter(one -> one.data.equals(data)).findFirst().map(Results::label).orElse(data);
    }

    private static Map<String, Double> of(List<Measured> measured, String mode) {
        return measured.stream().filter(one -> one.mode.equals(mode))
                .collect(Collectors.toMap(Measured::metric, Measured::value, (first, last) -> last, LinkedHashMap::new));
    }

    /** "1,030 /s, p50 15 ms, p99 38 ms" */
    private static String cell(Map<String, Double> values) {
        // Whoever asks a killed service fails any number of times.
        return values.entrySet().stream()
                .filter(one -> !(one.getKey().equals("failed") && values.containsKey("killed")))
                .map(one -> cell(one.getKey(), one.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String cell(String metric, double value) {
        var space = metric.lastIndexOf(' ');
        return switch (metric) {
            case "failed" -> "**%,.0f failed**".formatted(value);
            case "killed" -> "**killed**";
            case "status" -> "**status %.0f**".formatted(value);
            case "no answer in s" -> "**none in %.0f s**".formatted(value);
            case "bytes", "rows" -> "%,.0f %s".formatted(value, metric);
            default -> space < 0 ? number(value) + " " + metric : metric.substring(0, space) + " " + number(value) + metric.substring(space);
        };
    }

    private static String ratios(List<Measured> measured, String base) {
        var before = of(measured, base);
        var rolledUp = of(measured, "rolled-up");
        return before.entrySet().stream()
                .filter(one -> one.getValue() > 0 && rolledUp.containsKey(one.getKey()) && !SIZES.contains(one.getKey()))
                .map(one -> ratio(rolledUp.get(one.getKey()) / one.getValue()))
                .collect(Collectors.joining(", "));
    }

    static String number(double value) {
        return value >= 100 ? "%,.0f".formatted(value) : value >= 10 ? "%.1f".formatted(value) : "%.2f".formatted(value);
    }

    /** Two digits that say something, however small it is. */
    private static String ratio(double value) {
        return (value >= 0.1 ? number(value) : new BigDecimal(value).round(new MathContext(2, RoundingMode.HALF_UP)).toPlainString()) + "x";
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
        var quotient = quotient(value("flat, many", what, mode), value("flat, few", what, mode));
        return quotient.isPresent() ? ratio(quotient.getAsDouble()) : "";
    }


    private double value(String data, String what, String mode) {
        return value(data, what, mode, "/s", "ms", "MiB");
    }

    private double value(String data, String what, String mode, String... metrics) {
        return all.stream()
                .filter(one -> one.data.equals(data) && one.what.equals(what) && one.mode.equals(mode) && List.of(metrics).contains(one.metric))
                .mapToDouble(Measured::value).reduce((first, last) -> last).orElse(0);
    }

    /** A row a resource: milliseconds of an answer after a write, on all data, and its bytes where there are the most. */
    private String resources() {
        var rows = all.stream().filter(one -> one.what.startsWith(RESOURCE)).collect(
                Collectors.groupingBy(Measured::what, LinkedHashMap::new, Collectors.toList()));
        if (rows.isEmpty()) {
            return "";
        }
        var data = rows.values().stream().flatMap(List::stream).map(Measured::data).distinct().toList();
        var text = new StringBuilder("\nAnswers of v1 after a write, in milliseconds:\n\n| |");
        for (var one : data) {
            LEDGERS.forEach(mode -> text.append(" %s: %s |".formatted(one, mode)));
        }
        text.append(" many : few, rolled-up | bytes |\n|---|").append("--:|".repeat(data.size() * LEDGERS.size() + 2)).append('\n');
        rows.forEach((what, measured) -> {
            text.append("| %s |".formatted(what.substring(RESOURCE.length())));
            for (var one : data) {
                LEDGERS.forEach(mode -> text.append(" %s |".formatted(milliseconds(measured, one, mode))));
            }
            text.append(" %s | %s |\n".formatted(flatness(what, "rolled-up"), bytes(measured)));
        });
        return text.toString();
    }

    private static String milliseconds(List<Measured> measured, String data, String mode) {
        return of(measured.stream().filter(one -> one.data.equals(data)).toList(), mode).entrySet().stream()
                .filter(one -> !SIZES.contains(one.getKey()))
                .map(one -> one.getKey().equals("ms") ? number(one.getValue()) : cell(one.getKey(), one.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String bytes(List<Measured> measured) {
        return measured.stream().filter(one -> one.metric.equals("bytes")).reduce((first, last) -> last)
                .map(one -> "%,.0f".formatted(one.value)).orElse("");
    }

    // ---- the goals

    /** What was promised, against what came out; a row where all that it takes was measured. */
    private String goals() {
        var rows = new StringBuilder();
        for (var report : REPORTS) {
            atLeast(100, rows, report + ", 2,500 tokens, 16 connections, rolled-up : original",
                    quotient("2,500 tokens", report + ", 16 connections", "rolled-up", "original"));
        }
        atLeast(10_000, rows, "daily_usage, %s, 16 connections, rolled-up : original".formatted(label("flat, many")),
                quotient("flat, many", "daily_usage, 16 connections", "rolled-up", "original"));
        for (var report : REPORTS) {
            var cold = report + " after a write";
            atMost(1.2, "x", rows, "%s, rolled-up, %s : %s".formatted(cold, label("flat, many"), label("flat, few")),
                    quotient(value("flat, many", cold, "rolled-up"), value("flat, few", cold, "rolled-up")));
        }
        for (var data : List.of("2,500 tokens", "flat, many")) {
            atLeast(0.5, rows, "daily_usage, %s, 16 connections, rolled-up, one write a second : none".formatted(label(data)),
                    quotient(value(data, "daily_usage, 16 connections, one write a second", "rolled-up"),
                            value(data, "daily_usage, 16 connections", "rolled-up")));
        }
        var unwatched = value("2,500 tokens", "daily_usage, 16 connections, no metrics and no access lines", "plain");
        for (var watched : List.of("metrics and counted requests", "metrics and sampled lines")) {
            atLeast(0.95, rows, "daily_usage, 2,500 tokens, 16 connections, plain, %s : neither".formatted(watched),
                    quotient(value("2,500 tokens", "daily_usage, 16 connections, " + watched, "plain"), unwatched));
        }
        for (var commit : List.of("on", "off")) {
            atLeast(0.7, rows, "single inserts, synchronous_commit %s, with the trigger : without".formatted(commit),
                    quotient("1 million tokens", "single inserts, 8 writers, synchronous_commit " + commit, "rolled-up", "plain"));
        }
        var unhindered = value("flat, many", "longest wait of a writer: nothing beside", "plain");
        for (var change : List.of("install", "serving and folding", "audit")) {
            var longest = value("flat, many", "longest wait of a writer: " + change, "rolled-up");
            if (unhindered > 0 && longest > 0) {
                atMost(50, " ms", rows, "longest extra wait of a writer, %s: %s".formatted(label("flat, many"), change),
                        OptionalDouble.of(longest - unhindered));
            }
        }
        var peak = value("1 million users", "peak memory (resident)", "rolled-up");
        if (peak > 0) {
            atMost(256, " MiB", rows, "peak memory, %s, rolled-up".formatted(label("1 million users")), OptionalDouble.of(peak));
        }
        return rows.isEmpty() ? "" : "\n| goal | | measured | |\n|---|--:|--:|---|\n" + rows;
    }

    private OptionalDouble quotient(String data, String what, String mode, String base) {
        return quotient(value(data, what, mode), value(data, what, base));
    }

    private static OptionalDouble quotient(double dividend, double divisor) {
        return dividend > 0 && divisor > 0 ? OptionalDouble.of(dividend / divisor) : OptionalDouble.empty();
    }

    private static void atLeast(double bound, StringBuilder rows, String what, OptionalDouble measured) {
        measured.ifPresent(value -> row(rows, what, "at least %sx".formatted(plain(bound)), ratio(value), value >= bound));
    }

    private static void atMost(double bound, String unit, StringBuilder rows, String what, OptionalDouble measured) {
        measured.ifPresent(value -> row(rows, what, "at most " + plain(bound) + unit,
                unit.equals("x") ? ratio(value) : "%.1f%s".formatted(value, unit), value <= bound));
    }

    private static String plain(double bound) {
        return bound == Math.rint(bound) ? "%,.0f".formatted(bound) : String.valueOf(bound);
    }

    private static void row(StringBuilder rows, String what, String bound, String measured, boolean met) {
        rows.append("| %s | %s | %s | %s |\n".formatted(what, bound, measured, met ? "met" : "**missed**"));
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
            var dash = name.endsWith("plain") ? " stroke-dasharray=\"5 4\"" : name.endsWith("original") ? " stroke-dasharray=\"1 4\"" : "";
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
