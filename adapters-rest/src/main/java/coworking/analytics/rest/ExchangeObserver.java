package coworking.analytics.rest;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Is told of every request and its answer, for whoever counts, logs or traces them.
 *
 * <p>Called by many threads at once; all that belongs to one request is told by the thread that answers it. It returns at once and
 * never throws.
 */
public interface ExchangeObserver {

    /** Listens to nothing. */
    ExchangeObserver NOBODY = (method, id, header) -> (route, status, bytes) -> {};

    /** What was asked for. Of users there are many, and of paths that there are not even more; of either there is one. */
    enum Route {
        HEALTH_CHECK("/health_check"), //
        READINESS_CHECK("/readiness_check"), //
        DAILY_USAGE("/api/reports/daily_usage"), //
        USER_VISITS("/api/reports/user_visits"), //
        V1_DAILY_USAGE("/api/v1/reports/daily-usage"), //
        V1_USER_VISITS("/api/v1/reports/user-visits"), //
        V1_SUMMARY("/api/v1/reports/summary"), //
        V1_ARRIVALS("/api/v1/reports/arrivals"), //
        V1_MEMBERS("/api/v1/reports/members"), //
        V1_RETENTION("/api/v1/reports/retention"), //
        V1_DORMANT("/api/v1/reports/dormant"), //
        V1_DATA_QUALITY("/api/v1/reports/data-quality"), //
        V1_VISITS_OF_USER("/api/v1/users/{id}/visits"), //
        V1_METRICS("/api/v1/metrics"), //
        V1_OPENAPI_YAML("/api/v1/openapi.yaml"), //
        V1_OPENAPI_JSON("/api/v1/openapi.json"), //
        OTHER("other");

        private static final Map<String, Route> BY_PATH = Stream.of(values())
                .collect(Collectors.toUnmodifiableMap(Route::path, route -> route));
        private static final Pattern VISITS_OF_USER = Pattern.compile("/api/v1/users/[^/]+/visits");

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

        /** Whether it is one that the service had from the beginning. */
        public boolean isOriginal() {
            return this == DAILY_USAGE || this == USER_VISITS || isProbe();
        }

        /** Whether it is what the service is there for, and what its objectives are about. */
        public boolean isReport() {
            return path.startsWith("/api/");
        }

        static Route of(String path, int status) {
            if (path.startsWith(Call.ROOT) && VISITS_OF_USER.matcher(path).matches()) {
                return V1_VISITS_OF_USER;
            }
            return status == 404 ? OTHER : BY_PATH.getOrDefault(path, OTHER);
        }
    }

    /**
     * A request has been read up to its body.
     *
     * @param method in capitals; anything that a caller can send
     * @param id names the request, in the answer's {@code X-Request-Id} where it has one: what the caller called it, where that can stand
     *        in a log, else made up when it is first asked for; to be asked before the exchange has ended
     * @param header gives the first value of the request's header of a name, as it came; to be asked before the exchange has ended
     */
    Exchange begun(String method, Supplier<String> id, Function<String, Optional<String>> header);

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

        /** How long the request has waited for the database so far. */
        default Duration inDatabase() {
            return Duration.ZERO;
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
