package coworking.analytics.bootstrap.logging;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/** Whether something that is repeated fails at present, so that each change is logged once. Thread-safe. */
public final class FailureState {

    private final AtomicLong failures = new AtomicLong();

    /** Counts a failure; returns whether it is the first since the last recovery. */
    public boolean failed() {
        return failed(1);
    }

    /** Counts several failures; returns whether they are the first since the last recovery. */
    public boolean failed(long count) {
        return failures.getAndAdd(count) == 0;
    }

    /** Ends the failure, if there is one; returns the number of failures that were counted, or empty if there was none. */
    public OptionalLong recovered() {
        var count = failures.getAndSet(0);
        return count == 0 ? OptionalLong.empty() : OptionalLong.of(count);
    }
}
