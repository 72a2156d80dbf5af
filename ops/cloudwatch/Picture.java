import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Lays widgets out as the dashboard does. Widgets without figures of a run, as of alarms and of log lines, are left out. */
final class Picture {

    private static final int COLUMN = 50;
    private static final int ROW = 36;
    private static final int MARGIN = 16;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private final Figures figures;
    private final int period;

    Picture(Figures figures, int period) {
        this.figures = figures;
        this.period = period;
    }

    String svg(List<Map<?, ?>> widgets) {
        var rows = new TreeMap<Integer, List<Map<?, ?>>>();
        widgets.stream().filter(widget -> List.of("metric", "text").contains(text(widget, "type")))
                .forEach(widget -> rows.computeIfAbsent(number(widget, "y"), y -> new ArrayList<>()).add(widget));
        var drawn = new StringBuilder();
        var y = 3 * MARGIN + 8;
        for (var row : rows.values()) {
            for (var widget : row) {
                drawn.append(draw(widget, MARGIN + number(widget, "x") * COLUMN, y));
            }
            y += row.stream().mapToInt(widget -> number(widget, "height")).max().orElse(0) * ROW;
        }
        var width = 2 * MARGIN + 24 * COLUMN;
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" \
                font-family="Helvetica, Arial, sans-serif" font-size="11" fill="#333">
                <title>The dashboard, drawn from a run</title>
                <rect width="100%%" height="100%%" fill="#fff"/>
                <text x="%d" y="28" font-size="18" font-weight="bold">Coworking usage analytics</text>
                <text x="%d" y="46" fill="#666">%s to %s UTC, from %,d lines of embedded metrics; legends say the latest values</text>
                %s</svg>
                """.formatted(width, y + MARGIN, width, y + MARGIN, MARGIN, MARGIN, DAY.format(Instant.ofEpochSecond(figures.first())),
                DAY.format(Instant.ofEpochSecond(figures.last())), figures.lines(), drawn);
    }

    private String draw(Map<?, ?> widget, int x, int y) {
        var properties = (Map<?, ?>) widget.get("properties");
        var width = number(widget, "width") * COLUMN;
        var height = number(widget, "height") * ROW;
        if (text(widget, "type").equals("metric")) {
            return panel(properties).svg(x + 4, y + 2, width - 8, height - 6);
        }
        return "<text x=\"%d\" y=\"%d\" font-size=\"14\" font-weight=\"bold\" fill=\"#0b3d66\">%s</text>\n".formatted(
                x + 4, y + height - 10, Panel.escaped(text(properties, "markdown").replaceFirst("^#+ ", "")));
    }

    private Panel panel(Map<?, ?> properties) {
        var step = period > 0 ? period : number(properties, "period");
        var known = new LinkedHashMap<String, NavigableMap<Long, Double>>();
        var lines = new ArrayList<Panel.Line>();
        for (var entry : (List<?>) properties.get("metrics")) {
            var metric = (List<?>) entry;
            var options = (Map<?, ?>) metric.getLast();
            var values = options.get("expression") instanceof String expression
                    ? Expression.evaluate(expression, known, step)
                    : figures.of(String.valueOf(metric.get(0)), String.valueOf(metric.get(1)), dimensions(metric),
                            text(options, "stat"), step);
            if (options.get("id") instanceof String id) {
                known.put(id, values);
            }
            if (!Boolean.FALSE.equals(options.get("visible"))) {
                lines.add(new Panel.Line(text(options, "label"), values));
            }
        }
        var axis = (Map<?, ?>) ((Map<?, ?>) properties.get("yAxis")).get("left");
        return new Panel(text(properties, "title"), text(axis, "label"), source(properties), limit(axis, "min"), limit(axis, "max"), lines,
                marks(properties), figures.first() - figures.first() % step, figures.last() - figures.last() % step, step);
    }

    private static String source(Map<?, ?> properties) {
        return ((List<?>) properties.get("metrics")).stream().map(metric -> ((List<?>) metric).getFirst()).filter(String.class::isInstance)
                .map(String::valueOf).findFirst().orElse("anything");
    }

    private static Map<String, String> dimensions(List<?> metric) {
        var dimensions = new LinkedHashMap<String, String>();
        for (int i = 2; i + 1 < metric.size() && metric.get(i) instanceof String name; i += 2) {
            dimensions.put(name, String.valueOf(metric.get(i + 1)));
        }
        return dimensions;
    }

    private static List<Panel.Mark> marks(Map<?, ?> properties) {
        return properties.get("annotations") instanceof Map<?, ?> annotations
                ? ((List<?>) annotations.get("horizontal")).stream()
                        .map(mark -> new Panel.Mark(text((Map<?, ?>) mark, "label"), (Double) ((Map<?, ?>) mark).get("value"))).toList()
                : List.of();
    }

    private static double limit(Map<?, ?> axis, String name) {
        return axis.get(name) instanceof Double value ? value : Double.NaN;
    }

    private static int number(Map<?, ?> object, String name) {
        if (object.get(name) instanceof Double value) {
            return value.intValue();
        }
        throw new IllegalArgumentException("a widget without " + name);
    }

    private static String text(Map<?, ?> object, String name) {
        return String.valueOf(object.get(name));
    }
}
