package coworking.analytics.ops.eks;

import coworking.analytics.ops.ServiceProgram;
import io.fabric8.kubernetes.api.model.Container;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the image has to be so that the pods of the base can run it, and so that a build of today is a build of tomorrow. */
final class ImageRules {

    private static final Pattern FIXED = Pattern.compile("public\\.ecr\\.aws/[a-z0-9./-]+(:[a-z]*\\d[\\w.-]*|@sha256:[0-9a-f]{64})");
    private static final List<String> LABELS = List.of("version", "revision", "source", "licenses", "base.name");

    private final Dockerfile file;
    private final List<String> faults = new ArrayList<>();

    private ImageRules(Dockerfile file) {
        this.file = file;
    }

    static List<String> faults(String dockerfile) {
        var rules = new ImageRules(Dockerfile.parse(dockerfile));
        rules.bases();
        rules.process();
        rules.pod();
        rules.labels();
        return rules.faults;
    }

    private void bases() {
        var arguments = file.arguments();
        Stream.of("BUILD_BASE", "RUNTIME_BASE").filter(base -> !FIXED.matcher(arguments.getOrDefault(base, "")).matches())
                .forEach(base -> faults.add(base + " is no fixed version in ECR Public: " + arguments.get(base)));
        hold(file.all("FROM").stream().allMatch(from -> from.matches("\\$\\{(BUILD|RUNTIME)_BASE}( AS \\w+)?")),
                "a stage has a base that no argument replaces");
        hold(file.last().all("RUN").isEmpty(), "the last stage runs something, which a base without a shell cannot");
        hold(file.last().all("COPY").stream().allMatch(copy -> copy.startsWith("--from=build ")), "the image has files that nobody built");
    }

    private void process() {
        var entry = file.last().list("ENTRYPOINT");
        hold(!entry.isEmpty() && entry.getFirst().equals("/opt/jre/bin/java"),
                "java is not the first process: " + file.last().all("ENTRYPOINT"));
        hold(entry.contains("@/opt/coworking/jvm.options"), "the flags are not those that were measured");
        hold(entry.contains("-XX:AOTCache=/opt/coworking/coworking-analytics.aot"), "the AOT cache is not used");
        hold(ServiceProgram.commands().containsAll(file.last().list("CMD")) && file.last().list("CMD").size() == 1,
                "it runs no command of the service");
        hold(file.all("RUN").stream().anyMatch(run -> run.contains("-Dservice.java.home=/opt/jre")), "the cache is another runtime's");
    }

    private void pod() {
        var service = service();
        var user = service.getSecurityContext().getRunAsUser();
        hold(file.last().all("USER").equals(List.of(user + ":" + user)), "the pod's user is not the image's: " + user);
        hold(file.last().all("EXPOSE").contains(String.valueOf(ServiceProgram.defaultOf("APP_PORT"))), "the port is not the code's");
        hold(file.last().list("CMD").equals(service.getArgs()), "the image does by itself what the pod does not");
    }

    private void labels() {
        var labels = String.join(" ", file.last().all("LABEL"));
        LABELS.stream().filter(label -> !labels.contains("org.opencontainers.image." + label + "=\""))
                .forEach(label -> faults.add("there is no label " + label));
    }

    private static Container service() {
        return Manifests.base().deployment().getSpec().getTemplate().getSpec().getContainers().getFirst();
    }

    private void hold(boolean holds, String fault) {
        if (!holds) {
            faults.add(fault);
        }
    }
}
