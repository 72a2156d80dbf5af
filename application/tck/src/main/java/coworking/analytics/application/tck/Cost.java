package coworking.analytics.application.tck;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.stream.LongStream;

/** What a call costs, in memory rather than in time: the same on a busy machine. */
final class Cost {

    private static final int TRIES = 10;

    private Cost() {}

    /** The bytes that the calling thread allocates for the most frugal of some calls. What others do for it is not seen. */
    static long inBytes(Runnable call) {
        return LongStream.generate(() -> bytesOfOne(call)).limit(TRIES).min().orElseThrow();
    }

    private static long bytesOfOne(Runnable call) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var before = threads.getCurrentThreadAllocatedBytes();
        call.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
