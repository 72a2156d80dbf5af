package coworking.analytics.ops.cloudwatch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The expressions of CloudWatch's metric math: what is wrong with their syntax and with the ids and functions that they name. */
final class MetricMath {

    private static final Set<String> FUNCTIONS = Set.of("IF", "MAX", "PERIOD", "SUM");
    private static final Pattern ID = Pattern.compile("\\b[a-z]\\w*");
    private static final Pattern FUNCTION = Pattern.compile("\\b[A-Z]\\w*");
    private static final Pattern TERM = Pattern.compile("\\[x(,x)*]|[A-Z]+\\(x(,x)*\\)|(?<![A-Z])\\(x\\)|x[-+*/<>]x");

    private MetricMath() {}

    static List<String> faultsOfDashboard(JsonNode dashboard) {
        var faults = new ArrayList<String>();
        dashboard.path("widgets").forEach(widget -> {
            var expressions = new TreeMap<String, String>();
            var ids = new TreeSet<String>();
            widget.path("properties").path("metrics").forEach(metric -> {
                var options = metric.path(metric.size() - 1);
                ids.add(options.path("id").asText());
                if (options.has("expression")) {
                    expressions.put(options.path("id").asText(), options.path("expression").asText());
                }
            });
            faults.addAll(faults(expressions, ids));
        });
        return faults;
    }

    static List<String> faultsOfAlarms(Template template) {
        var faults = new ArrayList<String>();
        for (var alarm : Alarms.of(template)) {
            var expressions = new TreeMap<String, String>();
            var ids = new TreeSet<String>();
            alarm.properties().path("Metrics").forEach(query -> {
                ids.add(query.path("Id").asText());
                if (query.has("Expression")) {
                    expressions.put(query.path("Id").asText(), query.path("Expression").asText());
                }
            });
            faults.addAll(faults(expressions, ids));
        }
        return faults;
    }

    private static List<String> faults(Map<String, String> expressions, Set<String> ids) {
        var faults = new ArrayList<String>();
        expressions.forEach((id, expression) -> {
            if (!isWellFormed(expression)) {
                faults.add("malformed: " + expression);
            }
            ID.matcher(expression).results().map(match -> match.group()).filter(name -> name.equals(id) || !ids.contains(name))
                    .forEach(name -> faults.add("no metric " + name + " in: " + expression));
            FUNCTION.matcher(expression).results().map(match -> match.group()).filter(name -> !FUNCTIONS.contains(name))
                    .forEach(name -> faults.add("no function " + name + " in: " + expression));
        });
        return faults;
    }

    /** Replaces operands, then terms of operands, by x, until nothing but x is left. */
    static boolean isWellFormed(String expression) {
        var term = expression.replaceAll("\\b[a-z]\\w*|\\b\\d+(\\.\\d+)?", "x").replaceAll(" *([-+*/<>,()\\[\\]]) *", "$1");
        while (TERM.matcher(term).find()) {
            term = TERM.matcher(term).replaceFirst("x");
        }
        return term.equals("x");
    }
}
