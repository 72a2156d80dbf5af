package coworking.analytics.ops.eks;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToIntFunction;

/** Whether all pods find a node by their requests, placed one after the other as the scheduler does. */
final class Capacity {

    /** What is left of 2 cores after the kubelet's 70 millicores. */
    private static final int CPU = 1930;

    private static final Pod DATABASE = new Pod("postgresql", 250, 256);

    /** Requests of the add-ons as EKS ships them: those of each node, and those of each replica. */
    private static final List<Pod> ON_EACH_NODE = List.of(
            new Pod("aws-node", 50, 0),
            new Pod("kube-proxy", 100, 0),
            new Pod("ebs-csi-node", 30, 120),
            new Pod("cloudwatch-agent", 250, 128),
            new Pod("fluent-bit", 50, 25));

    private Capacity() {}

    record Pod(String name, int milliCpu, int mebibytes) {}

    /**
     * @param mebibytes what the machine shows, a little less than it is sold with
     * @param pods as many as its network interfaces have addresses for
     */
    record InstanceType(int mebibytes, int pods) {

        private static final Map<String, InstanceType> KNOWN = Map.of(
                "t3.small", new InstanceType(1921, 11),
                "t3a.small", new InstanceType(1921, 8),
                "t3.medium", new InstanceType(3840, 17),
                "t3a.medium", new InstanceType(3840, 17));

        static InstanceType named(String name) {
            return Objects.requireNonNull(KNOWN.get(name), () -> "unknown instance type " + name);
        }

        /** The kubelet keeps 255 MiB, 11 MiB a pod, and 100 MiB below which it evicts. */
        WorkerNode node() {
            return new WorkerNode(CPU, mebibytes - 255 - 11 * pods - 100, pods, new ArrayList<>());
        }
    }

    record WorkerNode(int milliCpu, int mebibytes, int places, List<Pod> pods) {

        boolean takes(Pod pod) {
            return pods.size() < places && used(Pod::milliCpu) + pod.milliCpu() <= milliCpu
                    && used(Pod::mebibytes) + pod.mebibytes() <= mebibytes;
        }

        private int used(ToIntFunction<Pod> what) {
            return pods.stream().mapToInt(what).sum();
        }
    }

    /** The nodes that a cluster always has, each of the smallest type that its group may be given. */
    static List<WorkerNode> nodes(Cluster cluster) {
        return cluster.managedNodeGroups().stream()
                .flatMap(group -> Collections.nCopies(group.minSize(), smallest(group)).stream())
                .map(InstanceType::node).toList();
    }

    private static InstanceType smallest(Cluster.NodeGroup group) {
        return group.instanceTypes().stream().map(InstanceType::named)
                .min(Comparator.comparingInt(InstanceType::pods).thenComparingInt(InstanceType::mebibytes)).orElseThrow();
    }

    static List<Pod> system(Cluster cluster, boolean secretsManager) {
        var pods = new ArrayList<Pod>();
        pods.addAll(replicas(cluster.addon("coredns").configuration().path("replicaCount").asInt(2), new Pod("coredns", 100, 70)));
        pods.addAll(replicas(cluster.addon("metrics-server").configuration().path("replicas").asInt(2),
                new Pod("metrics-server", 100, 200)));
        pods.addAll(replicas(cluster.addon("aws-ebs-csi-driver").configuration().path("controller").path("replicaCount").asInt(2),
                new Pod("ebs-csi-controller", 60, 240)));
        pods.add(new Pod("cloudwatch-operator", 100, 64));
        // Its chart requests nothing: controller, webhook, certificates.
        pods.addAll(replicas(secretsManager ? 3 : 0, new Pod("external-secrets", 0, 0)));
        return pods;
    }

    private static List<Pod> replicas(int count, Pod pod) {
        return Collections.nCopies(count, pod);
    }

    static Pod service(Manifests manifests) {
        return pod("coworking", manifests.deployment().getSpec().getTemplate());
    }

    /** The most that the service may ask for at once: all replicas, the one that a rollout adds, and a job. */
    static List<Pod> service(Manifests manifests, int replicas) {
        var pods = new ArrayList<>(List.of(DATABASE));
        pods.addAll(replicas(replicas, service(manifests)));
        pods.add(pod("peak-hours", manifests.all(CronJob.class).getFirst().getSpec().getJobTemplate().getSpec().getTemplate()));
        return pods;
    }

    static int mostReplicasInARollout(Manifests manifests) {
        return manifests.only(HorizontalPodAutoscaler.class).getSpec().getMaxReplicas()
                + manifests.deployment().getSpec().getStrategy().getRollingUpdate().getMaxSurge().getIntVal();
    }

    /** Init containers run before the others, so a pod counts as the greater of both. */
    private static Pod pod(String name, PodTemplateSpec pod) {
        return new Pod(name, requested(pod, "cpu", "0.001"), requested(pod, "memory", "1048576"));
    }

    private static int requested(PodTemplateSpec pod, String what, String unit) {
        var first = pod.getSpec().getInitContainers().stream().mapToInt(container -> amount(container, what, unit)).max().orElse(0);
        return Math.max(first, pod.getSpec().getContainers().stream().mapToInt(container -> amount(container, what, unit)).sum());
    }

    private static int amount(Container container, String what, String unit) {
        var bytes = Quantity.getAmountInBytes(container.getResources().getRequests().get(what));
        return bytes.divide(new BigDecimal(unit)).intValueExact();
    }

    /** The names of the pods that find no place; system pods are critical and go first. */
    static List<String> homeless(List<WorkerNode> nodes, List<Pod> system, List<Pod> service) {
        var homeless = new ArrayList<String>();
        nodes.forEach(node -> ON_EACH_NODE.forEach(pod -> place(List.of(node), pod, homeless)));
        system.forEach(pod -> place(nodes, pod, homeless));
        service.forEach(pod -> place(nodes, pod, homeless));
        return homeless;
    }

    /** The emptiest node first, as the scheduler prefers. */
    private static void place(List<WorkerNode> nodes, Pod pod, List<String> homeless) {
        nodes.stream().filter(node -> node.takes(pod)).min(Comparator.comparingInt(node -> node.pods().size()))
                .ifPresentOrElse(node -> node.pods().add(pod), () -> homeless.add(pod.name()));
    }
}
