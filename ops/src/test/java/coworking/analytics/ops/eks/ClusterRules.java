package coworking.analytics.ops.eks;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What holds for both clusters, and for each of the two. */
final class ClusterRules {

    private static final Set<String> ADDONS = Set.of(
            "vpc-cni", "kube-proxy", "coredns", "metrics-server", "aws-ebs-csi-driver", "amazon-cloudwatch-observability");

    private final Cluster cluster;
    private final List<String> faults = new ArrayList<>();

    private ClusterRules(Cluster cluster) {
        this.cluster = cluster;
    }

    static List<String> inDevelopment(Cluster cluster) {
        var rules = new ClusterRules(cluster);
        rules.everywhere("t3.small");
        rules.demand(cluster.managedNodeGroups().stream().allMatch(Cluster.NodeGroup::spot), "development pays for on-demand nodes");
        return List.copyOf(rules.faults);
    }

    static List<String> inProduction(Cluster cluster) {
        var rules = new ClusterRules(cluster);
        rules.everywhere("t3.medium");
        rules.production();
        return List.copyOf(rules.faults);
    }

    private void demand(boolean holds, String otherwise) {
        if (!holds) {
            faults.add(otherwise);
        }
    }

    private void everywhere(String type) {
        demand(cluster.apiVersion().equals("eksctl.io/v1alpha5") && cluster.kind().equals("ClusterConfig"), "it is no ClusterConfig");
        demand(cluster.upgradePolicy().supportType().equals("STANDARD"), "extended support may be charged");
        demand(cluster.iam().withOIDC(), "add-ons get no roles");
        demand(cluster.vpc().clusterEndpoints().privateAccess(), "nodes reach the API server over the internet");
        demand(cluster.addons().stream().map(Cluster.Addon::name).collect(Collectors.toSet()).equals(ADDONS), "add-ons are missing");
        demand(cluster.addon("vpc-cni").configuration().path("enableNetworkPolicy").asText().equals("true"), "network policies do nothing");
        for (var group : cluster.managedNodeGroups()) {
            demand(group.instanceTypes().getFirst().equals(type), group.name() + " is not of " + type);
            demand(group.spot() || group.instanceTypes().size() == 1, group.name() + " names types that only spot can choose from");
            demand(group.availabilityZones().size() == 1, "a volume may be left in another zone than its node");
            demand(cluster.availabilityZones().containsAll(group.availabilityZones()), group.name() + " is outside of the cluster");
            demand(group.minSize() <= group.desiredCapacity() && group.desiredCapacity() <= group.maxSize(), "sizes contradict");
            demand(group.instanceTypes().stream().allMatch(name -> Capacity.InstanceType.named(name).pods() >= 11),
                    group.name() + " may be given nodes for fewer than 11 pods");
            demand(group.volumeEncrypted() && group.volumeType().equals("gp3"), group.name() + " has other disks");
        }
    }

    private void production() {
        var zones = new HashSet<String>();
        cluster.managedNodeGroups().forEach(group -> zones.addAll(group.availabilityZones()));
        demand(zones.size() == 2, "the nodes are not in two zones");
        var spot = nodes(true);
        demand(spot > 0 && spot == nodes(false), "not half of the nodes are spot");
        demand(cluster.cloudWatch() != null && cluster.cloudWatch().clusterLogging().logRetentionInDays() > 0, "logs are kept for ever");
    }

    private int nodes(boolean spot) {
        return cluster.managedNodeGroups().stream().filter(group -> group.spot() == spot)
                .mapToInt(Cluster.NodeGroup::desiredCapacity).sum();
    }
}
