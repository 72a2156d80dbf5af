package coworking.analytics.ops.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.ops.Project;
import coworking.analytics.ops.cost.Bill;
import coworking.analytics.ops.cost.Environments;
import coworking.analytics.ops.cost.PriceList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What watching costs is counted from what watches, and the budget is above the bill. */
class CostTest {

    private static final Path PRICES = Project.ROOT.resolve("ops/cost/prices.csv");
    private static final Path ENVIRONMENTS = Project.ROOT.resolve("ops/cost/environments.ini");

    @Test
    void alarmsMetricsAndDashboardsArePaidFor() throws IOException {
        for (var environment : List.of("production", "development")) {
            assertThat(Environments.read(ENVIRONMENTS).get(environment))
                    .containsEntry("alarm-metrics", String.valueOf(
                            Alarms.all().stream().filter(alarm -> !alarm.composite()).mapToInt(Alarms.Alarm::metrics).sum()))
                    .containsEntry("composite-alarms", String.valueOf(Alarms.all().stream().filter(Alarms.Alarm::composite).count()))
                    .containsEntry("custom-metrics", String.valueOf(MetricCatalog.listed("emf").size() + MetricCatalog.filtered().size()))
                    .containsEntry("dashboards", String.valueOf(
                            Template.named("dashboard").all("AWS::CloudWatch::Dashboard").size()));
        }
    }

    @Test
    void theBudgetIsAboveTheBillByAQuarterAtLeast() throws IOException {
        var bills = Bill.bills(PriceList.read(PRICES), ENVIRONMENTS);
        for (var environment : List.of("production", "development")) {
            var total = Objects.requireNonNull(bills.get(environment)).total().doubleValue();

            assertThat(Double.parseDouble(Project.parameters(environment).getOrDefault("MonthlyBudget", "0")))
                    .isBetween(1.25 * total, 2 * total);
        }
    }

    /** A day at the threshold of the alarm costs less than a day of a node. */
    @Test
    void logsAreNoticedBeforeTheyCostMoreThanTheNode() throws IOException {
        var prices = PriceList.read(PRICES);
        var ingested = prices.price("logs ingested").usd().doubleValue();
        assertThat(Double.parseDouble(Project.parameters("production").getOrDefault("LogGigabytesADay", "0")) * ingested)
                .isLessThan(24 * prices.price("t3.medium on-demand").usd().doubleValue());
    }
}
