package coworking.analytics.ops.cost;

import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The monthly bill of an environment, line by line. {@code ops/cost/bill} prints those of all environments. */
public final class Bill {

    private static final BigDecimal HOURS = new BigDecimal("730");
    private static final BigDecimal HOURS_A_WEEK = new BigDecimal("168");
    private static final BigDecimal MINUTES_AN_HOUR = new BigDecimal("60");
    private static final BigDecimal MILLION = new BigDecimal("1000000");

    private final PriceList prices;
    private final Map<String, String> facts;
    private final List<LineItem> items = new ArrayList<>();

    private Bill(PriceList prices, Map<String, String> facts) {
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

    /** Prints the bills; without arguments, of the two files in {@code ops/cost}. */
    public static void main(String[] arguments) throws IOException {
        var status = run(System.out, System.err, arguments);
        if (status != 0) {
            System.exit(status);
        }
    }

    /** As {@code main}; returns the status that the process ends with. */
    public static int run(PrintStream out, PrintStream err, String... arguments) throws IOException {
        var files = arguments.length == 2 ? arguments : new String[]{"ops/cost/prices.csv", "ops/cost/environments.ini"};
        try {
            var prices = PriceList.read(Path.of(files[0]));
            print(prices, bills(prices, Path.of(files[1])), out);
            return 0;
        } catch (IllegalArgumentException wrong) {
            err.println(wrong.getMessage());
            return 2;
        }
    }

    /** The bill of each environment of a file, by its name. */
    public static Map<String, Bill> bills(PriceList prices, Path environments) throws IOException {
        var bills = new LinkedHashMap<String, Bill>();
        Environments.read(environments).forEach((name, facts) -> bills.put(name, new Bill(prices, facts)));
        return bills;
    }

    private static void print(PriceList prices, Map<String, Bill> bills, PrintStream out) {
        prices.dated().forEach(out::println);
        bills.forEach((name, bill) -> bill.print(name, out));
        out.println();
        bills.forEach((name, bill) -> out.printf(Locale.ROOT, "%-24s %9s USD a month%n", name, bill.total().toPlainString()));
    }

    private void print(String name, PrintStream out) {
        out.printf(Locale.ROOT, "%n%s%n", name);
        items.forEach(out::println);
        out.printf(Locale.ROOT, "  %-83s %9s%n", "total", total().toPlainString());
    }

    /** The sum of all lines, in USD. */
    public BigDecimal total() {
        return items.stream().map(LineItem::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    // ---- the lines

    private void controlPlane() {
        charge("control plane", "control-plane", HOURS);
    }

    private void nodes() {
        for (var group : fact("nodes").split(",", -1)) {
            var words = group.strip().split(" ", 2);
            charge("nodes", words[1], HOURS.multiply(TextFile.decimal(words[0])));
        }
    }

    /** One network interface a zone, each with a public address. */
    private void loadBalancer() {
        var kind = "load-balancer " + fact("load-balancer");
        charge("load balancer", kind, HOURS);
        var capacity = kind + " capacity";
        var hours = prices.price(capacity).unit().endsWith("hour") ? HOURS : BigDecimal.ONE;
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
        var node = fact("node-volume").split(" ", -1);
        charge("volumes", "volume " + node[1], TextFile.decimal(node[0]).multiply(nodeCount()), "of nodes");
        var database = fact("database-volume").split(" ", -1);
        charge("volumes", "volume " + database[1], TextFile.decimal(database[0]), "of the database");
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
        for (var group : fact("nodes").split(",", -1)) {
            count = count.add(TextFile.decimal(group.strip().split(" ", 2)[0]));
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
        var price = prices.price(item);
        items.add(new LineItem(group, (item + " " + note).strip(), quantity, price.unit(), price.usd()));
    }

    private BigDecimal quantity(String name) {
        return TextFile.decimal(fact(name));
    }

    private String fact(String name) {
        var fact = facts.get(name);
        if (fact == null) {
            throw new IllegalArgumentException("an environment does not say '" + name + "'");
        }
        return fact;
    }
}
