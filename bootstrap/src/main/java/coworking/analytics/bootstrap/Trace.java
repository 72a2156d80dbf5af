package coworking.analytics.bootstrap;

import coworking.analytics.rest.ExchangeObserver.Route;
import java.util.Optional;
import java.util.function.Consumer;

/** The trace of one request. */
interface Trace {

    /** Of a request that nobody traces. */
    Trace NONE = new Trace() {};

    /** A step that nobody traces. */
    Consumer<Boolean> NO_STEP = isWell -> {};

    /** For the {@code traceparent} of the answer; empty where nothing is traced. */
    default Optional<String> traceparent() {
        return Optional.empty();
    }

    /** The trace's id as 32 hexadecimal digits; empty where nothing is traced. */
    default Optional<String> id() {
        return Optional.empty();
    }

    /** A step of the work begins; it ends when what is returned is told whether it went well. */
    default Consumer<Boolean> step(String name, boolean isOfDatabase) {
        return NO_STEP;
    }

    /** The request has been answered. */
    default void end(Request request, Route route, int status) {}
}
