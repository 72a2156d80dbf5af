package coworking.analytics.application.sharing;

import coworking.analytics.application.port.out.LedgerVersion;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reuses the cached value while the ledger's version is unchanged. There is no time to live: each call reads the version.
 *
 * <p>The version is read before the value. So the value may be newer than the version it is cached under, which costs one needless read.
 * Were the version read after the value, a change in between would be cached under a version that includes it, and never be seen.
 *
 * <p>Not thread-safe; {@link SingleFlight} runs one read at a time.
 *
 * @param <T> the type of the value; never null
 */
final class VersionedCache<T> implements Supplier<T> {

    private final Supplier<Optional<LedgerVersion>> versionReader;
    private final Supplier<T> loader;
    private Optional<CacheEntry<T>> entry = Optional.empty();

    VersionedCache(Supplier<Optional<LedgerVersion>> versionReader, Supplier<T> loader) {
        this.versionReader = versionReader;
        this.loader = loader;
    }

    @Override
    public T get() {
        return read().value();
    }

    /** As {@link #get}, and says whether the value was cached. */
    CachedValue<T> read() {
        var version = versionReader.get();
        evictUnlessAt(version);
        return entry.map(cached -> new CachedValue<>(cached.value(), true)).orElseGet(() -> new CachedValue<>(read(version), false));
    }

    /** Called before the next read begins, because there may not be memory for two large values. */
    private void evictUnlessAt(Optional<LedgerVersion> version) {
        entry = entry.filter(cached -> version.equals(Optional.of(cached.version())));
    }

    private T read(Optional<LedgerVersion> version) {
        var value = loader.get();
        entry = version.map(known -> new CacheEntry<>(known, value));
        return value;
    }

    /**
     * A value.
     *
     * @param isHit whether it was cached
     */
    record CachedValue<T>(T value, boolean isHit) {}

    private record CacheEntry<T>(LedgerVersion version, T value) {}
}
