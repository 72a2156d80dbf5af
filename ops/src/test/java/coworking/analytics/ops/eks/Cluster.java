package coworking.analytics.ops.eks;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What our clusters use of eksctl's ClusterConfig; anything else is refused until it is thought of here. */
record Cluster(
        String apiVersion,
        String kind,
        Metadata metadata,
        UpgradePolicy upgradePolicy,
        List<String> availabilityZones,
        Vpc vpc,
        Iam iam,
        List<NodeGroup> managedNodeGroups,
        List<Addon> addons,
        @Nullable CloudWatch cloudWatch) {

    static Cluster parse(String yaml) {
        var documents = StrictYaml.documents(yaml);
        if (documents.size() != 1) {
            throw new IllegalArgumentException("eksctl reads one document");
        }
        return StrictYaml.as(Cluster.class, documents.getFirst());
    }

    static String text(String name) {
        return StrictYaml.text("eks/clusters/" + name + ".yaml");
    }

    static Cluster named(String name) {
        return parse(text(name));
    }

    Addon addon(String name) {
        return addons.stream().filter(addon -> addon.name().equals(name)).findFirst().orElseGet(() -> new Addon(name, null, null, null));
    }

    record Metadata(String name, String region, String version) {}

    record UpgradePolicy(String supportType) {}

    record Vpc(Endpoints clusterEndpoints, Nat nat) {}

    record Endpoints(boolean publicAccess, boolean privateAccess) {}

    record Nat(String gateway) {}

    record Iam(boolean withOIDC, @Nullable List<Account> serviceAccounts) {

        List<Account> accounts() {
            return Objects.requireNonNullElse(serviceAccounts, List.of());
        }
    }

    record Account(ObjectName metadata, String roleName, boolean roleOnly, Policy attachPolicy) {}

    record ObjectName(String name, String namespace) {}

    record Policy(@JsonProperty("Version") String version, @JsonProperty("Statement") List<Statement> statements) {}

    record Statement(
            @JsonProperty("Effect") String effect,
            @JsonProperty("Action") List<String> actions,
            @JsonProperty("Resource") String resource) {}

    record NodeGroup(
            String name,
            String amiFamily,
            boolean spot,
            List<String> instanceTypes,
            List<String> availabilityZones,
            int minSize,
            int desiredCapacity,
            int maxSize,
            String volumeType,
            int volumeSize,
            boolean volumeEncrypted,
            Map<String, Integer> updateConfig) {}

    record Addon(
            String name,
            @Nullable String configurationValues,
            @Nullable Map<String, Boolean> wellKnownPolicies,
            @Nullable List<String> attachPolicyARNs) {

        JsonNode configuration() {
            return StrictYaml.documents(Objects.requireNonNullElse(configurationValues, "{}")).getFirst();
        }
    }

    record CloudWatch(Logging clusterLogging) {}

    record Logging(List<String> enableTypes, int logRetentionInDays) {}
}
