package coworking.analytics.application.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coworking.analytics.application.port.out.LedgerVersion;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class VersionedCacheTest {

    private final VersionedStore store = new VersionedStore();
    private final VersionedCache<StoreState> checked = new VersionedCache<>(store::version, store::read);

    @Test
    void givesOutTheSameInstanceWhileTheVersionStands() {
        var first = checked.get();

        assertThat(checked.get()).isSameAs(first);
        assertThat(store.reads).isEqualTo(1);
    }

    @Test
    void readsAnewWhereTheVersionMoved() {
        checked.get();
        store.change();

        assertThat(checked.get()).isEqualTo(new StoreState(1));
        assertThat(checked.get()).isEqualTo(new StoreState(1));
        assertThat(store.reads).isEqualTo(2);
    }

    @Test
    void readsAnewWhereTheCountBeganAnewAndHappensToBeTheSame() {
        store.change();
        checked.get();
        store.generation++;

        checked.get();
        assertThat(store.reads).isEqualTo(2);
    }

    @Test
    void readsEachTimeWhereThereIsNoVersion() {
        store.versioned = false;

        assertThat(checked.get()).isNotSameAs(checked.get());
        assertThat(store.reads).isEqualTo(2);
    }

    @Test
    void neverGivesOutWhatWasReadWhileThereWasNoVersion() {
        store.versioned = false;
        checked.get();
        store.versioned = true;

        checked.get();
        assertThat(store.reads).isEqualTo(2);
    }

    @Test
    void losesNoChangeThatFallsBetweenTheVersionAndTheFacts() {
        store.beforeNextRead = store::change;

        assertThat(checked.get()).isEqualTo(new StoreState(1));
        checked.get();
        assertThat(store.reads).as("the version that was asked for does not count the change").isEqualTo(2);
    }

    @Test
    void losesNoChangeThatFallsBehindTheFacts() {
        store.afterNextRead = store::change;

        assertThat(checked.get()).isEqualTo(new StoreState(0));
        assertThat(checked.get()).isEqualTo(new StoreState(1));
    }

    @Test
    void answersNothingOldWhereTheVersionCannotBeRead() {
        checked.get();
        store.down = true;

        assertThatThrownBy(checked::get).hasMessage("no version");
        store.change();
        store.down = false;
        assertThat(checked.get()).isEqualTo(new StoreState(1));
    }

    @Test
    void answersNothingOldWhereTheFactsCannotBeRead() {
        checked.get();
        store.change();
        store.beforeNextRead = () -> {
            throw new IllegalStateException("no facts");
        };

        assertThatThrownBy(checked::get).hasMessage("no facts");
        assertThat(checked.get()).isEqualTo(new StoreState(1));
    }

    /** Each caller changes the store before it asks, so an answer that stood before the call is one too low. */
    @Test
    @Timeout(60)
    void givesEachOfManyCallersNoLessThanWasTrueBeforeItsCall() throws InterruptedException {
        var truth = new AtomicInteger();
        var shared = new SingleFlight<>(new VersionedCache<>(() -> Optional.of(new LedgerVersion("", truth.get())), truth::get));
        Queue<String> outdated = new ConcurrentLinkedQueue<>();
        var callers = Stream.generate(() -> Thread.ofVirtual().start(() -> {
            for (var call = 0; call < 2_000; call++) {
                var before = call % 3 == 0 ? truth.incrementAndGet() : truth.get();
                var answer = shared.get();
                if (answer < before) {
                    outdated.add(answer + " where " + before + " was true");
                }
            }
        })).limit(8).toList();
        for (var caller : callers) {
            caller.join();
        }

        assertThat(outdated).isEmpty();
    }

    /** How many changes a read saw. */
    private record StoreState(int changes) {}

    /** A store that changes when a test says so, even in the middle of a question. */
    private static final class VersionedStore {

        private boolean versioned = true;
        private boolean down;
        private int generation;
        private int changes;
        private int reads;
        private Runnable beforeNextRead = () -> {};
        private Runnable afterNextRead = () -> {};

        void change() {
            changes++;
        }

        Optional<LedgerVersion> version() {
            if (down) {
                throw new IllegalStateException("no version");
            }
            return versioned ? Optional.of(new LedgerVersion(Long.toString(generation), changes)) : Optional.empty();
        }

        StoreState read() {
            reads++;
            var before = beforeNextRead;
            beforeNextRead = () -> {};
            before.run();
            var reading = new StoreState(changes);
            afterNextRead.run();
            afterNextRead = () -> {};
            return reading;
        }
    }
}
