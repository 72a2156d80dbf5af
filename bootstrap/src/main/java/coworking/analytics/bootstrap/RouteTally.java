package coworking.analytics.bootstrap;

import coworking.analytics.application.port.out.ReportObserver.Source;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** The requests for one route, counted until somebody takes the counts. */
final class RouteTally {

    private static final int SERVER_ERROR = 500;
    private static final int CLASSES = 6;
    private static final int CLASS = 100;

    private final LongAdder[] classes = adders(CLASSES);
    private final Map<Source, LongAdder> sources = new EnumMap<>(Source.class);
    private final LongAdder bytes = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final LongAdder databaseNanos = new LongAdder();
    private final LongAccumulator worst = new LongAccumulator(Math::max, 0);

    private final AtomicBoolean isFailing = new AtomicBoolean();
    private final LongAdder failures = new LongAdder();
    private boolean failedLately;

    RouteTally() {
        for (var source : Source.values()) {
            sources.put(source, new LongAdder());
        }
    }

    private static LongAdder[] adders(int count) {
        var adders = new LongAdder[count];
        for (int i = 0; i < count; i++) {
            adders[i] = new LongAdder();
        }
        return adders;
    }

    /** Returns whether it is the first failure since the route was last known to work. */
    boolean add(Request request, int status, long length, long took) {
        classes[Math.min(status / CLASS, CLASSES - 1)].increment();
        bytes.add(length);
        nanos.add(took);
        worst.accumulate(took);
        if (request.databaseNanos() > 0) {
            databaseNanos.add(request.databaseNanos());
        }
        request.source().map(sources::get).ifPresent(LongAdder::increment);
        return status >= SERVER_ERROR && fails();
    }

    private boolean fails() {
        failures.increment();
        return !isFailing.get() && isFailing.compareAndSet(false, true);
    }

    /** The counts as fields of a line, none where there was no request; they begin anew. For one thread at a time. */
    Map<String, Object> take() {
        var fields = new LinkedHashMap<String, Object>();
        var requests = 0L;
        for (int i = 1; i < CLASSES; i++) {
            var count = classes[i].sumThenReset();
            requests += count;
            if (count > 0) {
                fields.put("status_" + i + "xx", count);
            }
            failedLately = i == CLASSES - 1 && count > 0;
        }
        if (requests == 0) {
            return Map.of();
        }
        fields.put("requests", requests);
        fields.put("bytes", bytes.sumThenReset());
        fields.put("worst_ms", AccessLog.millis(worst.getThenReset()));
        fields.put("mean_ms", AccessLog.millis(nanos.sumThenReset() / requests));
        fields.put("database_ms", AccessLog.millis(databaseNanos.sumThenReset()));
        sources.forEach((source, adder) -> {
            var count = adder.sumThenReset();
            if (count > 0) {
                fields.put(source.name().toLowerCase(Locale.ROOT), count);
            }
        });
        return fields;
    }

    /** How often the route failed before it went through what was last taken without a failure; empty where it works, or still fails. */
    Optional<Long> recovered() {
        return !failedLately && isFailing.compareAndSet(true, false) ? Optional.of(failures.sumThenReset()) : Optional.empty();
    }
}
