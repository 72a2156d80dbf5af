package coworking.analytics.rest.http;

import static java.lang.System.Logger.Level.ERROR;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Logs unexpected failures: the first of a kind with its stack trace, and those of the next minute as a count in the next line. Otherwise
 * each failing request would log a stack trace.
 */
public final class ThrottledErrorLog {

    private static final long INTERVAL_NANOS = Duration.ofMinutes(1).toNanos();

    /** After this number of kinds, all further ones count as one. */
    private static final int MAX_KINDS = 50;

    private final System.Logger log;
    private final LongSupplier nanos;
    private final Map<String, FailureKind> kinds = new ConcurrentHashMap<>();

    public ThrottledErrorLog(System.Logger log) {
        this(log, System::nanoTime);
    }

    /**
     * Makes a log without failures.
     *
     * @param nanos a clock like {@link System#nanoTime}
     */
    ThrottledErrorLog(System.Logger log, LongSupplier nanos) {
        this.log = log;
        this.nanos = nanos;
    }

    public void log(String message, Throwable failure) {
        kind(failure).suppressedCount(nanos.getAsLong()).ifPresent(
                others -> log.log(ERROR, others == 0 ? message : message + ", as did " + others + " since the last such line", failure));
    }

    private FailureKind kind(Throwable failure) {
        var stack = failure.getStackTrace();
        var name = failure.getClass().getName() + (stack.length == 0 ? "" : stack[0]);
        return kinds.computeIfAbsent(kinds.size() < MAX_KINDS || kinds.containsKey(name) ? name : "others", first -> new FailureKind());
    }

    private static final class FailureKind {

        private boolean hasLogged;
        private long lastLoggedNanos;
        private long suppressed;

        /** The number of failures since the last line; empty if the next line is not due. */
        synchronized OptionalLong suppressedCount(long now) {
            if (hasLogged && now - lastLoggedNanos < INTERVAL_NANOS) {
                suppressed++;
                return OptionalLong.empty();
            }
            hasLogged = true;
            lastLoggedNanos = now;
            var counted = suppressed;
            suppressed = 0;
            return OptionalLong.of(counted);
        }
    }
}
