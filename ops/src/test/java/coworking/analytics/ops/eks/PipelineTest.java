package coworking.analytics.ops.eks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PipelineTest {

    private static final String DOCKERFILE = StrictYaml.text("Dockerfile");
    private static final String BUILDSPEC = StrictYaml.text("../buildspec.yaml");

    @Test
    void theFilesKeepEveryRule() {
        assertThat(ImageRules.faults(DOCKERFILE)).isEmpty();
        assertThat(PipelineRules.faults(BUILDSPEC)).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> everyRuleOfTheImageCatchesWhoBreaksIt() {
        return caught(DOCKERFILE, ImageRules::faults, Map.ofEntries(
                Map.entry(new Mutation(":3.9.12-eclipse-temurin-25", ":latest"), "BUILD_BASE is no fixed version"),
                Map.entry(new Mutation("RUNTIME_BASE=public.ecr.aws/", "RUNTIME_BASE=docker.io/"), "RUNTIME_BASE is no fixed version"),
                Map.entry(new Mutation("FROM ${RUNTIME_BASE}", "FROM scratch"), "a stage has a base that no argument replaces"),
                Map.entry(new Mutation("EXPOSE 5153", "EXPOSE 5153\nRUN true"), "the last stage runs something"),
                Map.entry(new Mutation("COPY --from=build --chown=0:0 /opt/jre", "COPY /opt/jre"), "the image has files that nobody built"),
                Map.entry(new Mutation("ENTRYPOINT [\"/opt/jre/bin/java\", ", "ENTRYPOINT [\"/bin/sh\", "),
                        "java is not the first process"),
                Map.entry(new Mutation("\"@/opt/coworking/jvm.options\", ", ""), "the flags are not those that were measured"),
                Map.entry(new Mutation("\"-XX:AOTCache=", "\"-XX:SharedArchiveFile="), "the AOT cache is not used"),
                Map.entry(new Mutation("CMD [\"serve\"]", "CMD [\"start\"]"), "it runs no command of the service"),
                Map.entry(new Mutation("CMD [\"serve\"]", "CMD [\"migrate\"]"), "the image does by itself what the pod does not"),
                Map.entry(new Mutation(" -Dservice.java.home=/opt/jre", ""), "the cache is another runtime's"),
                Map.entry(new Mutation("USER 10001:10001\nEXPOSE", "USER 1000:1000\nEXPOSE"), "the pod's user is not the image's"),
                Map.entry(new Mutation("EXPOSE 5153", "EXPOSE 5000"), "the port is not the code's"),
                Map.entry(new Mutation("image.revision=", "image.commit="), "there is no label revision")));
    }

    @TestFactory
    Stream<DynamicTest> everyRuleOfThePipelineCatchesWhoBreaksIt() {
        return caught(BUILDSPEC, PipelineRules::faults, Map.ofEntries(
                Map.entry(new Mutation("version: 0.2", "version: 0.1"), "the version is not 0.2"),
                Map.entry(new Mutation("reports:", "report:"), "CodeBuild knows no report"),
                Map.entry(new Mutation("    finally:", "    always:"), "a phase knows no always"),
                Map.entry(new Mutation("on-failure: ABORT\n    commands:\n      - mvn", "on-failure: CONTINUE\n    commands:\n      - mvn"),
                        "build goes on after a failure"),
                Map.entry(new Mutation("corretto25", "corretto21"), "the tests have another Java"),
                Map.entry(new Mutation("    - /root/.m2/repository/**/*", "    []"), "every build fetches every library again"),
                Map.entry(new Mutation("failsafe-reports", "other-reports"), "half of the tests are in no report"),
                Map.entry(new Mutation("artifacts:\n  files:\n    - image", "artifacts:\n  files:\n    - '*'\n    - image"),
                        "the image definition is no artifact"),
                Map.entry(new Mutation("xml\" verify", "xml\" package"), "too early, or never:  verify"),
                Map.entry(new Mutation("test \"$CODEBUILD_BUILD_SUCCEEDING\" = 1", "true"),
                        "too early, or never: test \"$CODEBUILD_BUILD_SUCCEEDING"),
                Map.entry(new Mutation("ops/pipeline/ecr gate", "ops/pipeline/ecr digest"), "too early, or never: ops/pipeline/ecr gate"),
                Map.entry(new Mutation("      - ops/pipeline/ecr tag \"$IMAGE_REPO_NAME\" \"$IMAGE_DIGEST\" latest\n", ""),
                        "there are not three tags"),
                Map.entry(new Mutation("\"$IMAGE_DIGEST\" latest", "\"$IMAGE_DIGEST\" latest && docker push \"$IMAGE_URI\""),
                        "more than one push"),
                Map.entry(new Mutation("\"name\":\"coworking\"", "\"name\":\"app\""), "the image definition is for no container"),
                Map.entry(new Mutation("--file ops/Dockerfile", "--file Dockerfile"), "another Dockerfile is built"),
                Map.entry(new Mutation("SCAN_REFUSES: CRITICAL", "SCAN_REFUSED: CRITICAL"), "nobody sets SCAN_REFUSES"),
                Map.entry(new Mutation("    - IMAGE_DIGEST\n", "    - IMAGE_SHA\n"), "nobody sets IMAGE_SHA"),
                Map.entry(new Mutation("coworking/build:maven-settings", "<settings/>"), "the secret is not named"),
                Map.entry(new Mutation("- rm -f", "- ls"), "the secret stays on the disk"),
                Map.entry(new Mutation("--build-arg VERSION=\"$VERSION\"", "--build-arg MAVEN_SETTINGS"),
                        "the secret is in the image's history"),
                Map.entry(new Mutation("--password-stdin", "--password \"$PASSWORD\""), "the password is among the arguments")));
    }

    private static Stream<DynamicTest> caught(String text, Function<String, List<String>> rules, Map<Mutation, String> mistakes) {
        return mistakes.entrySet().stream().map(mistake -> dynamicTest(mistake.getValue(), () -> assertThat(
                rules.apply(mistake.getKey().in(text))).anySatisfy(fault -> assertThat(fault).startsWith(mistake.getValue()))));
    }
}
