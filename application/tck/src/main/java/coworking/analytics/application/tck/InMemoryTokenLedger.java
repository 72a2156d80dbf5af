package coworking.analytics.application.tck;

import coworking.analytics.application.port.out.Facts;
import coworking.analytics.application.port.out.LedgerUnavailable;
import coworking.analytics.application.port.out.TokenLedger;
import coworking.analytics.application.port.out.Version;
import coworking.analytics.domain.DayTally;
import coworking.analytics.domain.UserTallies;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * A ledger that is its own store and literally the definition: it answers what the domain says of all its users and tokens. It
 * starts empty and may be used by many threads.
 */
public final class InMemoryTokenLedger implements TokenLedger {

    private final AtomicReference<State> state = new AtomicReference<>(new State(Contents.NOTHING, 0));
    private volatile boolean reachable = true;

    /** Makes an empty ledger. */
    public InMemoryTokenLedger() {}

    /** Makes all these changes, in their order, as one: no answer shows some of them without the others. */
    public void commit(List<Change> changes) {
        state.updateAndGet(before -> before.after(changes));
    }

    /** Lets this ledger answer, or fail, from now on. Changes can be made either way. */
    public void setReachable(boolean reachable) {
        this.reachable = reachable;
    }

    @Override
    public List<DayTally> dayTallies() {
        return reach().dayTallies();
    }

    @Override
    public UserTallies userTallies() {
        return reach().userTallies();
    }

    @Override
    public void ensureReadable() {
        reach();
    }

    /** Counts the commits, effective or not. There is but one generation: nothing outlives this object. */
    @Override
    public Optional<Version> version() {
        return Optional.of(reachState().version());
    }

    @Override
    public <T> T converse(Function<Facts, T> questions) {
        var facts = reachState().facts();
        try {
            return questions.apply(facts);
        } finally {
            facts.end();
        }
    }

    Contents reach() {
        return reachState().contents();
    }

    private State reachState() {
        if (reachable) {
            return state.get();
        }
        throw new LedgerUnavailable("the ledger is out of reach", new IllegalStateException("setReachable(false) was called"));
    }

    private record State(Contents contents, long commits) {

        State after(List<Change> changes) {
            return new State(contents.after(changes), commits + 1);
        }

        Version version() {
            return new Version("", commits);
        }

        InMemoryFacts facts() {
            return new InMemoryFacts(contents, Optional.of(version()));
        }
    }
}
