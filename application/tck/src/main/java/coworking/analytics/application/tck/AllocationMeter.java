package coworking.analytics.application.tck;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.stream.LongStream;

/** Measures the cost of a call in allocated bytes, which do not depend on the load of the machine. */
final class AllocationMeter {

    private static final int TRIES = 10;

    private AllocationMeter() {}

    /** The fewest bytes that the calling thread allocates in one of several calls. Allocations of other threads are not counted. */
    static long minBytes(Runnable call) {
        return LongStream.generate(() -> bytesOf(call)).limit(TRIES).min().orElseThrow();
    }

    private static long bytesOf(Runnable call) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var before = threads.getCurrentThreadAllocatedBytes();
        call.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
