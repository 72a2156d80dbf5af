package coworking.analytics.application.sharing;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * A {@link SingleFlight} for each key. It exists only during calls with that key, so there are never more of them than callers.
 *
 * @param <K> what is read; equal keys share a result
 */
public final class KeyedSingleFlight<K> {

    private final ConcurrentHashMap<K, CountedFlight> flights = new ConcurrentHashMap<>();

    /**
     * Returns or throws the outcome of a read that begins after this call, on the thread of this or another caller.
     *
     * @param key what is read; all results of equal keys have the same type
     * @param loader runs the read if this caller is the one to run it
     */
    @SuppressWarnings("unchecked")
    public <T> T execute(K key, Supplier<T> loader) {
        var counted = retain(key, loader::get);
        try {
            return (T) counted.flight().get(loader::get);
        } finally {
            release(key);
        }
    }

    /** The number of keys that are being read. */
    int size() {
        return flights.size();
    }

    private CountedFlight retain(K key, Supplier<Object> loader) {
        return flights.compute(key,
                (same, flight) -> flight == null ? new CountedFlight(new SingleFlight<>(loader), 1) : flight.plusCallers(1));
    }

    private void release(K key) {
        flights.computeIfPresent(key, (same, flight) -> flight.callers() == 1 ? null : flight.plusCallers(-1));
    }

    private record CountedFlight(SingleFlight<Object> flight, int callers) {

        CountedFlight plusCallers(int more) {
            return new CountedFlight(flight, callers + more);
        }
    }
}
