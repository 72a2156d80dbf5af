package coworking.analytics.ops.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.ops.ProcessResult;
import coworking.analytics.ops.Processes;
import coworking.analytics.ops.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ops/cloudwatch/deploy asks of AWS, of which a stand-in writes down what it was asked. */
class DeployTest {

    @TempDir
    Path directory = Path.of("");

    @Test
    void aNewClusterGetsItsGroupsAlarmsAndDashboard() throws IOException, InterruptedException {
        var asked = deploy("case $* in *describe-stacks*|*describe-addon*) exit 254;; esac", "production", "Email=a@b.example");

        assertThat(asked).filteredOn(call -> call.startsWith("cloudformation deploy ")).hasSize(3)
                .allMatch(call -> call.contains(" ClusterName=my-cluster ") && call.contains(" Email=a@b.example "))
                .element(0).asString().contains("--stack-name my-cluster-coworking-logs --template-file ops/cloudwatch/logs.yaml",
                        "RetentionDays=30");
        assertThat(asked).noneMatch(call -> call.contains("create-change-set") || call.contains("update-addon"));
    }

    @Test
    void groupsThatAnAgentMadeAreImportedAndGetTheirRetention() throws IOException, InterruptedException {
        var asked = deploy("""
                case $* in
                  *describe-stacks*) exit 254;;
                  *describe-log-groups*) printf '%s\\t%s\\n' /aws/containerinsights/my-cluster/application \
                    /aws/containerinsights/my-cluster/host;;
                esac""", "production");

        assertThat(asked).filteredOn(call -> call.startsWith("logs create-log-group")).containsExactly(
                "logs create-log-group --log-group-name /aws/containerinsights/my-cluster/dataplane",
                "logs create-log-group --log-group-name /aws/containerinsights/my-cluster/performance");
        assertThat(asked).filteredOn(call -> call.startsWith("logs put-retention-policy")).hasSize(4)
                .allMatch(call -> call.endsWith(" --retention-in-days 30"));
        var imported = asked.stream().filter(call -> call.contains("--change-set-type IMPORT")).findFirst().orElseThrow();
        var resources = Project.json(imported.replaceFirst(".*--resources-to-import ", "").replaceFirst(" --parameters .*", ""));
        assertThat(resources.findValuesAsText("LogicalResourceId"))
                .containsExactlyElementsOf(new ArrayList<>(Template.named("logs").resources().properties().stream().map(Map.Entry::getKey)
                        .toList()));
        assertThat(asked).containsSubsequence(
                "cloudformation execute-change-set --stack-name my-cluster-coworking-logs --change-set-name import",
                "cloudformation wait stack-import-complete --stack-name my-cluster-coworking-logs");
    }

    @Test
    void aClusterThatIsThereHasItsAgentsTold() throws IOException, InterruptedException {
        var asked = deploy("", "development");

        assertThat(asked).noneMatch(call -> call.contains("describe-log-groups"));
        assertThat(asked).anyMatch(call -> call.startsWith("eks update-addon --cluster-name my-cluster-development")
                && call.endsWith("--configuration-values file://ops/cloudwatch/addon.json"));
        assertThat(asked).filteredOn(call -> call.startsWith("cloudformation deploy")).allMatch(call -> call.contains("RetentionDays=7"));
    }

    @Test
    void whatNoTemplateTakesIsRefusedBeforeAnythingIsDone() throws IOException, InterruptedException {
        assertThat(run("", "staging").status()).isEqualTo(2);
        assertThat(run("", "production", "Emial=a@b.example").output()).startsWith("no parameter of the templates: Emial=a@b.example");
        assertThat(Files.exists(directory.resolve("asked"))).isFalse();
    }

    @Test
    void aStackThatFailsEndsIt() throws IOException, InterruptedException {
        assertThat(run("case $* in *coworking-alarms*) exit 1;; esac", "production").status()).isNotZero();
        assertThat(Files.readString(directory.resolve("asked"))).doesNotContain("coworking-dashboard");
    }

    private List<String> deploy(String answers, String... arguments) throws IOException, InterruptedException {
        var ended = run(answers, arguments);
        assertThat(ended.status()).as(ended.output()).isZero();
        return Files.readAllLines(directory.resolve("asked"));
    }

    private ProcessResult run(String answers, String... arguments) throws IOException, InterruptedException {
        var aws = Files.writeString(directory.resolve("aws"), "#!/bin/bash\necho \"$*\" >> '" + directory + "/asked'\n" + answers + "\n");
        assertThat(aws.toFile().setExecutable(true)).isTrue();
        var command = new ArrayList<>(List.of("ops/cloudwatch/deploy"));
        command.addAll(List.of(arguments));
        return Processes.run(Map.of("PATH", directory + ":" + System.getenv("PATH")), command.toArray(String[]::new));
    }
}
