package coworking.analytics.ops.eks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CapacityTest {

    private static final Manifests BASE = Manifests.base();
    private static final int MOST = Capacity.mostReplicasInARollout(BASE);

    @Test
    void developmentHoldsTheAddOnsTheDatabaseAndARolloutAtFullScale() {
        assertThat(homeless(Cluster.named("development"), MOST, false)).isEmpty();
    }

    @Test
    void productionHoldsTheAddOnsTheDatabaseAndARolloutAtFullScale() {
        assertThat(homeless(Cluster.named("production"), MOST, true)).isEmpty();
    }

    @Test
    void theOnDemandHalfAloneHoldsTheAddOnsTheDatabaseAndTwoPods() {
        var production = Cluster.named("production");
        var onDemand = Capacity.nodes(production).subList(0, 1);

        assertThat(Capacity.homeless(onDemand, Capacity.system(production, true), Capacity.service(BASE, 2)))
                .isSubsetOf("peak-hours");
    }

    @Test
    void oneSmallNodeWouldBeTooFew() {
        var single = Cluster.parse(new Mutation("minSize: 2", "minSize: 1").in(Cluster.text("development")));

        assertThat(homeless(single, 1, false)).isNotEmpty();
    }

    @Test
    void twoReplicasOfEachAddOnWouldCrowdOutARollout() {
        var untrimmed = Cluster.parse(new Mutation("{\"replicas\": 1}", "{\"replicas\": 2}")
                .in(new Mutation("{\"replicaCount\": 1}", "{\"replicaCount\": 2}").in(Cluster.text("development"))));

        assertThat(homeless(untrimmed, MOST, false)).isNotEmpty();
    }

    @Test
    void greaterRequestsAreNoticed() {
        var hungry = Manifests.base(new Mutation("cpu: 250m", "cpu: 900m")::in);
        var development = Cluster.named("development");

        assertThat(Capacity.homeless(Capacity.nodes(development), Capacity.system(development, false), Capacity.service(hungry, MOST)))
                .contains("coworking");
    }

    private static List<String> homeless(Cluster cluster, int replicas, boolean secretsManager) {
        return Capacity.homeless(Capacity.nodes(cluster), Capacity.system(cluster, secretsManager), Capacity.service(BASE, replicas));
    }
}
