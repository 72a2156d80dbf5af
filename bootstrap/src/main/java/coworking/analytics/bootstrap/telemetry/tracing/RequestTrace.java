package coworking.analytics.bootstrap.telemetry.tracing;

import coworking.analytics.rest.spi.Route;
import java.util.Optional;
import java.util.function.Consumer;

/** The trace of one request. */
public interface RequestTrace {

    /** The trace of a request that is not traced. */
    RequestTrace NONE = new RequestTrace() {};

    /** A step that is not traced. */
    Consumer<Boolean> NO_STEP = isSuccess -> {};

    /** The {@code traceparent} of the response; empty if the request is not traced. */
    default Optional<String> traceparent() {
        return Optional.empty();
    }

    /** The trace's id as 32 hexadecimal digits; empty if the request is not traced. */
    default Optional<String> traceId() {
        return Optional.empty();
    }

    /** A step starts; it ends when the returned consumer receives whether it succeeded. */
    default Consumer<Boolean> beginStep(String name, boolean isOfDatabase) {
        return NO_STEP;
    }

    /** The request has been answered. */
    default void end(ObservedRequest request, Route route, int status) {}
}
