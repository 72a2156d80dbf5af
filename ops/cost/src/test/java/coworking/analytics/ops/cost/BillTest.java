package coworking.analytics.ops.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bills of round prices, added up by hand; and the project's own, whose sums have to be sums. */
class BillTest {

    private static final String PRICES = """
            # Dated: 2000-01-01.
            control-plane, hour, 0.10, page
            t3.medium on-demand, hour, 0.04, page
            t3.medium spot, hour, 0.02, page
            public-ipv4, hour, 0.005, page
            nat-gateway, hour, 0.05, page
            nat-data, GB, 0.05, page
            load-balancer classic, hour, 0.02, page
            load-balancer classic capacity, GB, 0.01, page
            load-balancer network, hour, 0.02, page
            load-balancer network capacity, LCU-hour, 0.006, page
            volume gp2, GiB-month, 0.10, page
            volume gp3, GiB-month, 0.08, page
            logs ingested, GB, 0.50, page
            logs stored, GB-month, 0.03, page
            metrics observed, million, 0.20, page
            custom metric, month, 0.30, page
            alarm metric, month, 0.10, page
            composite alarm, month, 0.50, page
            dashboard, month, 3.00, page
            ecr stored, GB-month, 0.10, page
            secret, month, 0.40, page
            """;

    private static final String ENVIRONMENTS = """
            [tuned]
            nodes = 1 t3.medium on-demand, 1 t3.medium spot
            zones = 2
            node-volume = 20 gp3
            database-volume = 1 gp2
            nat-gateways = 0
            load-balancer = classic
            load-balancer-capacity = 20
            replicas-at-peak = 2
            replicas-off-peak = 1
            peak-hours-a-week = 84
            log-gb-a-replica = 2
            log-gb-a-node = 1
            log-gb-a-cluster = 0
            log-retention-months = 2
            metrics-a-node = 100
            custom-metrics = 10
            alarm-metrics = 5
            composite-alarms = 1
            dashboards = 1
            image-gb = 0.5
            images-kept = 10
            secrets = 1

            [untuned : tuned]
            nodes = 2 t3.medium on-demand
            replicas-at-peak = 3
            replicas-off-peak = 3

            [behind a gateway : tuned]
            nat-gateways = 1
            load-balancer = network
            load-balancer-capacity = 1
            """;

    @TempDir
    Path directory = Path.of("");

    @Test
    void everyLineIsAQuantityTimesAPrice() throws IOException {
        // Half of the week with two replicas, half with one: 1.5, which log 3 GB beside the nodes' 2 GB. Two nodes observe 100 metrics
        // each in 43,800 minutes.
        assertThat(bill(PRICES, ENVIRONMENTS).lines()).containsSubsequence(
                "# Dated: 2000-01-01.",
                "tuned",
                "control plane control-plane 730 hour x 0.10 73.00",
                "nodes t3.medium on-demand 730 hour x 0.04 29.20",
                "nodes t3.medium spot 730 hour x 0.02 14.60",
                "load balancer load-balancer classic 730 hour x 0.02 14.60",
                "load balancer load-balancer classic capacity 20 GB x 0.01 0.20",
                "load balancer public-ipv4 1460 hour x 0.005 7.30",
                "network public-ipv4 1460 hour x 0.005 7.30",
                "volumes volume gp3 of nodes 40 GiB-month x 0.08 3.20",
                "volumes volume gp2 of the database 1 GiB-month x 0.10 0.10",
                "logs logs ingested 5 GB x 0.50 2.50",
                "logs logs stored 10 GB-month x 0.03 0.30",
                "logs metrics observed 8.76 million x 0.20 1.75",
                "watching custom metric 10 month x 0.30 3.00",
                "watching alarm metric 5 month x 0.10 0.50",
                "watching composite alarm 1 month x 0.50 0.50",
                "watching dashboard 1 month x 3.00 3.00",
                "ECR ecr stored 5 GB-month x 0.10 0.50",
                "secrets secret 1 month x 0.40 0.40",
                "total 161.95");
    }

    @Test
    void withoutTheTuningItIsMoreNodesOnDemandAndMoreLogs() throws IOException {
        // 14.60 more for the nodes, 3 GB more of logs: 1.50 and, kept for two months, 0.18.
        assertThat(bill(PRICES, ENVIRONMENTS).lines()).contains(
                "nodes t3.medium on-demand 1460 hour x 0.04 58.40",
                "logs logs ingested 8 GB x 0.50 4.00",
                "logs logs stored 16 GB-month x 0.03 0.48",
                "untuned 178.23 USD a month");
    }

    @Test
    void aGatewayTakesThePlaceOfTheNodesAddresses() throws IOException {
        // 36.50, 3.65 and 0.25 in place of 7.30; 730 LCU-hours in place of 20 GB.
        assertThat(bill(PRICES, ENVIRONMENTS).lines()).contains(
                "network nat-gateway 730 hour x 0.05 36.50",
                "network public-ipv4 730 hour x 0.005 3.65",
                "network nat-data 5 GB x 0.05 0.25",
                "load balancer load-balancer network capacity 730 LCU-hour x 0.006 4.38",
                "behind a gateway 199.23 USD a month");
    }

    @Test
    void whatIsMissingIsNamed() throws IOException {
        assertThat(bill(PRICES.replace("secret,", "secrets,"), ENVIRONMENTS)).isEqualTo(new Output(2, "no price of 'secret'\n"));
        assertThat(bill(PRICES, ENVIRONMENTS.replaceFirst("zones = 2", "")))
                .isEqualTo(new Output(2, "an environment does not say 'zones'\n"));
        assertThat(bill(PRICES.replace("0.40", "forty"), ENVIRONMENTS)).isEqualTo(new Output(2, "not a number: forty\n"));
    }

    @Test
    void theProjectsOwnBillAddsUp() throws IOException {
        var bill = projectsBill();
        assertThat(bill.status()).as(bill.text()).isZero();
        assertThat(bill.lines()).contains("development", "production", "production-untuned");
        var sum = BigDecimal.ZERO;
        for (var line : bill.lines()) {
            var amount = line.substring(line.lastIndexOf(' ') + 1);
            if (line.contains(" x ")) {
                sum = sum.add(new BigDecimal(amount));
            } else if (line.startsWith("total ")) {
                assertThat(new BigDecimal(amount)).isEqualTo(sum);
                sum = BigDecimal.ZERO;
            }
        }
    }

    @Test
    void tuningSaves() throws IOException {
        var lines = projectsBill().lines();
        assertThat(total(lines, "production ")).isLessThan(total(lines, "production-untuned "));
        assertThat(total(lines, "development ")).isLessThan(total(lines, "production "));
    }

    private static BigDecimal total(java.util.List<String> lines, String environment) {
        return lines.stream().filter(line -> line.startsWith(environment) && line.endsWith(" USD a month"))
                .map(line -> new BigDecimal(line.split(" ", -1)[1])).findFirst().orElseThrow();
    }

    private static Output projectsBill() throws IOException {
        return Output.of(Bill::run, Output.COST.resolve("prices.csv"), Output.COST.resolve("environments.ini"));
    }

    private Output bill(String prices, String environments) throws IOException {
        return Output.of(Bill::run,
                Files.writeString(directory.resolve("prices.csv"), prices),
                Files.writeString(directory.resolve("environments.ini"), environments));
    }
}
