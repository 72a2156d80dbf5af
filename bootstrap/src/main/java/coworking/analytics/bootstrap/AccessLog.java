package coworking.analytics.bootstrap;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import coworking.analytics.rest.ExchangeObserver.Route;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Objects;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the log says of requests: for each route a line a minute with counts, if it was asked for at all, and a line when it begins to
 * fail and when that is over. The settings may add a line for one of so many requests, or for each. Probes are in none of them.
 */
final class AccessLog implements AutoCloseable {

    static final String LOGGER = "access";

    private static final System.Logger LOG = System.getLogger(LOGGER);
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double PRECISION = 1e3;
    private static final int MINUTE = 60;

    /** Which requests have lines. */
    enum Mode {

        /** None, and no counts either. */
        OFF,

        /** The first that fails; all others are counted. */
        ERRORS,

        /** One of so many, beside what {@code ERRORS} says. */
        SAMPLED,

        /** Each; nothing is counted. */
        ALL
    }

    private final Bugs bugs = new Bugs(LOG, "access log");
    private final Mode mode;
    private final long oneOf;
    private final AtomicLong seen = new AtomicLong();
    private final Map<Route, RouteTally> tallies = new EnumMap<>(Route.class);
    private final ScheduledExecutorService clock = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("access-log").factory());

    /**
     * Makes a log.
     *
     * @param oneOf of how many requests one has a line where they are sampled
     */
    AccessLog(Mode mode, int oneOf) {
        this.mode = mode;
        this.oneOf = oneOf;
        for (var route : Route.values()) {
            tallies.put(route, new RouteTally());
        }
    }

    void start() {
        if (mode == Mode.ERRORS || mode == Mode.SAMPLED) {
            var _ = clock.scheduleAtFixedRate(this::tellUnlessBroken, MINUTE, MINUTE, TimeUnit.SECONDS);
        }
    }

    void ended(Request request, Route route, int status, long bytes, long nanos) {
        if (mode == Mode.OFF || route.isProbe()) {
            return;
        }
        if (mode == Mode.ALL) {
            LOG.log(INFO, "request", fields(request, route, status, bytes, nanos));
            return;
        }
        var begins = Objects.requireNonNull(tallies.get(route)).add(request, status, bytes, nanos);
        if (begins) {
            LOG.log(WARNING, "requests begin to fail", fields(request, route, status, bytes, nanos));
        } else if (mode == Mode.SAMPLED && seen.getAndIncrement() % oneOf == 0) {
            LOG.log(INFO, "request", fields(request, route, status, bytes, nanos));
        }
    }

    private static Map<String, Object> fields(Request request, Route route, int status, long bytes, long nanos) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("request_id", request.id());
        request.trace().id().ifPresent(id -> fields.put("trace_id", id));
        fields.put("route", route.path());
        fields.put("method", request.method());
        fields.put("status", status);
        fields.put("duration_ms", millis(nanos));
        fields.put("bytes", bytes);
        fields.put("database_ms", millis(request.databaseNanos()));
        request.source().ifPresent(source -> fields.put("cache", source.name().toLowerCase(Locale.ROOT)));
        return fields;
    }

    static double millis(long nanos) {
        return Math.round(nanos / NANOS_PER_MILLI * PRECISION) / PRECISION;
    }

    /** Thrown on, a failure would end the schedule. */
    private void tellUnlessBroken() {
        try {
            tell();
            bugs.succeeded();
        } catch (RuntimeException | Error bug) {
            bugs.failed(bug);
        }
    }

    /** A line for each route that was asked for since the last time. */
    void tell() {
        for (var tally : tallies.entrySet()) {
            var since = tally.getValue().take();
            if (since.isEmpty()) {
                continue;
            }
            var fields = new LinkedHashMap<String, Object>(Map.of("route", tally.getKey().path()));
            fields.putAll(since);
            LOG.log(INFO, "requests", fields);
            tally.getValue().recovered().ifPresent(failures -> LOG.log(INFO, "requests succeed again",
                    new LinkedHashMap<String, Object>(Map.of("route", tally.getKey().path(), "failures", failures))));
        }
    }

    /** Tells what has not been told yet. */
    @Override
    public void close() {
        clock.shutdownNow();
        tell();
    }
}
