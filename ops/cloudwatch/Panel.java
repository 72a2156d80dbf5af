import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.NavigableMap;

/**
 * One small plot: title, unit, axes with labels, lines, thresholds and a legend that says the latest values.
 *
 * @param source the namespace that its figures come from
 * @param minimum of the axis; not a number where the values say
 * @param maximum likewise
 * @param from the first period, in seconds since 1970
 * @param to the last
 * @param step from one period to the next, in seconds
 */
record Panel(String title, String unit, String source, double minimum, double maximum, List<Line> lines, List<Mark> marks,
        long from, long to, int step) {

    /** Distinguishable for the colour-blind too. */
    private static final List<String> COLOURS = List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9");
    private static final List<Integer> STEPS = List.of(10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 43_200, 86_400);
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneOffset.UTC);
    private static final int LEFT = 52;
    private static final int TOP = 46;
    private static final int BOTTOM = 40;

    record Line(String label, NavigableMap<Long, Double> values) { }

    /** A threshold. */
    record Mark(String label, double value) { }

    /** Where values are on the picture. */
    private record Scale(double low, double high, double step, long from, long to, int x, int y, int width, int height) {

        String x(long time) {
            return "%.1f".formatted(x + (to == from ? 0.5 : (double) (time - from) / (to - from)) * width);
        }

        String y(double value) {
            return "%.1f".formatted(y + height - Math.clamp((value - low) / (high - low), 0, 1) * height);
        }
    }

    String svg(int x, int y, int width, int height) {
        var svg = new StringBuilder();
        svg.append("<g><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"#ddd\"/>\n".formatted(
                x, y, width, height));
        svg.append("<text x=\"%d\" y=\"%d\" font-size=\"12\" font-weight=\"bold\">%s</text>\n".formatted(x + 8, y + 16, escaped(title)));
        svg.append("<text x=\"%d\" y=\"%d\" fill=\"#666\">%s</text>\n".formatted(x + 8, y + 30, escaped(unit)));
        if (lines.stream().allMatch(line -> line.values.isEmpty())) {
            return svg.append("<text x=\"%d\" y=\"%d\" fill=\"#888\" text-anchor=\"middle\">no figures of %s in this run</text></g>\n"
                    .formatted(x + width / 2, y + height / 2, escaped(source))).toString();
        }
        var scale = scale(x + LEFT, y + TOP, width - LEFT - 14, height - TOP - BOTTOM);
        axes(svg, scale);
        for (int i = 0; i < lines.size(); i++) {
            line(svg, scale, lines.get(i), colour(i));
        }
        legend(svg, x + 8, y + height - 8);
        for (var mark : marks) {
            svg.append("<text x=\"%d\" y=\"%d\" fill=\"#c00\" text-anchor=\"end\">%s %s</text>\n".formatted(
                    x + width - 8, y + 16, escaped(mark.label), number(mark.value)));
        }
        return svg.append("</g>\n").toString();
    }

    private static String colour(int i) {
        return COLOURS.get(i % COLOURS.size());
    }

    /** A threshold far above all values stays out, or the values would lie on the axis. */
    private Scale scale(int x, int y, int width, int height) {
        var highest = lines.stream().flatMap(line -> line.values.values().stream()).mapToDouble(Double::doubleValue).max().orElse(1);
        var lowest = lines.stream().flatMap(line -> line.values.values().stream()).mapToDouble(Double::doubleValue).min().orElse(0);
        var low = Double.isNaN(minimum) ? Math.min(0, lowest) : Math.min(minimum, lowest);
        for (var mark : marks) {
            highest = mark.value <= 2 * highest ? Math.max(highest, mark.value) : highest;
        }
        var step = nice((Math.max(Double.isNaN(maximum) ? highest : maximum, low + 1e-9) - low) / 4);
        low = Math.floor(low / step + 1e-9) * step;
        var high = Double.isNaN(maximum) ? low + Math.max(1, Math.ceil((highest - low) / step - 1e-9)) * step : maximum;
        return new Scale(low, high, step, from, to, x, y, width, height);
    }

    private static double nice(double value) {
        if (value <= 1e-9) {
            return 0.25;
        }
        var magnitude = Math.pow(10, Math.floor(Math.log10(value)));
        var digit = value / magnitude;
        return magnitude * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 2.5 ? 2.5 : digit <= 5 ? 5 : 10);
    }

    private void axes(StringBuilder svg, Scale scale) {
        for (var value = scale.low; value <= scale.high + scale.step / 1000; value += scale.step) {
            svg.append("<path d=\"M%d %sh%d\" stroke=\"#e6e6e6\"/>".formatted(scale.x, scale.y(value), scale.width));
            svg.append("<text x=\"%d\" y=\"%s\" dy=\"4\" text-anchor=\"end\" fill=\"#666\">%s</text>\n".formatted(
                    scale.x - 6, scale.y(value), number(value)));
        }
        var ticks = STEPS.stream().filter(step -> (to - from) / step <= 5).findFirst().orElse(86_400);
        for (var time = from + (ticks - from % ticks) % ticks; time <= to; time += ticks) {
            svg.append("<path d=\"M%s %dv4\" stroke=\"#999\"/>".formatted(scale.x(time), scale.y + scale.height));
            svg.append("<text x=\"%s\" y=\"%d\" text-anchor=\"middle\" fill=\"#666\">%s</text>\n".formatted(
                    scale.x(time), scale.y + scale.height + 15, (ticks < 60 ? SECONDS : MINUTES).format(Instant.ofEpochSecond(time))));
        }
        svg.append("<path d=\"M%d %dh%d\" stroke=\"#999\"/>\n".formatted(scale.x, scale.y + scale.height, scale.width));
        for (var mark : marks) {
            if (mark.value <= scale.high && mark.value >= scale.low) {
                svg.append("<path d=\"M%d %sh%d\" stroke=\"#c00\" stroke-dasharray=\"5 4\"/>\n".formatted(
                        scale.x, scale.y(mark.value), scale.width));
            }
        }
    }

    /** A gap where a period has no value; a dot where it has no neighbours. */
    private void line(StringBuilder svg, Scale scale, Line line, String colour) {
        var path = new StringBuilder();
        for (var point : line.values.entrySet()) {
            var before = line.values.containsKey(point.getKey() - step);
            if (!before && !line.values.containsKey(point.getKey() + step)) {
                svg.append("<circle cx=\"%s\" cy=\"%s\" r=\"2.2\" fill=\"%s\"/>".formatted(
                        scale.x(point.getKey()), scale.y(point.getValue()), colour));
            }
            path.append(before ? 'L' : 'M').append(scale.x(point.getKey())).append(' ').append(scale.y(point.getValue()));
        }
        svg.append("<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.8\" stroke-linejoin=\"round\"/>\n".formatted(path, colour));
    }

    private void legend(StringBuilder svg, int x, int y) {
        var at = x;
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            var text = line.label + (line.values.isEmpty() ? ": none" : ": " + number(line.values.lastEntry().getValue()));
            svg.append("<rect x=\"%d\" y=\"%d\" width=\"10\" height=\"3\" fill=\"%s\"/>".formatted(at, y - 5, colour(i)));
            svg.append("<text x=\"%d\" y=\"%d\" font-size=\"10\">%s</text>\n".formatted(at + 14, y, escaped(text)));
            at += 24 + text.length() * 5;
        }
    }

    static String number(double value) {
        var size = Math.abs(value);
        var text = size >= 1_000_000 ? "%.1fM".formatted(value / 1_000_000)
                : size >= 10_000 ? "%.0fk".formatted(value / 1000)
                : size >= 100 || value == Math.rint(value) ? "%.0f".formatted(value)
                : size >= 1 ? "%.1f".formatted(value) : "%.3f".formatted(value);
        return text.contains(".") && !text.endsWith("M") ? text.replaceFirst("\\.?0+$", "") : text;
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
