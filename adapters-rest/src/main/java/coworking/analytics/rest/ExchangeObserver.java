package coworking.analytics.rest;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Is told of every request and its answer, for whoever counts, logs or traces them.
 *
 * <p>Called by many threads at once; all that belongs to one request is told by the thread that answers it. It returns at once and
 * never throws.
 */
public interface ExchangeObserver {

    /** Listens to nothing. */
    ExchangeObserver NOBODY = (method, header) -> (route, status, bytes) -> {};

    /** What was asked for. Of paths that there are not, however many, there is one. */
    enum Route {
        HEALTH_CHECK("/health_check"), READINESS_CHECK("/readiness_check"), DAILY_USAGE("/api/reports/daily_usage"), USER_VISITS(
                "/api/reports/user_visits"), OTHER("other");

        private static final Map<String, Route> BY_PATH = Arrays.stream(values()).collect(Collectors.toMap(Route::path, route -> route));

        private final String path;

        Route(String path) {
            this.path = path;
        }

        /** As it stands in URLs; of {@code OTHER} "other". */
        public String path() {
            return path;
        }

        /** Whether it is asked for by machines, all the time. */
        public boolean isProbe() {
            return this == HEALTH_CHECK || this == READINESS_CHECK;
        }

        /** Whether it is what the service is there for, and what its objectives are about. */
        public boolean isReport() {
            return path.startsWith("/api/");
        }

        static Route of(String path, int status) {
            return status == 404 ? OTHER : BY_PATH.getOrDefault(path, OTHER);
        }
    }

    /**
     * A request has been read up to its body.
     *
     * @param method in capitals; anything that a caller can send
     * @param header gives the first value of the request's header of a name, as it came; to be asked before the exchange has ended
     */
    Exchange begun(String method, Function<String, Optional<String>> header);

    /** A request was refused because it could not be read, or was not wanted; there was no exchange. */
    default void refused(int status) {}

    /**
     * A report is about to be turned into bytes.
     *
     * @return what is run once, on the same thread, when that is done
     */
    default Runnable encoding() {
        return () -> {};
    }

    /** A request that is being answered. */
    @FunctionalInterface
    interface Exchange {

        /** What the answer's {@code traceparent} shall be (W3C Trace Context); none where nothing is traced. */
        default Optional<String> traceparent() {
            return Optional.empty();
        }

        /**
         * The answer has been sent, or cannot be sent to the end.
         *
         * @param status the answer's
         * @param bytes its length with its headers
         */
        void ended(Route route, int status, long bytes);
    }
}
