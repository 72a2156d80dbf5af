package coworking.analytics.ops.eks;

import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.ops.Processes;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The overlays, rendered by kubectl; where there is none, these tests are skipped and say so. */
class OverlaysTest {

    @TempDir
    Path directory;

    @Test
    void theOverlaysKeepEveryRule() throws Exception {
        for (var overlay : List.of("development", "production")) {
            var rendered = rendered("eks/overlays/" + overlay);

            assertThat(PodRules.faults(rendered)).isEmpty();
            assertThat(PeakHoursRules.faults(rendered)).isEmpty();
            assertThat(rendered.only(RoleBinding.class).getSubjects()).singleElement()
                    .satisfies(subject -> assertThat(subject.getNamespace()).isEqualTo("coworking"));
        }
    }

    @Test
    void everythingIsInTheNamespaceThatTheOverlayMakes() throws Exception {
        for (var overlay : List.of("development", "production")) {
            var rendered = rendered("eks/overlays/" + overlay);
            var namespace = rendered.only(Namespace.class).getMetadata().getName();

            assertThat(rendered.all(HasMetadata.class)).filteredOn(object -> !(object instanceof Namespace))
                    .allSatisfy(object -> assertThat(object.getMetadata().getNamespace()).isEqualTo(namespace));
        }
    }

    @Test
    void developmentPrefersSpotAndKeepsItsFloor() throws Exception {
        var development = rendered("eks/overlays/development");

        assertThat(preferredCapacity(development)).containsExactly("SPOT");
        assertThat(development.all(CronJob.class)).allSatisfy(job -> assertThat(job.getSpec().getSuspend()).isTrue());
    }

    @Test
    void productionSpreadsOverZonesAndKindsOfCapacityAndRaisesItsFloor() throws Exception {
        var production = rendered("eks/overlays/production");

        assertThat(preferredCapacity(production)).containsExactly("ON_DEMAND");
        assertThat(production.deployment().getSpec().getTemplate().getSpec().getTopologySpreadConstraints())
                .extracting(TopologySpreadConstraint::getTopologyKey)
                .containsExactlyInAnyOrder("topology.kubernetes.io/zone", "eks.amazonaws.com/capacityType");
        assertThat(production.all(CronJob.class)).allSatisfy(job -> assertThat(job.getSpec().getSuspend()).isNull());
    }

    @Test
    void productionReadsThePasswordThatSecretsManagerKeepsWithARoleThatTheClusterMakes() throws Exception {
        var production = rendered("eks/overlays/production");
        var secret = production.only(SecretsManager.ExternalSecret.class).spec();
        var aws = production.only(SecretsManager.SecretStore.class).spec().provider().aws();
        var account = production.named(ServiceAccount.class, aws.auth().jwt().serviceAccountRef().name());
        var cluster = Cluster.named("production");
        var made = cluster.iam().accounts().getFirst();

        assertThat(password(production.service())).isEqualTo(secret.target().name() + "/" + secret.data().getFirst().secretKey());
        assertThat(secret.secretStoreRef().name())
                .isEqualTo(production.only(SecretsManager.SecretStore.class).metadata().getName());
        assertThat(aws.region()).isEqualTo(cluster.metadata().region());
        assertThat(account.getMetadata().getAnnotations().get("eks.amazonaws.com/role-arn")).endsWith(":role/" + made.roleName());
        assertThat(made.metadata()).isEqualTo(new Cluster.ObjectName(
                account.getMetadata().getName(), production.only(Namespace.class).getMetadata().getName()));
        assertThat(made.attachPolicy().statements().getFirst().resource())
                .contains(":" + aws.region() + ":").endsWith(":secret:" + secret.data().getFirst().remoteRef().key() + "-*");
    }

    @Test
    void metricsAreOfTheClusterThatTheAlarmsWatch() throws Exception {
        for (var overlay : List.of("development", "production")) {
            var rendered = rendered("eks/overlays/" + overlay);

            assertThat(PodRules.environment(rendered, rendered.service()))
                    .containsEntry("APP_CLUSTER", Cluster.named(overlay).metadata().name());
        }
    }

    @Test
    void rollupsAreInstalledAfterTheMigrationWithItsPassword() throws Exception {
        copy(StrictYaml.OPS.resolve("eks"), directory);
        var overlay = directory.resolve("overlays/production");
        var kustomization = overlay.resolve("kustomization.yaml");
        Files.writeString(kustomization, new Mutation("  # - ../../components/rollups", "  - ../../components/rollups")
                .in(Files.readString(kustomization)));

        var production = rendered(overlay);
        var first = production.deployment().getSpec().getTemplate().getSpec().getInitContainers();

        assertThat(PodRules.faults(production)).isEmpty();
        assertThat(first).extracting(Container::getArgs).containsExactly(List.of("migrate"), List.of("install"));
    }

    private static List<String> preferredCapacity(Manifests manifests) {
        return manifests.deployment().getSpec().getTemplate().getSpec().getAffinity().getNodeAffinity()
                .getPreferredDuringSchedulingIgnoredDuringExecution().getFirst().getPreference().getMatchExpressions().getFirst()
                .getValues();
    }

    private static String password(Container container) {
        var reference = container.getEnv().stream().filter(PodRules::isPassword).map(EnvVar::getValueFrom).findFirst().orElseThrow()
                .getSecretKeyRef();
        return reference.getName() + "/" + reference.getKey();
    }

    static Manifests rendered(String overlay) throws IOException, InterruptedException {
        return rendered(StrictYaml.OPS.resolve(overlay));
    }

    private static Manifests rendered(Path overlay) throws IOException, InterruptedException {
        Assumptions.assumeTrue(Processes.exists("kubectl"), "SKIPPED: overlays are rendered by kubectl, and there is none on the PATH");
        var kubectl = Processes.run(Map.of(), "kubectl", "kustomize", overlay.toString());
        assertThat(kubectl.status()).as(kubectl.output()).isZero();
        return Manifests.parse(kubectl.output());
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : (Iterable<Path>) files::iterator) {
                var copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
    }
}
