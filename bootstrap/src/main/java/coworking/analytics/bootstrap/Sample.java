package coworking.analytics.bootstrap;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.LongStream;

/** At most 100 of many durations, each as likely to be among them as any other (Vitter's algorithm R). */
final class Sample {

    static final int SIZE = 100;

    private static final double NANOS_PER_MILLI = 1e6;
    private static final double PRECISION = 1e3;

    private final AtomicLong seen = new AtomicLong();
    private final AtomicLongArray kept = new AtomicLongArray(SIZE);

    void add(long nanos) {
        var before = seen.getAndIncrement();
        var place = before < SIZE ? before : ThreadLocalRandom.current().nextLong(before + 1);
        if (place < SIZE) {
            kept.set((int) place, Math.max(1, nanos));
        }
    }

    /** In milliseconds, to the microsecond, in no order. */
    double[] millis() {
        return LongStream.range(0, SIZE).map(place -> kept.get((int) place)).filter(nanos -> nanos > 0)
                .mapToDouble(nanos -> Math.round(nanos / NANOS_PER_MILLI * PRECISION) / PRECISION).toArray();
    }
}
