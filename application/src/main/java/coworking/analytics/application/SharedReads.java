package coworking.analytics.application;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * A {@link SharedRead} for each thing that is asked. It is there only while somebody asks that, so there are never more of them than there
 * are callers, whatever they may think of asking.
 *
 * @param <K> what is asked; equal where the answers may be shared
 */
final class SharedReads<K> {

    private final ConcurrentHashMap<K, Booth> booths = new ConcurrentHashMap<>();

    /**
     * Returns or throws the outcome of a read that begins after this call, whichever caller runs it.
     *
     * @param key what is asked; all who ask for an equal one are answered with one type
     * @param source reads it, where this caller is to run the read
     */
    @SuppressWarnings("unchecked")
    <T> T get(K key, Supplier<T> source) {
        var booth = enter(key, source::get);
        try {
            return (T) booth.read().get(source::get);
        } finally {
            leave(key);
        }
    }

    /** How many things are being asked. */
    int size() {
        return booths.size();
    }

    private Booth enter(K key, Supplier<Object> source) {
        return booths.compute(key, (same, there) -> there == null ? new Booth(new SharedRead<>(source), 1) : there.with(1));
    }

    private void leave(K key) {
        booths.computeIfPresent(key, (same, there) -> there.callers() == 1 ? null : there.with(-1));
    }

    private record Booth(SharedRead<Object> read, int callers) {

        Booth with(int more) {
            return new Booth(read, callers + more);
        }
    }
}
