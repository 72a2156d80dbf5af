package coworking.analytics.bootstrap;

import coworking.analytics.application.port.out.ReportObserver.Source;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A request under way, and what is learnt of it by those who work on it. Of one thread. */
final class Request {

    /** Of others, which a caller makes up at any length, none is worth its bytes in a log. */
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT");

    private static final ThreadLocal<@Nullable Request> CURRENT = new ThreadLocal<>();

    private final String method;
    private final Supplier<String> id;
    private final Trace trace;
    private final long begin = System.nanoTime();
    private @Nullable Source source;
    private long databaseNanos;

    private Request(String method, Supplier<String> id, Trace trace) {
        this.method = method;
        this.id = id;
        this.trace = trace;
    }

    /** What logs and traces call a method: itself, or "other". */
    static String known(String method) {
        return METHODS.contains(method) ? method : "other";
    }

    /** Begins what this thread works on from now on. */
    static Request begin(String method, Supplier<String> id, Trace trace) {
        var request = new Request(method, id, trace);
        CURRENT.set(request);
        return request;
    }

    /** What this thread works on; null where it is nobody's request. */
    static @Nullable Request current() {
        return CURRENT.get();
    }

    /** This thread works on no request any more. */
    static void end() {
        CURRENT.set(null);
    }

    /** Its name in logs. */
    String id() {
        return id.get();
    }

    void answeredFrom(Source where) {
        source = where;
    }

    void spentInDatabase(long nanos) {
        databaseNanos += nanos;
    }

    /** For logs: itself, or "other". */
    String method() {
        return known(method);
    }

    /** Whatever the caller sent, at any length. */
    String methodAsSent() {
        return method;
    }

    Trace trace() {
        return trace;
    }

    /** Where its report came from; empty where it asked for none. */
    Optional<Source> source() {
        return Optional.ofNullable(source);
    }

    long databaseNanos() {
        return databaseNanos;
    }

    /** Nanoseconds since it began. */
    long age() {
        return System.nanoTime() - begin;
    }
}
