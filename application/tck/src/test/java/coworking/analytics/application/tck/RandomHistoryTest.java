package coworking.analytics.application.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coworking.analytics.application.tck.StoreChange.Clear;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RandomHistoryTest {

    @Test
    void repeatsItselfForTheSameSeed() {
        assertThat(commits(7)).isEqualTo(commits(7)).isNotEqualTo(commits(8));
    }

    @Test
    void makesEveryKindOfChange() {
        var kinds = new HashSet<Class<?>>();
        commits(7).forEach(commit -> commit.forEach(change -> kinds.add(change.getClass())));

        assertThat(kinds).containsExactlyInAnyOrder(StoreChange.class.getPermittedSubclasses());
    }

    @Test
    void namesTheSeedAndTheCommitOfWhatFails() {
        assertThatThrownBy(() -> RandomHistory.replay(changes -> {}, contents -> {
            throw new IllegalStateException("the ledger's own failure");
        }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll("After 3 commits", "-Dtck.seed=1 ", "the ledger's own failure")
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void checksStatesThatTheStoreWasBroughtTo() {
        var commits = new ArrayList<List<StoreChange>>();
        var checked = new ArrayList<StoreContents>();
        RandomHistory.replay(commits::add, checked::add);

        var states = commits.stream().gather(Gatherers.scan(() -> StoreContents.EMPTY, StoreContents::after)).toList();
        assertThat(states).containsSubsequence(checked);
        assertThat(commits).filteredOn(List.of(new Clear())::equals).hasSizeGreaterThanOrEqualTo(4);
    }

    private static List<List<StoreChange>> commits(long seed) {
        return Stream.generate(new RandomHistory(seed)::nextCommit).limit(200).toList();
    }
}
