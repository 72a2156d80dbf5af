package coworking.analytics.bootstrap.telemetry;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.distribution.TimeWindowMax;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** The durations of requests with one route, method and status: a histogram. Recording allocates nothing. */
final class RequestSeries {

    /** The upper bounds of all histograms here, in seconds; a last bucket has none. */
    static final List<Double> BUCKET_SECONDS = List.of(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0);

    private static final long[] BUCKET_NANOS = BUCKET_SECONDS.stream().mapToLong(seconds -> Math.round(seconds * 1e9)).toArray();

    /** The maximum covers the last two to three minutes, as the timers of Micrometer do. */
    private static final int MAX_WINDOWS = 3;
    private static final long MAX_WINDOW_MILLIS = 60_000;

    private final LongAdder[] buckets = Stream.generate(LongAdder::new).limit(BUCKET_NANOS.length + 1L).toArray(LongAdder[]::new);
    private final LongAdder totalNanos = new LongAdder();
    private final TimeWindowMax max = new TimeWindowMax(Clock.SYSTEM, MAX_WINDOW_MILLIS, MAX_WINDOWS);

    void record(long nanos) {
        buckets[bucketIndex(nanos)].increment();
        totalNanos.add(nanos);
        max.record((double) nanos, TimeUnit.NANOSECONDS);
    }

    private static int bucketIndex(long nanos) {
        int index = 0;
        while (index < BUCKET_NANOS.length && nanos > BUCKET_NANOS[index]) {
            index++;
        }
        return index;
    }

    long count() {
        long count = 0;
        for (var bucket : buckets) {
            count += bucket.sum();
        }
        return count;
    }

    /** The count of each bucket; the last is that of longer requests. */
    List<Long> bucketCounts() {
        return Stream.of(buckets).map(LongAdder::sum).toList();
    }

    long totalNanos() {
        return totalNanos.sum();
    }

    /** The longest duration of the last minute, in seconds. */
    double maxSeconds() {
        return max.poll(TimeUnit.SECONDS);
    }
}
