package coworking.analytics.ops.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class TemplatesTest {

    private static final Set<String> WIDGETS = Set.of("alarm", "text", "metric", "log");

    @Test
    void cloudFormationWouldTakeThem() {
        assertThat(Template.NAMES).allSatisfy(name -> assertThat(TemplateRules.faults(Template.source(name))).isEmpty());
    }

    @Test
    void whatItWouldRefuseIsSeen() {
        var logs = Template.source("logs");
        Map.of(
                logs.replace("RetentionInDays", "RetentionDays"), "Host has no property RetentionDays",
                logs.replace("Ref: RetentionDays", "Ref: Retention"), "nothing has the name Retention",
                logs.replace("${ClusterName}/host", "${Cluster}/host"), "nothing has the name Cluster",
                logs.replace("Resources:", "Resource:"), "no section Resource",
                logs.replace("AWS::Logs::LogGroup", "AWS::Logs::Group"), "no type AWS::Logs::Group",
                logs.replace("DeletionPolicy", "Deletion"), "Host has no Deletion")
                .forEach((changed, fault) -> assertThat(TemplateRules.faults(changed)).contains(fault));
        var alarms = Template.source("alarms");
        assertThat(TemplateRules.faults(alarms.replace("Id: watched\n", "Label: watched\n")))
                .contains("AvailabilityFastLong.Metrics lacks Id");
        assertThat(TemplateRules.faults(alarms.replace("[MakesTopic,", "[Makes,"))).contains("no condition Makes");
        assertThat(TemplateRules.faults(alarms.replace("Ref: LogGigabytesADay", "Ref: MonthlyBudget")))
                .contains("nobody uses the parameter LogGigabytesADay");
        assertThatThrownBy(() -> TemplateRules.faults(alarms.replace("MonthlyBudget:\n", "Email:\n"))).hasMessageContaining("Email");
    }

    @Test
    void theDashboardIsOneThatCloudWatchDraws() {
        var widgets = Template.named("dashboard").dashboard().path("widgets");
        var taken = new TreeSet<String>();

        assertThat(widgets).hasSizeGreaterThan(15).allSatisfy(widget -> {
            assertThat(WIDGETS).contains(widget.path("type").asText());
            assertThat(widget.path("x").asInt() + widget.path("width").asInt()).isBetween(1, 24);
            for (int x = 0; x < widget.path("width").asInt(); x++) {
                for (int y = 0; y < widget.path("height").asInt(); y++) {
                    assertThat(taken.add((widget.path("x").asInt() + x) + " " + (widget.path("y").asInt() + y))).as("overlaps").isTrue();
                }
            }
        });
        assertThat(widgets).filteredOn(widget -> widget.path("type").asText().equals("metric")).allSatisfy(widget -> {
            var properties = widget.path("properties");
            assertThat(properties.path("title").asText()).isNotBlank();
            assertThat(properties.path("region").asText()).isIn("${AWS::Region}", "us-east-1");
            assertThat(properties.path("yAxis").path("left").path("label").asText()).as("unit").isNotBlank();
            assertThat(properties.path("period").asInt() % 60).isZero();
            assertThat(properties.path("metrics")).allSatisfy(metric -> assertThat(
                    metric.path(metric.size() - 1).path("label").asText()).as("label").isNotBlank());
        });
    }

    @Test
    void itShowsEverySideOfTheService() {
        var headings = StreamSupport.stream(Template.named("dashboard").dashboard().path("widgets").spliterator(), false)
                .filter(widget -> widget.path("type").asText().equals("text"))
                .map(widget -> widget.path("properties").path("markdown").asText()).collect(Collectors.joining(" ")).toLowerCase(
                        Locale.ROOT);

        assertThat(Stream.of("traffic", "latency", "errors", "database", "freshness", "jvm", "nodes", "cost")).allMatch(headings::contains);
    }

    @Test
    void itListsEveryAlarmThatTellsSomebody() {
        var listed = new TreeSet<String>();
        Template.named("dashboard").dashboard().path("widgets").path(0).path("properties").path("alarms")
                .forEach(arn -> listed.add(arn.asText().replaceFirst(".*:alarm:my-cluster-", "")));

        assertThat(listed).isEqualTo(Alarms.telling().stream().map(Alarms.Alarm::name)
                .filter(name -> !name.endsWith("-spend")).collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void savedQueriesAreOfGroupsThatThereAre() {
        var groups = Template.named("logs").all("AWS::Logs::LogGroup").values().stream()
                .map(group -> Template.text(group.path("LogGroupName"))).collect(Collectors.toSet());

        assertThat(Template.named("dashboard").all("AWS::Logs::QueryDefinition").values()).hasSizeGreaterThan(5).allSatisfy(query -> {
            assertThat(groups).contains(Template.text(query.path("LogGroupNames").path(0)));
            assertThat(query.path("QueryString").asText().lines().map(line -> line.strip().split(" ", 2)[0]))
                    .allMatch(word -> List.of("fields", "filter", "stats", "|", "by").contains(word) || word.startsWith("sum("));
        });
        assertThat(groups).contains(Template.text(
                Template.named("dashboard").all("AWS::Logs::MetricFilter").values().iterator().next().path("LogGroupName")));
    }
}
