package coworking.analytics.bootstrap.telemetry.tracing;

import coworking.analytics.application.port.out.ReportObserver.AnswerSource;
import coworking.analytics.bootstrap.logging.LogContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A request under way, and what is measured of it. Confined to one thread. */
public final class ObservedRequest {

    /** Callers can make up other methods of any length; logs and traces show them as "other". */
    private static final Set<String> KNOWN_METHODS = Set.of("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT");

    private static final ThreadLocal<@Nullable ObservedRequest> CURRENT = new ThreadLocal<>();

    private final String method;
    private final Supplier<String> id;
    private final RequestTrace trace;
    private final long startNanos = System.nanoTime();
    private @Nullable AnswerSource source;
    private long databaseNanos;

    private ObservedRequest(String method, Supplier<String> id, RequestTrace trace) {
        this.method = method;
        this.id = id;
        this.trace = trace;
    }

    /** The method in logs and traces: itself, or "other". */
    static String normalizeMethod(String method) {
        return KNOWN_METHODS.contains(method) ? method : "other";
    }

    /** Starts a request, which this thread works on from now on. */
    public static ObservedRequest begin(String method, Supplier<String> id, RequestTrace trace) {
        var request = new ObservedRequest(method, id, trace);
        CURRENT.set(request);
        LogContext.set(request::logFields);
        return request;
    }

    /** The request that this thread works on; null if there is none. */
    public static @Nullable ObservedRequest current() {
        return CURRENT.get();
    }

    /** Ends the request of this thread. */
    public static void end() {
        CURRENT.set(null);
        LogContext.clear();
    }

    /** The fields of every line that is logged while this request is worked on. The id is made up only when it is first read. */
    private Map<String, String> logFields() {
        var fields = new LinkedHashMap<String, String>();
        fields.put("request_id", id());
        trace.traceId().ifPresent(traceId -> fields.put("trace_id", traceId));
        return fields;
    }

    /** Its id in logs. */
    public String id() {
        return id.get();
    }

    public void answeredFrom(AnswerSource answerSource) {
        source = answerSource;
    }

    public void addDatabaseNanos(long nanos) {
        databaseNanos += nanos;
    }

    /** The method for logs: itself, or "other". */
    public String method() {
        return normalizeMethod(method);
    }

    /** The method as the caller sent it, of any length. */
    public String rawMethod() {
        return method;
    }

    public RequestTrace trace() {
        return trace;
    }

    /** Where its report came from; empty if it asked for none. */
    public Optional<AnswerSource> source() {
        return Optional.ofNullable(source);
    }

    public long databaseNanos() {
        return databaseNanos;
    }

    /** Nanoseconds since its start. */
    public long elapsedNanos() {
        return System.nanoTime() - startNanos;
    }
}
