package coworking.analytics.application;

import coworking.analytics.application.port.out.Version;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads a ledger's facts only where its version does not show that the answer in hand still stands; then it gives out that very
 * instance again. There is no time to live: each call asks for the version.
 *
 * <p>The version is asked for before the facts. So the facts may be newer than the version they are kept under, which costs one
 * read too many. Asked for after them, a change in between would be filed under a version that counts it, and never be seen.
 *
 * <p>Not for several threads at once; {@link SharedRead} lets in one at a time.
 *
 * @param <T> what is read; never null
 */
final class CheckedRead<T> implements Supplier<T> {

    private final Supplier<Optional<Version>> version;
    private final Supplier<T> facts;
    private Optional<Kept<T>> inHand = Optional.empty();

    CheckedRead(Supplier<Optional<Version>> version, Supplier<T> facts) {
        this.version = version;
        this.facts = facts;
    }

    @Override
    public T get() {
        return read().value();
    }

    /** As {@link #get}, and tells how it came by it. */
    Reading<T> read() {
        var present = version.get();
        forgetUnlessOf(present);
        return inHand.map(kept -> new Reading<>(kept.value(), true)).orElseGet(() -> new Reading<>(read(present), false));
    }

    /** Before the next read begins: there may not be memory for two long reports. */
    private void forgetUnlessOf(Optional<Version> present) {
        inHand = inHand.filter(kept -> present.equals(Optional.of(kept.version())));
    }

    private T read(Optional<Version> present) {
        var value = facts.get();
        inHand = present.map(version -> new Kept<>(version, value));
        return value;
    }

    /**
     * What was read.
     *
     * @param isKept whether it is an earlier value that still stands
     */
    record Reading<T>(T value, boolean isKept) {}

    private record Kept<T>(Version version, T value) {}
}
