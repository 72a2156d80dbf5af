package coworking.analytics.bootstrap.telemetry;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.LongStream;

/** A uniform sample of at most 100 durations (Vitter's algorithm R). */
final class ReservoirSample {

    static final int SIZE = 100;

    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MICROS_PER_MILLI = 1e3;

    private final AtomicLong totalCount = new AtomicLong();
    private final AtomicLongArray samples = new AtomicLongArray(SIZE);

    void add(long nanos) {
        var count = totalCount.getAndIncrement();
        var index = count < SIZE ? count : ThreadLocalRandom.current().nextLong(count + 1);
        if (index < SIZE) {
            samples.set((int) index, Math.max(1, nanos));
        }
    }

    /** The sample in milliseconds, rounded to microseconds, unordered. */
    double[] millis() {
        return LongStream.range(0, SIZE).map(index -> samples.get((int) index)).filter(nanos -> nanos > 0)
                .mapToDouble(nanos -> Math.round(nanos / NANOS_PER_MILLI * MICROS_PER_MILLI) / MICROS_PER_MILLI).toArray();
    }
}
