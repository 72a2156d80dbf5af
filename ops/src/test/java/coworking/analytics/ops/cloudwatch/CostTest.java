package coworking.analytics.ops.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What watching costs is counted from what watches, and the budget is above the bill. */
class CostTest {

    private static final Pattern TOTAL = Pattern.compile("(?m)^(\\S+) +([0-9.]+) USD a month$");

    @Test
    void alarmsMetricsAndDashboardsArePaidFor() {
        for (var environment : List.of("production", "development")) {
            assertThat(LogGroupsTest.billed(environment))
                    .containsEntry("alarm-metrics", String.valueOf(
                            Alarms.all().stream().filter(alarm -> !alarm.composite()).mapToInt(Alarms.Alarm::metrics).sum()))
                    .containsEntry("composite-alarms", String.valueOf(Alarms.all().stream().filter(Alarms.Alarm::composite).count()))
                    .containsEntry("custom-metrics", String.valueOf(Metrics.listed("emf").size() + Metrics.filtered().size()))
                    .containsEntry("dashboards", String.valueOf(
                            Template.named("dashboard").all("AWS::CloudWatch::Dashboard").size()));
        }
    }

    @Test
    void theBudgetIsAboveTheBillByAQuarterAtLeast() throws Exception {
        var bill = Programs.run(java.util.Map.of(), List.of(
                java.nio.file.Path.of(System.getProperty("java.home"), "bin", "java").toString(), "ops/cost/Bill.java")).output();
        for (var environment : List.of("production", "development")) {
            var total = TOTAL.matcher(bill).results().filter(match -> match.group(1).equals(environment))
                    .mapToDouble(match -> Double.parseDouble(match.group(2))).findFirst().orElseThrow();

            assertThat(Double.parseDouble(Project.parameters(environment).getOrDefault("MonthlyBudget", "0")))
                    .isBetween(1.25 * total, 2 * total);
        }
    }

    /** A day at the threshold of the alarm costs less than a day of a node. */
    @Test
    void logsAreNoticedBeforeTheyCostMoreThanTheNode() {
        var ingested = price("logs ingested").doubleValue();
        assertThat(Double.parseDouble(Project.parameters("production").getOrDefault("LogGigabytesADay", "0")) * ingested)
                .isLessThan(24 * price("t3.medium on-demand").doubleValue());
    }

    private static java.math.BigDecimal price(String item) {
        return Project.text("ops/cost/prices.csv").lines().filter(line -> line.startsWith(item + ",")).findFirst()
                .map(line -> new java.math.BigDecimal(line.split(",", -1)[2].strip())).orElseThrow();
    }
}
