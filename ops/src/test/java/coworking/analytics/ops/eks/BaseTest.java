package coworking.analytics.ops.eks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import coworking.analytics.ops.ServiceProgram;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class BaseTest {

    @Test
    void theFilesKeepEveryRule() {
        assertThat(PodRules.faults(Manifests.base())).isEmpty();
        assertThat(PeakHoursRules.faults(Manifests.base())).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> everyRuleOfPodsCatchesWhoBreaksIt() {
        return Map.ofEntries(
                Map.entry(new Mutation("containerPort: 5153", "containerPort: 8080"), "the container's port is not the code's"),
                Map.entry(new Mutation("  - name: http\n      port: 5153", "  - name: http\n      port: 80"),
                        "the Service's port is not the container's"),
                Map.entry(new Mutation("containerPort: 9153", "containerPort: 9154"), "operators have no port"),
                Map.entry(new Mutation("      targetPort: http\n", "      targetPort: http\n    - name: management\n      port: 9153\n"),
                        "the load balancer offers more than the service"),
                Map.entry(new Mutation("targetPort: http", "targetPort: web"), "the Service's target is no port of the container"),
                Map.entry(new Mutation("value: \"5153\"", "value: \"5154\""), "APP_PORT is not the container's port"),
                Map.entry(new Mutation("type: LoadBalancer", "type: ClusterIP"), "the Service is no load balancer"),
                Map.entry(new Mutation("path: /readiness_check", "path: /health_check"), "liveness and readiness ask the same"),
                Map.entry(new Mutation("timeoutSeconds: 3", "timeoutSeconds: 2"), "readiness does not outwait a dead database"),
                Map.entry(new Mutation("- migrate\n", "- upgrade\n"), "migrate runs no command of the service: [upgrade]"),
                Map.entry(new Mutation("- serve\n", "- check\n"), "the container does not serve"),
                Map.entry(new Mutation("coworking:1.0.1", "coworking:latest"), "the image has no fixed version"),
                Map.entry(new Mutation("DB_PORT: \"5432\"", "DATABASE_PORT: \"5432\""), "the ConfigMap has other keys"),
                Map.entry(new Mutation("APP_SHUTDOWN_GRACE_SECONDS", "APP_GRACE_SECONDS"), "coworking sets what nobody reads"),
                Map.entry(new Mutation("enableServiceLinks: false", "enableServiceLinks: true"), "a Service named app would set APP_PORT"),
                Map.entry(new Mutation("value: \"20\"", "value: \"25\""), "the grace is not the code's"),
                Map.entry(new Mutation("seconds: 15", "seconds: 5"), "pods stop before the load balancer stops sending"),
                Map.entry(new Mutation("terminationGracePeriodSeconds: 45", "terminationGracePeriodSeconds: 35"),
                        "pods are killed while requests still run"),
                Map.entry(new Mutation("maxUnavailable: 0", "maxUnavailable: 1"), "a rollout takes pods away first"),
                Map.entry(new Mutation("minReadySeconds: 5", "replicas: 1"), "the Deployment and the autoscaler both own the replicas"),
                Map.entry(new Mutation("maxUnavailable: 1\n  unhealthy", "minAvailable: 1\n  unhealthy"),
                        "the disruption budget forbids draining a single pod"),
                Map.entry(new Mutation("averageUtilization: 70", "averageUtilization: 80"), "the target is not 70 %"),
                Map.entry(new Mutation("maxReplicas: 3", "maxReplicas: 4"), "the greatest number of pods is not 3"),
                Map.entry(new Mutation("memory: 256Mi", "memory: 512Mi"), "coworking has other resources"),
                Map.entry(new Mutation("readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false"), "kubectl is not restricted"),
                Map.entry(new Mutation("kubectl:v1.35.9", "kubectl:latest"), "kubectl has no fixed version"),
                Map.entry(new Mutation("serviceAccountName: coworking\n", "serviceAccountName: default\n"), "there is no account default"),
                Map.entry(new Mutation("port: 5432", "port: 5433"), "the policies are not for DB_PORT"),
                Map.entry(new Mutation("mypostgres-postgresql-client: \"true\"\n      annotations", "client: \"true\"\n      annotations"),
                        "the database lets the service not in"),
                Map.entry(new Mutation("protocol: UDP", "protocol: SCTP"), "the service may not look up names"),
                Map.entry(new Mutation("podSelector: {}", "podSelector:\n    matchLabels:\n      service: other"),
                        "what no policy names may talk to everybody"),
                Map.entry(new Mutation("coworking.analytics/exception", "coworking.analytics/note"), "an exception without a reason"))
                .entrySet().stream().map(rule -> dynamicTest(rule.getValue(), () -> assertThat(
                        PodRules.faults(Manifests.base(rule.getKey()::in)))
                        .anySatisfy(fault -> assertThat(fault).startsWith(rule.getValue()))));
    }

    @TestFactory
    Stream<DynamicTest> everyRuleOfPeakHoursCatchesWhoBreaksIt() {
        return Map.of(
                new Mutation("  maxReplicas: 3", "  minReplicas: 1\n  maxReplicas: 3"), "the manifest owns the floor",
                new Mutation("*/10 8-17", "*/10 8-18"), "the floor is 2 on day 1 at 18:10",
                new Mutation("*/10 8-17 * * 1-5", "0 8 * * 1-5"), "what an apply undoes in peak hours stays undone",
                new Mutation("* * 1-5", "* * 0-4"), "the floor is 2 on day 0 at 8:0",
                new Mutation("timeZone: Etc/UTC", "timeZone: Mars/Olympus"), "there is no time zone Mars/Olympus",
                new Mutation("startingDeadlineSeconds: 300", "startingDeadlineSeconds: 500"), "a late run may undo the next one's floor",
                new Mutation("      - get\n      - patch\n", "      - \"*\"\n"), "the jobs may do more, or less",
                new Mutation("port: 443", "port: 444"), "the jobs may not reach the API server",
                new Mutation("automountServiceAccountToken: true", "automountServiceAccountToken: false"), "the jobs have no token")
                .entrySet().stream().map(rule -> dynamicTest(rule.getValue(), () -> assertThat(
                        PeakHoursRules.faults(Manifests.base(rule.getKey()::in)))
                        .anySatisfy(fault -> assertThat(fault).startsWith(rule.getValue()))));
    }

    @Test
    void fieldsThatTheApiDoesNotKnowAreRefused() {
        assertThatThrownBy(() -> Manifests.base(new Mutation("maxSurge: 1", "maxSurges: 1")::in)).hasMessageContaining("maxSurges");
        assertThatThrownBy(() -> Manifests.base(new Mutation("DB_PORT: \"5432\"", "DB_PORT: 5432")::in)).hasMessageContaining("String");
        assertThatThrownBy(() -> Manifests.base(new Mutation("minReadySeconds: 5", "minReadySeconds: \"5\"")::in))
                .hasMessageContaining("Integer");
        assertThatThrownBy(() -> Manifests.base(new Mutation("maxSurge: 1", "maxSurge: 1\n      maxSurge: 2")::in))
                .hasMessageContaining("maxSurge");
        assertThatThrownBy(() -> Manifests.base(new Mutation("kind: Role\n", "kind: Rolle\n")::in)).hasMessageContaining("Rolle");
    }

    @Test
    void theServiceAcceptsTheSettingsOfEachContainer() {
        var manifests = Manifests.base();
        Manifests.containers(manifests.deployment().getSpec().getTemplate()).forEach(container -> {
            var checked = ServiceProgram.run(PodRules.environment(manifests, container), "check");

            assertThat(checked.output()).contains("not ready: ");
            assertThat(checked.status()).isEqualTo(1);
        });
    }

    @Test
    void theServiceRefusesWrongSettings() {
        var manifests = Manifests.base(new Mutation("DB_HOST: mypostgres-postgresql", "DB_HOST: mypostgres-postgresql:5432")::in);

        assertThat(ServiceProgram.run(PodRules.environment(manifests, manifests.service()), "check").status()).isEqualTo(2);
    }

    /** So that configmap.yaml and coworking.yaml alone bring a pod up, in any namespace. */
    @Test
    void eachFileBringsTheAccountsThatItNamesAndOnlyTheNamespaceHasAName() {
        for (var file : Manifests.BASE) {
            var manifests = Manifests.parse(Manifests.baseFile(file));
            var accounts = manifests.all(ServiceAccount.class).stream().map(account -> account.getMetadata().getName())
                    .collect(Collectors.toSet());

            assertThat(manifests.pods()).allSatisfy(pod -> assertThat(accounts).contains(pod.getSpec().getServiceAccountName()));
            assertThat(manifests.all(HasMetadata.class)).allSatisfy(object -> assertThat(object.getMetadata().getNamespace()).isNull());
        }
    }

    @Test
    void theKustomizationListsEveryFile() {
        var listed = StrictYaml.documents(Manifests.baseFile("Kustomization")).getFirst().path("resources");

        assertThat(listed).extracting(file -> file.asText()).containsExactlyElementsOf(Manifests.BASE);
        assertThat(StrictYaml.OPS.resolve("eks/base").toFile().list((directory, name) -> name.endsWith(".yaml")))
                .containsExactlyInAnyOrderElementsOf(Manifests.BASE);
    }

    @Test
    void theNamespaceAdmitsRestrictedPodsAlone() {
        assertThat(Manifests.base().only(Namespace.class).getMetadata().getLabels())
                .containsEntry("pod-security.kubernetes.io/enforce", "restricted");
    }

    @Test
    void applyingTheConfigurationMakesNoSecret() {
        assertThat(Manifests.parse(Manifests.baseFile("configmap.yaml")).objects()).hasOnlyElementsOfTypes(ConfigMap.class);
    }

    @Test
    void theExampleOfASecretIsTheOneThatPodsReadAndIsRefusedUnchanged() {
        var text = Manifests.baseFile("configmap.yaml");
        var example = text.substring(text.indexOf("# ---")).replaceAll("(?m)^# ?", "");
        var secret = Manifests.parse(example).only(Secret.class);
        var read = Manifests.base().service().getEnv().stream().filter(PodRules::isPassword).map(EnvVar::getValueFrom).findFirst()
                .orElseThrow().getSecretKeyRef();

        assertThat(secret.getMetadata().getName()).isEqualTo(read.getName());
        assertThat(secret.getData()).containsOnlyKeys(read.getKey());
        assertThatThrownBy(() -> Base64.getDecoder().decode(secret.getData().get(read.getKey())))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
