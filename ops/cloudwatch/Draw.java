import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Draws the dashboard of dashboard.yaml as SVG from the embedded metrics in a log, as an operator would see it.
 * {@code java ops/cloudwatch/Draw.java [--period SECONDS] [--dashboard TEMPLATE] [--cluster NAME] LOG... > docs/dashboard.svg}, from the
 * project's root. Lines without metrics are passed by. Without a period each widget has its own, which suits runs of an hour and more.
 */
final class Draw {

    private static final String USAGE = "Draw [--period SECONDS] [--dashboard TEMPLATE] [--cluster NAME] LOG...";

    private String dashboard = "ops/cloudwatch/dashboard.yaml";
    private String cluster = "my-cluster";
    private int period;

    public static void main(String[] arguments) throws IOException {
        Locale.setDefault(Locale.ROOT);
        try {
            System.out.print(new Draw().draw(new ArrayList<>(List.of(arguments))));
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(2);
        }
    }

    private String draw(List<String> arguments) throws IOException {
        while (!arguments.isEmpty() && arguments.getFirst().startsWith("--")) {
            var option = arguments.removeFirst();
            if (arguments.isEmpty()) {
                throw new IllegalArgumentException(USAGE);
            }
            switch (option) {
                case "--period" -> period = Integer.parseInt(arguments.removeFirst());
                case "--dashboard" -> dashboard = arguments.removeFirst();
                case "--cluster" -> cluster = arguments.removeFirst();
                default -> throw new IllegalArgumentException(USAGE);
            }
        }
        var figures = new Figures();
        for (var log : arguments) {
            Files.readAllLines(Path.of(log)).forEach(figures::read);
        }
        if (figures.isEmpty()) {
            throw new IllegalArgumentException("no embedded metrics in " + arguments + "\n" + USAGE);
        }
        return new Picture(figures, period).svg(widgets());
    }

    private List<Map<?, ?>> widgets() throws IOException {
        var body = (Map<?, ?>) Json.read(body(Files.readAllLines(Path.of(dashboard))));
        return ((List<?>) body.get("widgets")).stream().<Map<?, ?>>map(widget -> (Map<?, ?>) widget).toList();
    }

    /** The block of text below DashboardBody, as far as it is indented, with what CloudFormation would put in. */
    private String body(List<String> template) {
        var lines = template.iterator();
        while (lines.hasNext() && !lines.next().strip().equals("DashboardBody:")) {
        }
        if (!lines.hasNext() || !lines.next().strip().equals("Fn::Sub: |")) {
            throw new IllegalArgumentException("no DashboardBody in " + dashboard);
        }
        var body = new StringBuilder();
        var indent = -1;
        while (lines.hasNext()) {
            var line = lines.next();
            var depth = line.length() - line.stripLeading().length();
            if (indent < 0) {
                indent = depth;
            } else if (!line.isBlank() && depth < indent) {
                break;
            }
            body.append(line).append('\n');
        }
        return body.toString().replace("${ClusterName}", cluster).replace("${AWS::Region}", "us-east-1");
    }
}
