package coworking.analytics.ops.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.ops.Project;
import coworking.analytics.ops.cloudwatch.Alarms.Alarm;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The objectives, their alarms, and what the runbook says to whom an alarm tells. */
class AlarmsTest {

    private static final Pattern RULE = Pattern.compile("ALARM\\(\"\\$\\{(\\w+)}\"\\)");

    @Test
    void everyAlarmNamesAnEntryOfTheRunbookAndEveryEntryHasAnAlarm() {
        var entries = entries();

        assertThat(entries).isNotEmpty();
        assertThat(Alarms.all()).allSatisfy(alarm -> assertThat(alarm.description()).as(alarm.name()).contains("ops/README.md#"));
        assertThat(anchors(Alarms.all().stream().map(Alarm::anchor))).isEqualTo(entries);
        assertThat(anchors(alerts().map(alert -> alert.replaceFirst(".*#", "")))).isSubsetOf(entries);
    }

    /** What it means, what to look at, what to do. */
    @Test
    void everyEntrySaysWhatToLookAtAndWhatToDo() {
        for (var entry : section().split("(?m)^### ", -1)) {
            if (!entry.isBlank() && !entry.startsWith("\n")) {
                assertThat(entry).contains("```console\n$ ").containsPattern("(?m)^\\*\\*Means\\*\\* ").containsPattern("\\*\\*Do\\*\\* ");
            }
        }
    }

    @Test
    void errorBudgetsBurnOverTwoWindowsEach() {
        assertBurn("AvailabilityFastLong", 3600, "14.4");
        assertBurn("AvailabilityFastShort", 300, "14.4");
        assertBurn("AvailabilitySlowLong", 21_600, "6");
        assertBurn("AvailabilitySlowShort", 1800, "6");
        assertThat(rule("AvailabilityFast")).containsExactly("AvailabilityFastLong", "AvailabilityFastShort");
        assertThat(rule("AvailabilitySlow")).containsExactly("AvailabilitySlowLong", "AvailabilitySlowShort");
    }

    @Test
    void prometheusHasTheSameObjectives() {
        assertThat(expression("AvailabilityBurnsFast")).contains("ratio_rate1h > 14.4 * 0.001", "ratio_rate5m > 14.4 * 0.001", "> 1");
        assertThat(expression("AvailabilityBurnsSlowly")).contains("ratio_rate6h > 6 * 0.001", "ratio_rate30m > 6 * 0.001", "> 1");
        assertThat(expression("ReportsAreSlow")).endsWith("> " + Double.parseDouble(
                Template.named("alarms").document().path("Parameters").path("P99Milliseconds").path("Default").asText()) / 1000);
        assertThat(expression("RollUpsLag")).contains("> " + alarm("Freshness").properties().path("Threshold").asInt() + " or absent(");
        assertThat(expression("MemoryNearItsLimit")).endsWith("> " + alarm("Memory").properties().path("Threshold").asDouble() / 100);
    }

    /** CloudWatch would not evaluate a percentile of as few values as a line may carry. */
    @Test
    void percentilesAreEvaluatedHoweverFewTheSamples() {
        assertThat(Alarms.all()).filteredOn(alarm -> alarm.properties().has("ExtendedStatistic")).isNotEmpty().allSatisfy(
                alarm -> assertThat(alarm.properties().path("EvaluateLowSampleCountPercentile").asText()).isEqualTo("evaluate"));
    }

    @Test
    void silenceIsAnAlarmOfOne() {
        assertThat(Alarms.all()).filteredOn(alarm -> alarm.properties().path("TreatMissingData").asText().equals("breaching"))
                .extracting(Alarm::id).containsExactly("Freshness");
        assertThat(Alarms.all()).filteredOn(alarm -> !alarm.composite())
                .allSatisfy(alarm -> assertThat(alarm.properties().has("TreatMissingData")).as(alarm.name()).isTrue());
    }

    /** A sum by hand has no value where one of its parts has none, and then its alarm is silent. */
    @Test
    void whatMayHaveNoFiguresIsPassedOver() {
        for (var id : List.of("RestartLoop", "NodePressure", "LogVolume")) {
            assertThat(alarm(id).properties().path("Metrics").path(0).path("Expression").asText()).as(id)
                    .matches("(MAX|SUM)\\(\\[\\w+(, \\w+)+]\\)( / 1000000000)?");
        }
    }

    @Test
    void everyAlarmIsEvaluatedWithinWhatCloudWatchAllows() {
        assertThat(Alarms.all()).filteredOn(alarm -> !alarm.composite()).allSatisfy(alarm -> {
            var properties = alarm.properties();
            var period = Math.max(properties.path("Period").asInt(), properties.findValues("Period").stream()
                    .mapToInt(value -> value.asInt()).max().orElse(0));
            assertThat(period).as(alarm.name()).isPositive();
            assertThat(period % 60).isZero();
            assertThat(period * properties.path("EvaluationPeriods").asInt()).isBetween(60, period < 3600 ? 86_400 : 604_800);
            assertThat(properties.path("DatapointsToAlarm").asInt()).isBetween(1, properties.path("EvaluationPeriods").asInt());
        });
    }

    @Test
    void whoeverIsToldOfAnAlarmIsToldOfItsEnd() {
        assertThat(Alarms.telling()).allSatisfy(alarm -> assertThat(alarm.properties().path("OKActions"))
                .as(alarm.name()).isEqualTo(alarm.properties().path("AlarmActions")));
        var silent = new TreeSet<>(Alarms.all().stream().filter(alarm -> !alarm.tells()).map(Alarm::id).toList());
        assertThat(silent).isEqualTo(Stream.of("AvailabilityFast", "AvailabilitySlow").flatMap(id -> rule(id).stream())
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static void assertBurn(String id, int period, String factor) {
        var properties = alarm(id).properties();
        assertThat(properties.path("Threshold").asText()).isEqualTo(factor);
        assertThat(properties.findValuesAsText("Period")).containsExactly(String.valueOf(period), String.valueOf(period));
        assertThat(properties.findValuesAsText("MetricName")).containsExactly("ServerErrors", "Requests");
        assertThat(properties.path("Metrics").path(0).path("Expression").asText())
                .isEqualTo("IF(errors > 1, errors / requests / 0.001, 0)");
    }

    private static Alarm alarm(String id) {
        return Alarms.all().stream().filter(alarm -> alarm.id().equals(id)).findFirst().orElseThrow();
    }

    private static List<String> rule(String id) {
        var rule = Template.text(alarm(id).properties().path("AlarmRule"));
        assertThat(rule).contains(" AND ");
        return RULE.matcher(rule).results().map(match -> match.group(1)).toList();
    }

    private static String expression(String alert) {
        return MetricNamesTest.rules().stream().filter(rule -> rule.path("alert").asText().equals(alert))
                .map(rule -> rule.path("expr").asText()).findFirst().orElseThrow();
    }

    private static Stream<String> alerts() {
        return MetricNamesTest.rules().stream().filter(rule -> rule.has("alert"))
                .map(rule -> rule.path("annotations").path("runbook").asText());
    }

    private static Set<String> anchors(Stream<String> anchors) {
        return anchors.collect(Collectors.toCollection(TreeSet::new));
    }

    private static String section() {
        var runbook = Project.text("ops/README.md");
        var begin = runbook.indexOf("\n## Alarms\n");
        assertThat(begin).isPositive();
        return runbook.substring(begin + "\n## Alarms".length(), runbook.indexOf("\n## ", begin + 1));
    }

    private static Set<String> entries() {
        return anchors(section().lines().filter(line -> line.startsWith("### ")).map(line -> line.substring("### ".length())
                .toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "").replace(' ', '-')));
    }
}
