package coworking.analytics.bootstrap.telemetry.tracing;

import java.util.Optional;
import java.util.function.Function;

/** Makes traces of requests. It does not name the tracing library, so that the library is loaded only if traces are exported. */
public interface Tracing extends AutoCloseable {

    /** Makes no traces. */
    Tracing DISABLED = new Tracing() {};

    /** A request starts; it may be part of a trace of its caller. */
    default RequestTrace beginTrace(String method, Function<String, Optional<String>> header) {
        return RequestTrace.NONE;
    }

    /** Sends the remaining spans, or gives up after a few seconds. */
    @Override
    default void close() {}
}
