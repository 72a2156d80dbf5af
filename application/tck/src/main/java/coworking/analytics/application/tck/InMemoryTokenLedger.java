package coworking.analytics.application.tck;

import coworking.analytics.application.port.UnavailableException;
import coworking.analytics.application.port.out.LedgerSnapshot;
import coworking.analytics.application.port.out.LedgerVersion;
import coworking.analytics.application.port.out.TokenLedger;
import coworking.analytics.domain.fact.DayCounts;
import coworking.analytics.domain.fact.PackedUserCounts;
import coworking.analytics.domain.time.SpaceClock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * A ledger that keeps users and tokens in memory and applies the domain's definitions to them. It starts empty and may be used by many
 * threads.
 */
public final class InMemoryTokenLedger implements TokenLedger {

    private final AtomicReference<CommittedState> state = new AtomicReference<>(new CommittedState(StoreContents.EMPTY, 0));
    private volatile boolean reachable = true;

    private final SpaceClock clock;

    /** Makes an empty ledger of a space whose wall clock shows the times as they are stored. */
    public InMemoryTokenLedger() {
        this(SpaceClock.UTC_ONLY);
    }

    /** Makes an empty ledger. */
    public InMemoryTokenLedger(SpaceClock clock) {
        this.clock = clock;
    }

    /** Applies all changes, in their order, as one: no result shows some of them without the others. */
    public void commit(List<StoreChange> changes) {
        state.updateAndGet(before -> before.after(changes));
    }

    /** Lets later calls succeed or fail. Changes can be committed in both cases. */
    public void setReachable(boolean reachable) {
        this.reachable = reachable;
    }

    @Override
    public List<DayCounts> dayCounts() {
        return currentContents().dayCounts();
    }

    @Override
    public PackedUserCounts userCounts() {
        return currentContents().userCounts();
    }

    @Override
    public void ensureReadable() {
        currentContents();
    }

    /** Counts the commits, effective or not. There is only one generation, because the contents do not outlive this object. */
    @Override
    public Optional<LedgerVersion> version() {
        return Optional.of(currentState().version());
    }

    @Override
    public <T> T withSnapshot(Function<LedgerSnapshot, T> reads) {
        var snapshot = currentState().snapshot(clock);
        try {
            return reads.apply(snapshot);
        } finally {
            snapshot.close();
        }
    }

    StoreContents currentContents() {
        return currentState().contents();
    }

    private CommittedState currentState() {
        if (reachable) {
            return state.get();
        }
        throw new UnavailableException("the ledger is out of reach", new IllegalStateException("setReachable(false) was called"));
    }

    private record CommittedState(StoreContents contents, long commits) {

        CommittedState after(List<StoreChange> changes) {
            return new CommittedState(contents.after(changes), commits + 1);
        }

        LedgerVersion version() {
            return new LedgerVersion("", commits);
        }

        InMemorySnapshot snapshot(SpaceClock clock) {
            return new InMemorySnapshot(contents, Optional.of(version()), clock);
        }
    }
}
