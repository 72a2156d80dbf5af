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
                Map.entry(new Change(":3.9.12-eclipse-temurin-25", ":latest"), "BUILD_BASE is no fixed version"),
                Map.entry(new Change("RUNTIME_BASE=public.ecr.aws/", "RUNTIME_BASE=docker.io/"), "RUNTIME_BASE is no fixed version"),
                Map.entry(new Change("FROM ${RUNTIME_BASE}", "FROM scratch"), "a stage has a base that no argument replaces"),
                Map.entry(new Change("EXPOSE 5153", "EXPOSE 5153\nRUN true"), "the last stage runs something"),
                Map.entry(new Change("COPY --from=build --chown=0:0 /opt/jre", "COPY /opt/jre"), "the image has files that nobody built"),
                Map.entry(new Change("ENTRYPOINT [\"/opt/jre/bin/java\", ", "ENTRYPOINT [\"/bin/sh\", "), "java is not the first process"),
                Map.entry(new Change("\"@/opt/coworking/jvm.options\", ", ""), "the flags are not those that were measured"),
                Map.entry(new Change("\"-XX:AOTCache=", "\"-XX:SharedArchiveFile="), "the AOT cache is not used"),
                Map.entry(new Change("CMD [\"serve\"]", "CMD [\"start\"]"), "it runs no command of the service"),
                Map.entry(new Change("CMD [\"serve\"]", "CMD [\"migrate\"]"), "the image does by itself what the pod does not"),
                Map.entry(new Change(" -Dservice.java.home=/opt/jre", ""), "the cache is another runtime's"),
                Map.entry(new Change("USER 10001:10001\nEXPOSE", "USER 1000:1000\nEXPOSE"), "the pod's user is not the image's"),
                Map.entry(new Change("EXPOSE 5153", "EXPOSE 5000"), "the port is not the code's"),
                Map.entry(new Change("image.revision=", "image.commit="), "there is no label revision")));
    }

    @TestFactory
    Stream<DynamicTest> everyRuleOfThePipelineCatchesWhoBreaksIt() {
        return caught(BUILDSPEC, PipelineRules::faults, Map.ofEntries(
                Map.entry(new Change("version: 0.2", "version: 0.1"), "the version is not 0.2"),
                Map.entry(new Change("reports:", "report:"), "CodeBuild knows no report"),
                Map.entry(new Change("    finally:", "    always:"), "a phase knows no always"),
                Map.entry(new Change("on-failure: ABORT\n    commands:\n      - mvn", "on-failure: CONTINUE\n    commands:\n      - mvn"),
                        "build goes on after a failure"),
                Map.entry(new Change("corretto25", "corretto21"), "the tests have another Java"),
                Map.entry(new Change("    - /root/.m2/repository/**/*", "    []"), "every build fetches every library again"),
                Map.entry(new Change("failsafe-reports", "other-reports"), "half of the tests are in no report"),
                Map.entry(new Change("artifacts:\n  files:\n    - image", "artifacts:\n  files:\n    - '*'\n    - image"),
                        "the image definition is no artifact"),
                Map.entry(new Change("xml\" verify", "xml\" package"), "too early, or never:  verify"),
                Map.entry(new Change("test \"$CODEBUILD_BUILD_SUCCEEDING\" = 1", "true"),
                        "too early, or never: test \"$CODEBUILD_BUILD_SUCCEEDING"),
                Map.entry(new Change("ops/pipeline/ecr gate", "ops/pipeline/ecr digest"), "too early, or never: ops/pipeline/ecr gate"),
                Map.entry(new Change("      - ops/pipeline/ecr tag \"$IMAGE_REPO_NAME\" \"$IMAGE_DIGEST\" latest\n", ""),
                        "there are not three tags"),
                Map.entry(new Change("\"$IMAGE_DIGEST\" latest", "\"$IMAGE_DIGEST\" latest && docker push \"$IMAGE_URI\""),
                        "more than one push"),
                Map.entry(new Change("\"name\":\"coworking\"", "\"name\":\"app\""), "the image definition is for no container"),
                Map.entry(new Change("--file ops/Dockerfile", "--file Dockerfile"), "another Dockerfile is built"),
                Map.entry(new Change("SCAN_REFUSES: CRITICAL", "SCAN_REFUSED: CRITICAL"), "nobody sets SCAN_REFUSES"),
                Map.entry(new Change("    - IMAGE_DIGEST\n", "    - IMAGE_SHA\n"), "nobody sets IMAGE_SHA"),
                Map.entry(new Change("coworking/build:maven-settings", "<settings/>"), "the secret is not named"),
                Map.entry(new Change("- rm -f", "- ls"), "the secret stays on the disk"),
                Map.entry(new Change("--build-arg VERSION=\"$VERSION\"", "--build-arg MAVEN_SETTINGS"),
                        "the secret is in the image's history"),
                Map.entry(new Change("--password-stdin", "--password \"$PASSWORD\""), "the password is among the arguments")));
    }

    private static Stream<DynamicTest> caught(String text, Function<String, List<String>> rules, Map<Change, String> mistakes) {
        return mistakes.entrySet().stream().map(mistake -> dynamicTest(mistake.getValue(), () -> assertThat(
                rules.apply(mistake.getKey().in(text))).anySatisfy(fault -> assertThat(fault).startsWith(mistake.getValue()))));
    }
}
