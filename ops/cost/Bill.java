import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Prints the month's bill of each environment, line by line.
 * {@code java ops/cost/Bill.java [PRICES ENVIRONMENTS]}; without arguments it reads the two files beside it, from the project's root.
 */
final class Bill {

    private static final BigDecimal HOURS = new BigDecimal("730");
    private static final BigDecimal HOURS_A_WEEK = new BigDecimal("168");
    private static final BigDecimal MINUTES_AN_HOUR = new BigDecimal("60");
    private static final BigDecimal MILLION = new BigDecimal("1000000");

    /** What is paid for, how much of it and what it comes to, in USD rounded to cents. */
    record Line(String group, String what, BigDecimal quantity, String unit, BigDecimal price) {

        BigDecimal amount() {
            return quantity.multiply(price).setScale(2, RoundingMode.HALF_UP);
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "  %-14s %-36s %10s %-10s x %-7s %9s",
                    group, what, quantity.setScale(2, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString(),
                    unit, price.toPlainString(), amount().toPlainString());
        }
    }

    record Price(String unit, BigDecimal usd) {}

    private final Map<String, Price> prices;
    private final Map<String, String> facts;
    private final List<Line> lines = new ArrayList<>();

    private Bill(Map<String, Price> prices, Map<String, String> facts) {
        this.prices = prices;
        this.facts = facts;
        controlPlane();
        nodes();
        loadBalancer();
        network();
        volumes();
        logs();
        watching();
        registry();
    }

    public static void main(String[] arguments) throws IOException {
        try {
            print(arguments.length == 2 ? arguments : new String[] {"ops/cost/prices.csv", "ops/cost/environments.ini"});
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(2);
        }
    }

    private static void print(String... files) throws IOException {
        var prices = prices(Files.readAllLines(Path.of(files[0])));
        var bills = new LinkedHashMap<String, Bill>();
        environments(Files.readAllLines(Path.of(files[1]))).forEach((name, facts) -> bills.put(name, new Bill(prices, facts)));
        Files.readAllLines(Path.of(files[0])).stream().filter(line -> line.contains("Dated:")).forEach(System.out::println);
        bills.forEach((name, bill) -> bill.print(name));
        System.out.println();
        bills.forEach((name, bill) -> System.out.printf(Locale.ROOT, "%-24s %9s USD a month%n", name, bill.total().toPlainString()));
    }

    private void print(String name) {
        System.out.printf("%n%s%n", name);
        lines.forEach(System.out::println);
        System.out.printf("  %-83s %9s%n", "total", total().toPlainString());
    }

    private BigDecimal total() {
        return lines.stream().map(Line::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    // ---- the lines

    private void controlPlane() {
        charge("control plane", "control-plane", HOURS);
    }

    private void nodes() {
        for (var group : fact("nodes").split(",")) {
            var words = group.strip().split(" ", 2);
            charge("nodes", words[1], HOURS.multiply(number(words[0])));
        }
    }

    /** One network interface a zone, each with a public address. */
    private void loadBalancer() {
        var kind = "load-balancer " + fact("load-balancer");
        charge("load balancer", kind, HOURS);
        var capacity = kind + " capacity";
        var hours = price(capacity).unit.endsWith("hour") ? HOURS : BigDecimal.ONE;
        charge("load balancer", capacity, hours.multiply(quantity("load-balancer-capacity")));
        charge("load balancer", "public-ipv4", HOURS.multiply(quantity("zones")));
    }

    /** Nodes without a gateway stand in public subnets and have a public address each. */
    private void network() {
        var gateways = quantity("nat-gateways");
        if (gateways.signum() > 0) {
            charge("network", "nat-gateway", HOURS.multiply(gateways));
            charge("network", "public-ipv4", HOURS.multiply(gateways));
            charge("network", "nat-data", ingested());
        } else {
            charge("network", "public-ipv4", HOURS.multiply(nodeCount()));
        }
    }

    private void volumes() {
        var node = fact("node-volume").split(" ");
        charge("volumes", "volume " + node[1], number(node[0]).multiply(nodeCount()), "of nodes");
        var database = fact("database-volume").split(" ");
        charge("volumes", "volume " + database[1], number(database[0]), "of the database");
    }

    private void logs() {
        charge("logs", "logs ingested", ingested());
        charge("logs", "logs stored", ingested().multiply(quantity("log-retention-months")));
        var observations = quantity("metrics-a-node").multiply(nodeCount()).multiply(MINUTES_AN_HOUR).multiply(HOURS);
        charge("logs", "metrics observed", observations.divide(MILLION));
    }

    /** Composite alarms have a price of their own; a metric counts once for each set of its dimensions. */
    private void watching() {
        charge("watching", "custom metric", quantity("custom-metrics"));
        charge("watching", "alarm metric", quantity("alarm-metrics"));
        charge("watching", "composite alarm", quantity("composite-alarms"));
        charge("watching", "dashboard", quantity("dashboards"));
    }

    private void registry() {
        charge("ECR", "ecr stored", quantity("image-gb").multiply(quantity("images-kept")));
        if (quantity("secrets").signum() > 0) {
            charge("secrets", "secret", quantity("secrets"));
        }
    }

    private BigDecimal nodeCount() {
        var count = BigDecimal.ZERO;
        for (var group : fact("nodes").split(",")) {
            count = count.add(number(group.strip().split(" ", 2)[0]));
        }
        return count;
    }

    private BigDecimal ingested() {
        return quantity("log-gb-a-cluster")
                .add(nodeCount().multiply(quantity("log-gb-a-node")))
                .add(replicas().multiply(quantity("log-gb-a-replica")));
    }

    /** On average over a week. */
    private BigDecimal replicas() {
        var peak = quantity("peak-hours-a-week");
        return peak.multiply(quantity("replicas-at-peak")).add(HOURS_A_WEEK.subtract(peak).multiply(quantity("replicas-off-peak")))
                .divide(HOURS_A_WEEK, 6, RoundingMode.HALF_UP);
    }

    private void charge(String group, String item, BigDecimal quantity) {
        charge(group, item, quantity, "");
    }

    private void charge(String group, String item, BigDecimal quantity, String note) {
        var price = price(item);
        lines.add(new Line(group, (item + " " + note).strip(), quantity, price.unit, price.usd));
    }

    private Price price(String item) {
        return required(prices.get(item), "no price of '" + item + "'");
    }

    private BigDecimal quantity(String name) {
        return number(fact(name));
    }

    private String fact(String name) {
        return required(facts.get(name), "an environment does not say '" + name + "'");
    }

    // ---- the files

    private static Map<String, Price> prices(List<String> text) {
        var prices = new LinkedHashMap<String, Price>();
        for (var line : meaningful(text)) {
            var cells = line.split(",");
            if (cells.length != 4) {
                throw new IllegalArgumentException("not four cells: " + line);
            }
            prices.put(cells[0].strip(), new Price(cells[1].strip(), number(cells[2])));
        }
        return prices;
    }

    private static Map<String, Map<String, String>> environments(List<String> text) {
        var environments = new LinkedHashMap<String, Map<String, String>>();
        Map<String, String> current = new LinkedHashMap<>();
        for (var line : meaningful(text)) {
            if (line.startsWith("[")) {
                var names = line.substring(1, line.length() - 1).split(":");
                current = new LinkedHashMap<>();
                if (names.length > 1) {
                    current.putAll(required(environments.get(names[1].strip()), "no environment " + names[1]));
                }
                environments.put(names[0].strip(), current);
            } else {
                var pair = line.split("=", 2);
                if (pair.length < 2) {
                    throw new IllegalArgumentException("neither [name] nor name = value: " + line);
                }
                current.put(pair[0].strip(), pair[1].strip());
            }
        }
        return environments;
    }

    private static List<String> meaningful(List<String> text) {
        return text.stream().map(String::strip).filter(line -> !line.isEmpty() && !line.startsWith("#")).toList();
    }

    private static BigDecimal number(String text) {
        try {
            return new BigDecimal(text.strip());
        } catch (NumberFormatException none) {
            throw new IllegalArgumentException("not a number: " + text.strip(), none);
        }
    }

    private static <T> T required(T value, String complaint) {
        if (value == null) {
            throw new IllegalArgumentException(complaint);
        }
        return value;
    }
}
