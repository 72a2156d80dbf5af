package coworking.analytics.bootstrap;

import coworking.analytics.rest.ExchangeObserver.Route;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Rate, errors and duration of requests by route, method and status. Meters are looked up by number: to look one up by its tags would
 * take longer than to record.
 */
final class RequestMeters {

    private static final List<String> METHODS = List.of("GET", "HEAD", "OPTIONS", "other");
    private static final int STATUSES = 600;

    private final MeterRegistry registry;
    private final Map<Route, AtomicReferenceArray<Timer>> timers = new EnumMap<>(Route.class);
    private final Map<Route, Counter> bytes = new EnumMap<>(Route.class);

    /** Series that alarms look at are there from the beginning, so that their first event is a change. */
    RequestMeters(MeterRegistry registry) {
        this.registry = registry;
        for (var route : Route.values()) {
            timers.put(route, new AtomicReferenceArray<>(METHODS.size() * STATUSES));
            bytes.put(route, Counter.builder("http.server.response.bytes").description("Bytes of answers, headers included")
                    .tag("route", route.path()).register(registry));
            if (route.isOriginal()) {
                var _ = timer(route, 0, 200);
                var _ = timer(route, 0, 500);
            }
        }
    }

    void answered(Route route, String method, int status, long length, long nanos) {
        timer(route, number(method), status).record(nanos, TimeUnit.NANOSECONDS);
        var sent = bytes.get(route);
        if (sent != null) {
            sent.increment((double) length);
        }
    }

    private static int number(String method) {
        return switch (method) {
            case "GET" -> 0;
            case "HEAD" -> 1;
            case "OPTIONS" -> 2;
            default -> 3;
        };
    }

    private Timer timer(Route route, int method, int status) {
        var ofRoute = Objects.requireNonNull(timers.get(route));
        var place = method * STATUSES + Math.clamp(status, 0, STATUSES - 1);
        var known = ofRoute.get(place);
        if (known != null) {
            return known;
        }
        var timer = Meters.histogram("http.server.requests", "Requests and how long they took to answer")
                .tag("route", route.path()).tag("method", METHODS.get(method)).tag("status", String.valueOf(status))
                .register(registry);
        ofRoute.set(place, timer);
        return timer;
    }
}
