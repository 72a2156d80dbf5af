package coworking.analytics.bootstrap.telemetry;

import static java.util.stream.Collectors.toUnmodifiableMap;

import coworking.analytics.application.port.out.ReportObserver.AnswerSource;
import coworking.analytics.bootstrap.telemetry.tracing.ObservedRequest;
import coworking.analytics.rest.RestApi;
import coworking.analytics.rest.spi.Route;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The one count of requests, by route, method and status. {@link PrometheusRequestExporter}, {@link EmfExporter} and {@link AccessLog}
 * read it. Counts only grow, so readers do not disturb each other. Recording allocates nothing after the first request of a series.
 */
public final class RequestStatistics {

    private static final List<String> METHODS = List.of("GET", "HEAD", "OPTIONS", "other");
    private static final int OTHER_METHOD = 3;
    private static final int STATUS_COUNT = 600;
    private static final int STATUS_CLASS_SIZE = 100;

    private final Map<Route, RouteStatistics> routes = new HashMap<>();

    /** Requests that could not be read have no route: they are neither in the log nor in CloudWatch's metrics. */
    private final RouteStatistics refused = new RouteStatistics();

    /** Starts at zero. Series that alarms watch exist from the start, so that their first event is a change. */
    public RequestStatistics() {
        for (var route : RestApi.routes()) {
            var statistics = new RouteStatistics();
            if (route.isOriginal()) {
                var _ = statistics.series(0, 200);
                var _ = statistics.series(0, 500);
            }
            routes.put(route, statistics);
        }
    }

    void record(ObservedRequest request, Route route, int status, long bytes, long nanos) {
        ofRoute(route).record(request, status, bytes, nanos);
    }

    void recordRefused(int status) {
        refused.series(OTHER_METHOD, status).record(0);
    }

    private RouteStatistics ofRoute(Route route) {
        return Objects.requireNonNull(routes.get(route));
    }

    RequestTotals totals(Route route) {
        return ofRoute(route).totals();
    }

    RequestTotals totals(Predicate<Route> filter) {
        return RestApi.routes().stream().filter(filter).map(this::totals).reduce(RequestTotals::plus).orElseThrow();
    }

    /** Shows every series that has been made; the one of refused requests comes as {@code OTHER}, perhaps beside another. */
    void forEachSeries(SeriesVisitor visitor) {
        routes.forEach((route, statistics) -> statistics.forEachSeries(route, visitor));
        refused.forEachSeries(Route.OTHER, visitor);
    }

    private static int methodIndex(String method) {
        return switch (method) {
            case "GET" -> 0;
            case "HEAD" -> 1;
            case "OPTIONS" -> 2;
            default -> OTHER_METHOD;
        };
    }

    /** Receives series one by one. */
    @FunctionalInterface
    interface SeriesVisitor {

        void visit(Route route, String method, int status, RequestSeries series);
    }

    private static final class RouteStatistics {

        /** Found by number: a lookup by labels would take longer than recording. */
        private final AtomicReferenceArray<RequestSeries> series = new AtomicReferenceArray<>(METHODS.size() * STATUS_COUNT);
        private final Map<AnswerSource, LongAdder> countsBySource = new EnumMap<>(AnswerSource.class);
        private final LongAdder bytes = new LongAdder();
        private final LongAdder databaseNanos = new LongAdder();

        RouteStatistics() {
            for (var source : AnswerSource.values()) {
                countsBySource.put(source, new LongAdder());
            }
        }

        void record(ObservedRequest request, int status, long length, long nanos) {
            series(methodIndex(request.rawMethod()), status).record(nanos);
            bytes.add(length);
            if (request.databaseNanos() > 0) {
                databaseNanos.add(request.databaseNanos());
            }
            request.source().map(countsBySource::get).ifPresent(LongAdder::increment);
        }

        RequestSeries series(int method, int status) {
            var index = method * STATUS_COUNT + Math.clamp(status, 0, STATUS_COUNT - 1);
            var known = series.get(index);
            if (known != null) {
                return known;
            }
            var made = new RequestSeries();
            var other = series.compareAndExchange(index, null, made);
            return other == null ? made : other;
        }

        RequestTotals totals() {
            var byStatusClass = new long[RequestTotals.STATUS_CLASSES];
            long nanos = 0;
            for (int index = 0; index < series.length(); index++) {
                var known = series.get(index);
                if (known != null) {
                    byStatusClass[index % STATUS_COUNT / STATUS_CLASS_SIZE] += known.count();
                    nanos += known.totalNanos();
                }
            }
            return new RequestTotals(LongStream.of(byStatusClass).boxed().toList(),
                    countsBySource.entrySet().stream()
                            .collect(toUnmodifiableMap(Map.Entry::getKey, count -> count.getValue().sum())),
                    bytes.sum(), nanos, databaseNanos.sum());
        }

        void forEachSeries(Route route, SeriesVisitor visitor) {
            for (int index = 0; index < series.length(); index++) {
                var known = series.get(index);
                if (known != null) {
                    visitor.visit(route, METHODS.get(index / STATUS_COUNT), index % STATUS_COUNT, known);
                }
            }
        }
    }
}
