package coworking.analytics.ops.eks;

import coworking.analytics.ops.ServiceProgram;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What holds for the service's pods, in the base and in every overlay. */
final class PodRules {

    private static final Set<String> KEYS = Set.of("DB_HOST", "DB_PORT", "DB_NAME", "DB_USER", "DB_USERNAME");
    private static final int SPOT_NOTICE_SECONDS = 120;
    private static final Map<String, String> SELECTOR = Map.of("service", "coworking");
    private static final String VERSION = ".+/coworking:1\\.0\\.\\d+";

    private final Manifests manifests;
    private final List<String> faults = new ArrayList<>();

    private PodRules(Manifests manifests) {
        this.manifests = manifests;
    }

    static List<String> faults(Manifests manifests) {
        var rules = new PodRules(manifests);
        rules.ports();
        rules.probes();
        rules.commands();
        rules.environment();
        rules.shutdown();
        rules.rollout();
        rules.resources();
        rules.restrictions();
        rules.accounts();
        rules.network();
        rules.exceptions();
        return List.copyOf(rules.faults);
    }

    private void demand(boolean holds, String otherwise) {
        if (!holds) {
            faults.add(otherwise);
        }
    }

    private void ports() {
        var port = manifests.service().getPorts().getFirst();
        var outside = manifests.only(Service.class).getSpec();
        var offered = outside.getPorts().getFirst();
        demand(port.getContainerPort() == ServiceProgram.defaultOf("APP_PORT"), "the container's port is not the code's");
        demand(offered.getPort().equals(port.getContainerPort()), "the Service's port is not the container's");
        demand(port.getName().equals(offered.getTargetPort().getStrVal()), "the Service's target is no port of the container");
        demand(environmentOf(manifests.service()).getOrDefault("APP_PORT", "").equals(String.valueOf(port.getContainerPort())),
                "APP_PORT is not the container's port");
        demand(manifests.service().getPorts().stream().anyMatch(PodRules::isForOperators), "operators have no port");
        demand(outside.getPorts().size() == 1, "the load balancer offers more than the service");
        demand(outside.getType().equals("LoadBalancer"), "the Service is no load balancer");
        demand(outside.getSelector().equals(SELECTOR), "the Service selects other pods");
        demand(manifests.deployment().getSpec().getSelector().getMatchLabels().equals(SELECTOR), "the Deployment selects other pods");
        demand(labels().entrySet().containsAll(SELECTOR.entrySet()), "the pods are not labelled service: coworking");
    }

    private static boolean isForOperators(ContainerPort port) {
        return port.getName().equals("management") && port.getContainerPort() == ServiceProgram.defaultOf("APP_MANAGEMENT_PORT");
    }

    private void probes() {
        var service = manifests.service();
        demand(path(service.getStartupProbe()).equals(path(service.getLivenessProbe())), "startup and liveness ask differently");
        demand(!path(service.getLivenessProbe()).equals(path(service.getReadinessProbe())), "liveness and readiness ask the same");
        demand(service.getReadinessProbe().getTimeoutSeconds() > 2 * ServiceProgram.defaultOf("DB_CONNECT_TIMEOUT_SECONDS"),
                "readiness does not outwait a dead database");
        for (var probe : List.of(service.getStartupProbe(), service.getLivenessProbe(), service.getReadinessProbe())) {
            demand("http".equals(probe.getHttpGet().getPort().getStrVal()), "a probe asks another port");
        }
    }

    private static String path(Probe probe) {
        return probe.getHttpGet().getPath();
    }

    private void commands() {
        var pod = manifests.deployment().getSpec().getTemplate();
        Manifests.containers(pod).forEach(container -> demand(
                container.getArgs().size() == 1 && ServiceProgram.commands().contains(container.getArgs().getFirst()),
                container.getName() + " runs no command of the service: " + container.getArgs()));
        demand(manifests.service().getArgs().equals(List.of("serve")), "the container does not serve");
        demand(pod.getSpec().getInitContainers().getFirst().getArgs().equals(List.of("migrate")), "nothing migrates first");
        var images = new TreeSet<String>();
        Manifests.containers(pod).forEach(container -> images.add(container.getImage()));
        demand(images.size() == 1, "the migration is of another version than the service");
        images.forEach(image -> demand(image.matches(VERSION), "the image has no fixed version: " + image));
    }

    private void environment() {
        var pod = manifests.deployment().getSpec().getTemplate();
        var keys = manifests.only(ConfigMap.class).getData().keySet();
        demand(keys.equals(KEYS), "the ConfigMap has other keys: " + new TreeSet<>(keys));
        Manifests.containers(pod).forEach(container -> {
            var unknown = new TreeSet<>(environmentOf(container).keySet());
            unknown.removeAll(ServiceProgram.variables());
            demand(unknown.isEmpty(), container.getName() + " sets what nobody reads: " + unknown);
        });
        var passwords = new TreeSet<String>();
        Manifests.containers(pod).forEach(container -> container.getEnv().stream().filter(PodRules::isPassword).forEach(
                variable -> passwords.add(variable.getValueFrom().getSecretKeyRef().getName() + "/"
                        + variable.getValueFrom().getSecretKeyRef().getKey())));
        demand(passwords.size() == 1, "not one password for all containers, but " + passwords);
        demand(Boolean.FALSE.equals(pod.getSpec().getEnableServiceLinks()), "a Service named app would set APP_PORT");
    }

    static boolean isPassword(EnvVar variable) {
        return variable.getName().equals("DB_PASSWORD") && variable.getValueFrom() != null;
    }

    private Map<String, String> environmentOf(Container container) {
        return environment(manifests, container);
    }

    /** The variables that a container sees, with a stand-in for the password. */
    static Map<String, String> environment(Manifests manifests, Container container) {
        var seen = new HashMap<String, String>();
        container.getEnvFrom().forEach(source -> seen.putAll(
                manifests.named(ConfigMap.class, source.getConfigMapRef().getName()).getData()));
        container.getEnv().forEach(variable -> seen.put(variable.getName(), isPassword(variable) ? "secret" : variable.getValue()));
        return seen;
    }

    private void shutdown() {
        var preStop = manifests.service().getLifecycle().getPreStop().getSleep().getSeconds();
        var grace = Integer.parseInt(environmentOf(manifests.service()).getOrDefault("APP_SHUTDOWN_GRACE_SECONDS", "0"));
        var pod = manifests.deployment().getSpec().getTemplate().getSpec().getTerminationGracePeriodSeconds();
        demand(grace == ServiceProgram.defaultOf("APP_SHUTDOWN_GRACE_SECONDS"), "the grace is not the code's");
        demand(preStop >= 10, "pods stop before the load balancer stops sending");
        demand(pod >= preStop + grace + 5, "pods are killed while requests still run");
        demand(pod <= SPOT_NOTICE_SECONDS / 2, "pods outlast half of a spot notice");
    }

    private void rollout() {
        var spec = manifests.deployment().getSpec();
        var rolling = spec.getStrategy().getRollingUpdate();
        demand(Integer.valueOf(0).equals(rolling.getMaxUnavailable().getIntVal()), "a rollout takes pods away first");
        demand(Integer.valueOf(1).equals(rolling.getMaxSurge().getIntVal()), "a rollout needs more room than for one pod");
        demand(spec.getReplicas() == null, "the Deployment and the autoscaler both own the replicas");
        var budget = manifests.only(PodDisruptionBudget.class).getSpec();
        demand(budget.getSelector().getMatchLabels().equals(SELECTOR), "the disruption budget selects other pods");
        demand(budget.getMinAvailable() == null && Integer.valueOf(1).equals(budget.getMaxUnavailable().getIntVal()),
                "the disruption budget forbids draining a single pod");
        var scaler = manifests.only(HorizontalPodAutoscaler.class).getSpec();
        demand(scaler.getScaleTargetRef().getName().equals(manifests.deployment().getMetadata().getName()), "nothing is scaled");
        demand(scaler.getMaxReplicas() == 3, "the greatest number of pods is not 3");
        demand(scaler.getMetrics().getFirst().getResource().getTarget().getAverageUtilization() == 70, "the target is not 70 %");
        demand(scaler.getBehavior().getScaleDown().getStabilizationWindowSeconds() >= 300, "it scales down at every lull");
    }

    private void resources() {
        var pod = manifests.deployment().getSpec().getTemplate();
        Manifests.containers(pod).forEach(container -> {
            var resources = container.getResources();
            demand("128Mi".equals(String.valueOf(resources.getRequests().get("memory")))
                    && "250m".equals(String.valueOf(resources.getRequests().get("cpu")))
                    && "256Mi".equals(String.valueOf(resources.getLimits().get("memory")))
                    && "500m".equals(String.valueOf(resources.getLimits().get("cpu"))), container.getName() + " has other resources");
        });
        manifests.pods().stream().flatMap(Manifests::containers).forEach(container -> demand(
                container.getResources().getRequests().containsKey("ephemeral-storage")
                        && container.getResources().getLimits().containsKey("ephemeral-storage"),
                container.getName() + " may fill the node's disk"));
    }

    private void restrictions() {
        manifests.pods().stream().flatMap(Manifests::containers).forEach(container -> {
            var context = container.getSecurityContext();
            demand(Boolean.TRUE.equals(context.getReadOnlyRootFilesystem())
                    && Boolean.TRUE.equals(context.getRunAsNonRoot())
                    && Boolean.FALSE.equals(context.getAllowPrivilegeEscalation())
                    && context.getRunAsUser() == 10_001
                    && context.getRunAsGroup() == 10_001
                    && context.getCapabilities().getDrop().equals(List.of("ALL"))
                    && context.getCapabilities().getAdd().isEmpty()
                    && context.getSeccompProfile().getType().equals("RuntimeDefault"), container.getName() + " is not restricted");
            demand("Always".equals(container.getImagePullPolicy()), container.getName() + " may run an image without the right to");
            demand(container.getImage().matches(".+:v?\\d+\\.\\d+\\.\\d+"), container.getName() + " has no fixed version");
        });
    }

    private void accounts() {
        manifests.pods().forEach(pod -> demand(
                manifests.all(ServiceAccount.class).stream()
                        .anyMatch(account -> account.getMetadata().getName().equals(pod.getSpec().getServiceAccountName())),
                "there is no account " + pod.getSpec().getServiceAccountName()));
        manifests.all(ServiceAccount.class).forEach(account -> demand(
                Boolean.FALSE.equals(account.getAutomountServiceAccountToken()), "the account hands out its token"));
        demand(Boolean.FALSE.equals(manifests.deployment().getSpec().getTemplate().getSpec().getAutomountServiceAccountToken()),
                "the service is given a token");
    }

    private void network() {
        var service = manifests.named(NetworkPolicy.class, "coworking").getSpec();
        var database = manifests.named(NetworkPolicy.class, "database").getSpec();
        var host = environmentOf(manifests.service()).getOrDefault("DB_HOST", "");
        var port = environmentOf(manifests.service()).getOrDefault("DB_PORT", "");
        var toDatabase = service.getEgress().getFirst();
        demand(service.getPodSelector().getMatchLabels().equals(SELECTOR), "the service's policy selects other pods");
        demand(toDatabase.getTo().getFirst().getPodSelector().equals(database.getPodSelector()), "the service may reach another database");
        demand(database.getPodSelector().getMatchLabels().getOrDefault("app.kubernetes.io/instance", "?").concat("-postgresql")
                .equals(host),
                "the database's policy is not for DB_HOST");
        demand(toDatabase.getPorts().getFirst().getPort().toString().contains(port)
                && database.getIngress().getFirst().getPorts().getFirst().getPort().equals(toDatabase.getPorts().getFirst().getPort()),
                "the policies are not for DB_PORT");
        demand(labels().entrySet().containsAll(
                database.getIngress().getFirst().getFrom().getFirst().getPodSelector().getMatchLabels().entrySet()),
                "the database lets the service not in");
        demand(service.getEgress().stream().flatMap(rule -> rule.getPorts().stream())
                .anyMatch(allowed -> "UDP".equals(allowed.getProtocol()) && Integer.valueOf(53).equals(allowed.getPort().getIntVal())),
                "the service may not look up names");
        manifests.all(NetworkPolicy.class).forEach(policy -> demand(
                policy.getSpec().getPolicyTypes().equals(List.of("Ingress", "Egress")),
                policy.getMetadata().getName() + " leaves one direction open"));
        demand(manifests.all(NetworkPolicy.class).stream().anyMatch(policy -> policy.getSpec().getPodSelector().getMatchLabels().isEmpty()
                && policy.getSpec().getIngress().isEmpty()
                && policy.getSpec().getEgress().isEmpty()), "what no policy names may talk to everybody");
    }

    private Map<String, String> labels() {
        return manifests.deployment().getSpec().getTemplate().getMetadata().getLabels();
    }

    private void exceptions() {
        manifests.objects().stream().filter(HasMetadata.class::isInstance)
                .map(HasMetadata.class::cast)
                .map(object -> object.getMetadata().getAnnotations())
                .filter(annotations -> annotations != null && annotations.containsKey("kube-score/ignore"))
                .forEach(annotations -> demand(annotations.containsKey("coworking.analytics/exception"), "an exception without a reason"));
    }
}
