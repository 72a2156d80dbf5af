package coworking.analytics.ops.eks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What CodeBuild has to be told so that nothing but a tested, scanned image gets a tag that anybody deploys. */
final class PipelineRules {

    private static final Set<String> KEYS = Set.of("version", "env", "phases", "reports", "artifacts", "cache");
    private static final Set<String> PHASE = Set.of("on-failure", "commands", "finally", "runtime-versions");
    private static final List<String> GIVEN = List.of("AWS_ACCOUNT_ID", "AWS_DEFAULT_REGION", "IMAGE_REPO_NAME", "CODEBUILD_BUILD_NUMBER",
            "CODEBUILD_RESOLVED_SOURCE_VERSION", "CODEBUILD_SOURCE_REPO_URL", "CODEBUILD_BUILD_SUCCEEDING", "TMPDIR");
    private static final Pattern USED = Pattern.compile("\\$\\{?([A-Z][A-Z_]+)");
    private static final Pattern SET = Pattern.compile("^(?:export )?([A-Z][A-Z_]+)(?:=|$)");

    private final JsonNode spec;
    private final List<String> faults = new ArrayList<>();

    private PipelineRules(JsonNode spec) {
        this.spec = spec;
    }

    static List<String> faults(String buildspec) {
        var rules = new PipelineRules(StrictYaml.documents(buildspec).getFirst());
        rules.shape();
        rules.order();
        rules.tags();
        rules.names();
        rules.secrets();
        return rules.faults;
    }

    private void shape() {
        hold(spec.path("version").asDouble() == 0.2, "the version is not 0.2");
        spec.fieldNames().forEachRemaining(key -> hold(KEYS.contains(key), "CodeBuild knows no " + key));
        for (var phase : spec.path("phases").properties()) {
            phase.getValue().fieldNames().forEachRemaining(key -> hold(PHASE.contains(key), "a phase knows no " + key));
            hold(phase.getValue().path("on-failure").asText().equals("ABORT"), phase.getKey() + " goes on after a failure");
        }
        hold(spec.at("/phases/install/runtime-versions/java").asText().equals("corretto25"), "the tests have another Java than the code");
        hold(!spec.at("/cache/paths").isEmpty(), "every build fetches every library again");
        hold(texts(spec.at("/reports/tests/files")).anyMatch(file -> file.contains("failsafe")), "half of the tests are in no report");
        hold(texts(spec.at("/artifacts/files")).toList().equals(List.of("imagedefinitions.json")), "the image definition is no artifact");
    }

    /** Each has to come after the one before it. */
    private void order() {
        var commands = commands().toList();
        var last = -1;
        for (var step : List.of("docker login", " verify", "docker build", "docker run", "test \"$CODEBUILD_BUILD_SUCCEEDING\" = 1",
                "docker push",
                "ops/pipeline/ecr gate", "ecr tag \"$IMAGE_REPO_NAME\" \"$IMAGE_DIGEST\" \"$VERSION\"", "latest",
                ">imagedefinitions.json")) {
            var at = first(commands, step);
            hold(at > last, "too early, or never: " + step);
            last = Math.max(last, at);
        }
        hold(commands.getLast().contains("imagedefinitions.json"), "something may fail after the image definition is there");
    }

    private void tags() {
        hold(commands().filter(command -> command.contains("docker push")).count() == 1, "more than one push makes more than one digest");
        hold(commands().filter(command -> command.contains("ecr tag")).count() == 2, "there are not three tags");
        hold(commands().anyMatch(command -> command.contains("\"name\":\"" + container() + "\"")),
                "the image definition is for no container");
        hold(commands().anyMatch(command -> command.contains("--file ops/Dockerfile")), "another Dockerfile is built");
    }

    /** A variable that nobody sets is empty, and says so to nobody. */
    private void names() {
        var known = new TreeSet<>(GIVEN);
        Stream.of("variables", "secrets-manager").forEach(kind -> spec.path("env").path(kind).fieldNames().forEachRemaining(known::add));
        commands().forEach(command -> {
            USED.matcher(command).results().map(match -> match.group(1)).filter(name -> !known.contains(name))
                    .forEach(name -> faults.add("nobody sets " + name));
            SET.matcher(command).results().forEach(match -> known.add(match.group(1)));
        });
        texts(spec.at("/env/exported-variables")).filter(name -> !known.contains(name)).forEach(name -> faults.add("nobody sets " + name));
    }

    private void secrets() {
        hold(spec.at("/env/secrets-manager/MAVEN_SETTINGS").asText().startsWith("coworking/build:"), "the secret is not named");
        hold(texts(spec.at("/phases/build/finally")).anyMatch(command -> command.startsWith("rm -f ")), "the secret stays on the disk");
        hold(commands().noneMatch(command -> command.contains("--build-arg MAVEN_SETTINGS")), "the secret is in the image's history");
        hold(commands().filter(command -> command.contains("docker login")).allMatch(command -> command.contains("--password-stdin")),
                "the password is among the arguments");
    }

    private Stream<String> commands() {
        return Stream.of("pre_build", "build", "post_build").flatMap(phase -> texts(spec.path("phases").path(phase).path("commands")));
    }

    private static Stream<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText);
    }

    private static int first(List<String> commands, String step) {
        for (var i = 0; i < commands.size(); i++) {
            if (commands.get(i).contains(step)) {
                return i;
            }
        }
        return -1;
    }

    private static String container() {
        return Manifests.base().deployment().getSpec().getTemplate().getSpec().getContainers().getFirst().getName();
    }

    private void hold(boolean holds, String fault) {
        if (!holds) {
            faults.add(fault);
        }
    }
}
