package coworking.analytics.ops.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.ops.Project;
import coworking.analytics.ops.ServiceProgram;
import coworking.analytics.ops.runbook.Tools.FlagValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every command of ops/README.md names what exists; and a command that does not is seen. */
class RunbookTest {

    private static final Path FILE = Project.ROOT.resolve("ops/README.md");
    private static final Pattern SERVICE_COMMAND = Pattern.compile("^  ([a-z]+)  ", Pattern.MULTILINE);
    private static final Pattern SERVICE_FLAGS = Pattern.compile("^Arguments of ([a-z]+):\n((?:  .*\n)+)", Pattern.MULTILINE);
    private static final Pattern SERVICE_FLAG = Pattern.compile("^  (--[a-z-]+)( [A-Z]+)? ", Pattern.MULTILINE);
    private static final Pattern CHART = Pattern.compile("bitnamicharts/postgresql --version (\\S+)");

    private static Runbook runbook = new Runbook(List.of());
    private static Checker checker = new Checker(new Tools(List.of()), Map.of(), inventory(List.of()), Map.of());

    @BeforeAll
    static void readAll() throws IOException {
        runbook = new Runbook(Files.readAllLines(FILE));
        checker = new Checker(new Tools(resource("flags.txt")), kinds(), inventory(resource("elsewhere.txt")), serviceCommands());
    }

    @Test
    void everyCommandThatIsTypedNamesWhatExists() {
        assertThat(runbook.typed()).hasSizeGreaterThan(100);
        assertThat(runbook.typed().stream().flatMap(line -> problems(line).stream())).isEmpty();
    }

    @Test
    void soDoesEveryCommandInASentence() {
        assertThat(runbook.mentioned().stream().flatMap(line -> problems(line).stream())).isEmpty();
    }

    @Test
    void itsFilesLinksAndHeadingsExist() throws IOException {
        var project = inventory(List.of());
        assertThat(runbook.problems()).isEmpty();
        assertThat(runbook.files()).allMatch(project::hasFile);
        assertThat(runbook.links()).allMatch(link -> link.startsWith("#")
                ? runbook.anchors().contains(link)
                : Files.exists(Project.ROOT.resolve("ops").resolve(link)));
    }

    @Test
    void theChartHasOneVersion() throws IOException {
        var text = Files.readString(FILE) + Files.readString(Project.ROOT.resolve("ops/postgres/values.yaml"));
        assertThat(CHART.matcher(text).results().map(match -> match.group(1)).distinct()).hasSize(1);
    }

    @Test
    void whatDoesNotExistIsSeen() {
        assertThat(Map.ofEntries(
                Map.entry("kubectl rollout stauts deployment/coworking", "no such command: kubectl rollout stauts deployment/coworking"),
                Map.entry("kubectl logs -l service=coworking --tails=50", "kubectl logs has no flag --tails"),
                Map.entry("kubectl apply -f", "-f lacks its value"),
                Map.entry("kubectl apply -f ops/eks/base/cowork.yaml", "no file ops/eks/base/cowork.yaml"),
                Map.entry("kubectl apply -k ops/postgres", "no kustomization in ops/postgres"),
                Map.entry("kubectl rollout undo deployment/coworkin", "no deployment coworkin"),
                Map.entry("kubectl get deploymint coworking", "no kind deploymint"),
                Map.entry("kubectl logs -l service=cowork", "nothing has the label service=cowork"),
                Map.entry("kubectl logs -l service=coworking -c migrates", "no container migrates"),
                Map.entry("kubectl patch secret mypostgres-postgresql -p '{\"data\"}'", "not JSON: {\"data\"}"),
                Map.entry("kubectl get secret other -o json | base64 -d", "no secret other"),
                Map.entry("echo hello", "no such command: echo hello"),
                Map.entry("X=\"$(kubectl get pods --lable=a)\"", "kubectl get has no flag --lable"),
                Map.entry("helm upgrade --install mypostgres CHART -f ops/postgres/value.yaml", "no file ops/postgres/value.yaml"),
                Map.entry("helm instal mypostgres CHART", "no such command: helm instal mypostgres CHART"),
                Map.entry("aws ecr describe-image --repository-name coworking",
                        "no such command: aws ecr describe-image --repository-name coworking"),
                Map.entry("aws ecr describe-images --repository coworking", "aws ecr describe-images has no flag --repository"),
                Map.entry("aws cloudwatch get-metric-data --metric-data-queries file://ops/cost/query.json", "no file ops/cost/query.json"),
                Map.entry("aws eks describe-addon --cluster-name other --addon-name vpc-cni", "no cluster other"),
                Map.entry("aws logs tail /aws/containerinsights/other/application",
                        "no log group /aws/containerinsights/other/application"),
                Map.entry("eksctl create cluster -f ops/eks/clusters/staging.yaml", "no file ops/eks/clusters/staging.yaml"),
                Map.entry("eksctl scale nodegroup --cluster my-cluster --name spots --nodes 1", "no node group spots"),
                Map.entry("psql -h 127.0.0.1 -f migrations.sql", "no file migrations.sql"),
                Map.entry("psql --single-transactions", "psql has no flag --single-transactions"),
                Map.entry("java -jar bootstrap/target/coworking-analytics.jar rebild", "the service has no command rebild"),
                Map.entry("java -jar bootstrap/target/coworking-analytics.jar check ready", "check takes nothing"),
                Map.entry("java -jar bootstrap/target/coworking-analytics.jar check --all-paths", "java has no flag --all-paths"),
                Map.entry("java -jar bootstrap/target/coworking-analytics.jar replay --form=http://old", "java has no flag --form"),
                Map.entry("java -jar bootstrap/target/coworking-analytics.jar replay --from http://old --to", "--to lacks its value"),
                Map.entry("java -jar bootstrap/target/coworking-analytics.jar replay --from http://old --to http://new old.log",
                        "no file old.log"),
                Map.entry("java -jar bootstrap/target/coworking.jar check", "no file bootstrap/target/coworking.jar"),
                Map.entry("ops/postgres/backups x.dump", "no such command: ops/postgres/backups x.dump"),
                Map.entry("ops/postgres/restore x.dump", "no file x.dump"),
                Map.entry("ops/cloudwatch/deploy staging Email=a@b.example", "no file ops/cloudwatch/staging.txt"),
                Map.entry("docker run --privilege coworking", "docker run has no flag --privilege"),
                Map.entry("kubectl get pods -o 'jsonpath", "a quote is not closed")))
                .allSatisfy((line, problem) -> assertThat(checker.problems(line)).containsExactly(problem));
    }

    private static List<String> problems(String line) {
        return checker.problems(line).stream().map(problem -> problem + "   in: " + line).toList();
    }

    private static Inventory inventory(List<String> elsewhere) {
        try {
            return new Inventory(Project.ROOT, elsewhere);
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private static Map<String, String> kinds() throws IOException {
        var kinds = new TreeMap<String, String>();
        for (var line : resource("kinds.txt")) {
            var parts = line.split(" : ", -1);
            if (parts.length == 2) {
                for (var name : parts[0].split(" ", -1)) {
                    kinds.put(name, parts[1]);
                }
            }
        }
        return kinds;
    }

    @Test
    void theConfigurationPageListsTheCommandsOfTheService() throws IOException {
        var listed = Pattern.compile("^\\| `([a-z]+)` \\| .* \\| .* \\|$", Pattern.MULTILINE)
                .matcher(Files.readString(Project.ROOT.resolve("docs/configuration.md"))).results().map(match -> match.group(1)).toList();

        assertThat(listed).containsExactlyInAnyOrderElementsOf(serviceCommands().keySet());
    }

    /** As the service itself lists them, with what each takes. */
    private static Map<String, Map<String, FlagValue>> serviceCommands() {
        var commands = new TreeMap<String, Map<String, FlagValue>>();
        SERVICE_COMMAND.matcher(ServiceProgram.HELP).results().forEach(command -> commands.put(command.group(1), new TreeMap<>()));
        SERVICE_FLAGS.matcher(ServiceProgram.HELP).results().forEach(part -> commands.put(part.group(1), serviceFlags(part.group(2))));
        return commands;
    }

    private static Map<String, FlagValue> serviceFlags(String help) {
        var flags = new TreeMap<String, FlagValue>();
        SERVICE_FLAG.matcher(help).results()
                .forEach(flag -> flags.put(flag.group(1), flag.group(2) == null ? FlagValue.NONE : FlagValue.NEXT_WORD));
        return flags;
    }

    private static List<String> resource(String name) throws IOException {
        var path = Project.ROOT.resolve("ops/src/test/resources/runbook").resolve(name);
        return Files.exists(path) ? Files.readAllLines(path) : List.of();
    }
}
