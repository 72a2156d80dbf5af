package coworking.analytics.bootstrap;

import coworking.analytics.application.port.out.ReportObserver.Report;
import coworking.analytics.application.port.out.ReportObserver.Source;
import coworking.analytics.postgres.DatabaseObserver.Folding;
import coworking.analytics.rest.ExchangeObserver.Route;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** The meters of what happens, each made before it is needed; those of what is are {@link Gauges}. */
final class Meters {

    private static final Duration[] BUCKETS = DoubleStream.of(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
            .mapToObj(seconds -> Duration.ofNanos(Math.round(seconds * 1e9))).toArray(Duration[]::new);

    /** What the ledger calls its questions, and what dashboards do; those of conversations, of which there are many, are all v1. */
    private static final Map<String, String> QUERIES = Map.of("day tallies", "daily_usage", "user tallies", "user_visits", "version",
            "version", "readiness", "readiness", "choice of the ledger", "ledger");

    private final RequestMeters requests;
    private final Map<Report, Map<Source, Counter>> answers = new EnumMap<>(Report.class);
    private final Map<Report, Counter> checks = new EnumMap<>(Report.class);
    private final Map<String, Timer> queries;
    private final Timer conversations;
    private final Map<Folding, Counter> folds = new EnumMap<>(Folding.class);
    private final Timer fold;
    private final Counter foldedRows;
    private final Counter outages;

    Meters(MeterRegistry registry) {
        requests = new RequestMeters(registry);
        for (var report : Report.values()) {
            var name = lower(report);
            var ofReport = new EnumMap<Source, Counter>(Source.class);
            for (var source : Source.values()) {
                ofReport.put(source, Counter.builder("coworking.report.answers").description("Reports by where the answer came from")
                        .tag("report", name).tag("source", lower(source)).register(registry));
            }
            answers.put(report, ofReport);
            checks.put(report, Counter.builder("coworking.report.checks").description("Questions whether a report still stands")
                    .tag("report", name).register(registry));
        }
        queries = new HashMap<>();
        QUERIES.forEach((question, query) -> queries.put(question, query(query, registry)));
        conversations = query("v1", registry);
        for (var how : Folding.values()) {
            folds.put(how, Counter.builder("coworking.fold.runs").description("Attempts to fold the journal into the roll-ups")
                    .tag("result", lower(how)).register(registry));
        }
        fold = Timer.builder("coworking.fold").description("How long folds took").register(registry);
        foldedRows = Counter.builder("coworking.fold.rows").description("Changes that were folded").register(registry);
        outages = Counter.builder("coworking.database.outages").description("Times that the database was lost").register(registry);
    }

    private static Timer query(String name, MeterRegistry registry) {
        return histogram("coworking.query", "Questions to the database and how long they took").tag("query", name).register(registry);
    }

    /** A timer with the buckets that all histograms here have. */
    static Timer.Builder histogram(String name, String description) {
        return Timer.builder(name).description(description).serviceLevelObjectives(BUCKETS);
    }

    static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    void answered(Route route, String method, int status, long bytes, long nanos) {
        requests.answered(route, method, status, bytes, nanos);
    }

    void answered(Report report, Source source) {
        var ofReport = answers.get(report);
        count(ofReport == null ? null : ofReport.get(source));
    }

    void checked(Report report) {
        count(checks.get(report));
    }

    void asked(String question, long nanos) {
        queries.getOrDefault(question, conversations).record(nanos, TimeUnit.NANOSECONDS);
    }

    void folded(Folding how, long rows, long nanos) {
        count(folds.get(how));
        fold.record(nanos, TimeUnit.NANOSECONDS);
        foldedRows.increment((double) rows);
    }

    void lost() {
        outages.increment();
    }

    private static void count(@Nullable Counter counter) {
        if (counter != null) {
            counter.increment();
        }
    }
}
