package coworking.analytics.ops.eks;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Objects of a cluster, typed. */
record Manifests(List<Object> objects) {

    static final List<String> BASE = List.of(
            "namespace.yaml", "configmap.yaml", "coworking.yaml", "hpa.yaml", "pdb.yaml", "network-policies.yaml", "peak-hours.yaml");

    private static final Map<String, Class<?>> KINDS = Map.ofEntries(
            entry("v1/Namespace", Namespace.class),
            entry("v1/ConfigMap", ConfigMap.class),
            entry("v1/Secret", Secret.class),
            entry("v1/Service", Service.class),
            entry("v1/ServiceAccount", ServiceAccount.class),
            entry("apps/v1/Deployment", Deployment.class),
            entry("autoscaling/v2/HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
            entry("batch/v1/CronJob", CronJob.class),
            entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
            entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class),
            entry("rbac.authorization.k8s.io/v1/Role", Role.class),
            entry("rbac.authorization.k8s.io/v1/RoleBinding", RoleBinding.class),
            entry("external-secrets.io/v1/SecretStore", SecretsManager.SecretStore.class),
            entry("external-secrets.io/v1/ExternalSecret", SecretsManager.ExternalSecret.class));

    static Manifests base() {
        return base(UnaryOperator.identity());
    }

    /** The base as it would be after a change to its text. */
    static Manifests base(UnaryOperator<String> change) {
        return parse(change.apply(baseText()));
    }

    static String baseText() {
        return BASE.stream().map(Manifests::baseFile).collect(Collectors.joining("\n"));
    }

    static String baseFile(String name) {
        return StrictYaml.text("eks/base/" + name);
    }

    static Manifests parse(String yaml) {
        return new Manifests(StrictYaml.documents(yaml).stream().<Object>map(Manifests::typed).toList());
    }

    private static Object typed(JsonNode document) {
        var kind = document.path("apiVersion").asText() + "/" + document.path("kind").asText();
        var type = KINDS.get(kind);
        if (type == null) {
            throw new IllegalArgumentException("no kind of ours: " + kind);
        }
        return StrictYaml.as(type, document);
    }

    <T> List<T> all(Class<T> type) {
        return objects.stream().filter(type::isInstance).map(type::cast).toList();
    }

    <T> T only(Class<T> type) {
        var all = all(type);
        if (all.size() != 1) {
            throw new IllegalArgumentException("there are " + all.size() + " of " + type.getSimpleName());
        }
        return all.getFirst();
    }

    <T extends HasMetadata> T named(Class<T> type, String name) {
        return all(type).stream().filter(object -> name.equals(object.getMetadata().getName())).findFirst().orElseThrow();
    }

    Deployment deployment() {
        return only(Deployment.class);
    }

    Container service() {
        return deployment().getSpec().getTemplate().getSpec().getContainers().getFirst();
    }

    /** The templates of everything that becomes a pod. */
    List<PodTemplateSpec> pods() {
        return Stream.concat(
                all(Deployment.class).stream().map(deployment -> deployment.getSpec().getTemplate()),
                all(CronJob.class).stream().map(job -> job.getSpec().getJobTemplate().getSpec().getTemplate())).toList();
    }

    static Stream<Container> containers(PodTemplateSpec pod) {
        return Stream.concat(pod.getSpec().getInitContainers().stream(), pod.getSpec().getContainers().stream());
    }
}
