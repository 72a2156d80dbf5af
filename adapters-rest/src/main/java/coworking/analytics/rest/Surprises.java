package coworking.analytics.rest;

import static java.lang.System.Logger.Level.ERROR;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Logs failures that nobody expected: the first of a kind with all that it says, those of the next minute as a count in the line after
 * it. Where each request fails, each would be a stack in the log.
 */
final class Surprises {

    private static final long PAUSE = Duration.ofMinutes(1).toNanos();

    /** Kinds are few, unless something is very wrong: then what comes late is one kind. */
    private static final int MOST = 50;

    private final System.Logger log;
    private final LongSupplier nanos;
    private final Map<String, Kind> kinds = new ConcurrentHashMap<>();

    Surprises(System.Logger log) {
        this(log, System::nanoTime);
    }

    /**
     * Knows of none yet.
     *
     * @param nanos a clock of any beginning
     */
    Surprises(System.Logger log, LongSupplier nanos) {
        this.log = log;
        this.nanos = nanos;
    }

    void log(String what, Throwable failure) {
        kind(failure).since(nanos.getAsLong()).ifPresent(
                others -> log.log(ERROR, others == 0 ? what : what + ", as did " + others + " since the last such line", failure));
    }

    private Kind kind(Throwable failure) {
        var place = failure.getStackTrace();
        var name = failure.getClass().getName() + (place.length == 0 ? "" : place[0]);
        return kinds.computeIfAbsent(kinds.size() < MOST || kinds.containsKey(name) ? name : "others", first -> new Kind());
    }

    private static final class Kind {

        private boolean isKnown;
        private long logged;
        private long others;

        /** How many there were since the last line; empty where it is not time for another. */
        synchronized OptionalLong since(long now) {
            if (isKnown && now - logged < PAUSE) {
                others++;
                return OptionalLong.empty();
            }
            isKnown = true;
            logged = now;
            var counted = others;
            others = 0;
            return OptionalLong.of(counted);
        }
    }
}
