package coworking.analytics.rest.spi;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Receives an event for every request and its response, to count, log or trace them.
 *
 * <p>Many threads call it at once. All events of one request come from the thread that serves it. Its methods return at once and never
 * throw.
 */
public interface ExchangeObserver {

    /** Ignores every event. */
    ExchangeObserver NONE = (method, id, header) -> (route, status, bytes) -> {};

    /**
     * A request has been read up to its body.
     *
     * @param method in capitals; not limited to the methods that HTTP defines
     * @param id the request's id, which the response repeats in {@code X-Request-Id} where it has that header: the client's own id if it is
     *        safe to log, else one that the first call generates; valid until the exchange has ended
     * @param header returns the first value of a request header; valid until the exchange has ended
     */
    ObservedExchange started(String method, Supplier<String> id, Function<String, Optional<String>> header);

    /** The server rejected a request before the routing saw it, for example because it could not be parsed. There is no exchange. */
    default void refused(int status) {}

    /**
     * A report is about to be encoded.
     *
     * @return runs once, on the same thread, when the report is encoded
     */
    default Runnable encodingStarted() {
        return () -> {};
    }

    /** A request in progress. */
    @FunctionalInterface
    interface ObservedExchange {

        /** The value of the response's {@code traceparent} header (W3C Trace Context); empty without tracing. */
        default Optional<String> traceparent() {
            return Optional.empty();
        }

        /** The time that the request has waited for the database so far. */
        default Duration databaseTime() {
            return Duration.ZERO;
        }

        /**
         * The response has been sent, or sending it has failed.
         *
         * @param status the status of the response
         * @param bytes the length of the response with its headers
         */
        void ended(Route route, int status, long bytes);
    }
}
