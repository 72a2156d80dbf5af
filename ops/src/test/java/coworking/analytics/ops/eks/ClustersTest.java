package coworking.analytics.ops.eks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ClustersTest {

    private static final String DEVELOPMENT = Cluster.text("development");
    private static final String PRODUCTION = Cluster.text("production");

    @Test
    void theFilesKeepEveryRule() {
        assertThat(ClusterRules.inDevelopment(Cluster.parse(DEVELOPMENT))).isEmpty();
        assertThat(ClusterRules.inProduction(Cluster.parse(PRODUCTION))).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> everyRuleCatchesWhoBreaksIt() {
        return Stream.concat(
                caught(DEVELOPMENT, ClusterRules::inDevelopment, Map.of(
                        new Mutation("spot: true", "spot: false"), "development pays for on-demand nodes",
                        new Mutation("- t3.small", "- t3.medium"), "spot is not of t3.small",
                        new Mutation("- t3.medium", "- t3a.small"), "spot may be given nodes for fewer than 11 pods",
                        new Mutation("{\"enableNetworkPolicy\": \"true\"}", "{}"), "network policies do nothing",
                        new Mutation("      - us-east-1a\n    minSize", "      - us-east-1a\n      - us-east-1b\n    minSize"),
                        "a volume may be left in another zone",
                        new Mutation("desiredCapacity: 2", "desiredCapacity: 4"), "sizes contradict")),
                caught(PRODUCTION, ClusterRules::inProduction, Map.of(
                        new Mutation("spot: true", "spot: false"), "not half of the nodes are spot",
                        new Mutation("      - us-east-1b\n    minSize", "      - us-east-1a\n    minSize"),
                        "the nodes are not in two zones",
                        new Mutation("supportType: STANDARD", "supportType: EXTENDED"), "extended support may be charged",
                        new Mutation("logRetentionInDays: 30", "logRetentionInDays: 0"), "logs are kept for ever",
                        new Mutation("- name: metrics-server", "- name: snapshot-controller"), "add-ons are missing",
                        new Mutation("withOIDC: true", "withOIDC: false"), "add-ons get no roles",
                        new Mutation("privateAccess: true", "privateAccess: false"), "nodes reach the API server over the internet")));
    }

    private static Stream<DynamicTest> caught(String text, Function<Cluster, List<String>> rules, Map<Mutation, String> faults) {
        return faults.entrySet().stream().map(rule -> dynamicTest(rule.getValue(), () -> assertThat(
                rules.apply(Cluster.parse(rule.getKey().in(text))))
                .anySatisfy(fault -> assertThat(fault).startsWith(rule.getValue()))));
    }

    @Test
    void fieldsThatNobodyThoughtOfAreRefused() {
        assertThatThrownBy(() -> Cluster.parse(new Mutation("instanceTypes", "instanceTypos").in(PRODUCTION)))
                .hasMessageContaining("instanceTypos");
    }

    /** Container Insights names its log groups by the cluster, and development must not be mistaken for production. */
    @Test
    void theLogGroupOfProductionIsTheOneThatIsWatched() {
        var cluster = Cluster.parse(PRODUCTION).metadata().name();

        assertThat("/aws/containerinsights/" + cluster + "/application").isEqualTo("/aws/containerinsights/my-cluster/application");
        assertThat(Cluster.parse(DEVELOPMENT).metadata().name()).isNotEqualTo(cluster);
    }

    /** kubectl speaks to API servers of its own minor version and of one more or less. */
    @Test
    void theJobsKubectlIsOfTheClustersVersion() {
        var image = Manifests.base().all(CronJob.class).getFirst().getSpec().getJobTemplate().getSpec().getTemplate().getSpec()
                .getContainers().getFirst().getImage();

        assertThat(image).contains(":v" + Cluster.parse(DEVELOPMENT).metadata().version() + ".");
        assertThat(image).contains(":v" + Cluster.parse(PRODUCTION).metadata().version() + ".");
    }
}
