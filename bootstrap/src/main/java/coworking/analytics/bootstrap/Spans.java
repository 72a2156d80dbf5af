package coworking.analytics.bootstrap;

import java.util.Optional;
import java.util.function.Function;

/** Where traces of requests go. Nothing here names the library that carries them, so that it is not loaded where nobody traces. */
interface Spans extends AutoCloseable {

    /** Nobody traces. */
    Spans OFF = new Spans() {};

    /** A request begins, perhaps as a part of what its caller traces. */
    default Trace begin(String method, Function<String, Optional<String>> header) {
        return Trace.NONE;
    }

    /** Sends what has not been sent yet, or gives up after some seconds. */
    @Override
    default void close() {}
}
