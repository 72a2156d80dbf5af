package coworking.analytics.bootstrap.telemetry;

import coworking.analytics.application.port.out.LedgerObserver;
import coworking.analytics.application.port.out.LedgerObserver.FoldOutcome;
import coworking.analytics.application.port.out.ReportObserver.AnswerSource;
import coworking.analytics.application.port.out.ReportObserver.OriginalReport;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Meters of events, each made before it is needed. {@link StateGauges} has the meters of states, {@link RequestStatistics} counts requests. */
public final class EventMeters {

    private static final Duration[] BUCKETS = RequestSeries.BUCKET_SECONDS.stream()
            .map(seconds -> Duration.ofNanos(Math.round(seconds * 1e9))).toArray(Duration[]::new);

    /** The metric tags of the ledger's queries; queries of snapshots, of which there are many, are all v1. */
    private static final Map<String, String> QUERY_TAGS = Map.of(LedgerObserver.DAY_COUNTS_QUERY, "daily_usage",
            LedgerObserver.USER_COUNTS_QUERY, "user_visits", LedgerObserver.VERSION_QUERY, "version",
            LedgerObserver.READINESS_QUERY, "readiness", LedgerObserver.SOURCE_QUERY, "ledger");

    private final Map<OriginalReport, Map<AnswerSource, Counter>> answersByReport = new EnumMap<>(OriginalReport.class);
    private final Map<OriginalReport, Counter> checksByReport = new EnumMap<>(OriginalReport.class);
    private final Map<String, Timer> timersByQuery;
    private final Timer snapshotQueryTimer;
    private final Map<FoldOutcome, Counter> foldsByResult = new EnumMap<>(FoldOutcome.class);
    private final Timer foldTimer;
    private final Counter foldedRows;
    private final Counter outages;

    public EventMeters(MeterRegistry registry) {
        for (var report : OriginalReport.values()) {
            var reportName = lowerCase(report);
            var counters = new EnumMap<AnswerSource, Counter>(AnswerSource.class);
            for (var source : AnswerSource.values()) {
                counters.put(source, Counter.builder("coworking.report.answers").description("Reports by the source of the answer")
                        .tag("report", reportName).tag("source", lowerCase(source)).register(registry));
            }
            answersByReport.put(report, counters);
            checksByReport.put(report, Counter.builder("coworking.report.checks").description("Checks whether a cached report is current")
                    .tag("report", reportName).register(registry));
        }
        timersByQuery = new HashMap<>();
        QUERY_TAGS.forEach((query, tag) -> timersByQuery.put(query, queryTimer(tag, registry)));
        snapshotQueryTimer = queryTimer("v1", registry);
        for (var outcome : FoldOutcome.values()) {
            foldsByResult.put(outcome, Counter.builder("coworking.fold.runs").description("Attempts to fold the journal into the roll-ups")
                    .tag("result", lowerCase(outcome)).register(registry));
        }
        foldTimer = Timer.builder("coworking.fold").description("Time of folds").register(registry);
        foldedRows = Counter.builder("coworking.fold.rows").description("Changes folded into the roll-ups").register(registry);
        outages = Counter.builder("coworking.database.outages").description("Times the database became unreachable").register(registry);
    }

    private static Timer queryTimer(String tag, MeterRegistry registry) {
        return Timer.builder("coworking.query").description("Time of queries to the database").serviceLevelObjectives(BUCKETS)
                .tag("query", tag).register(registry);
    }

    static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    void answered(OriginalReport report, AnswerSource source) {
        var counters = answersByReport.get(report);
        increment(counters == null ? null : counters.get(source));
    }

    void checked(OriginalReport report) {
        increment(checksByReport.get(report));
    }

    void queried(String query, long nanos) {
        timersByQuery.getOrDefault(query, snapshotQueryTimer).record(nanos, TimeUnit.NANOSECONDS);
    }

    void folded(FoldOutcome outcome, long rows, long nanos) {
        increment(foldsByResult.get(outcome));
        foldTimer.record(nanos, TimeUnit.NANOSECONDS);
        foldedRows.increment((double) rows);
    }

    void databaseLost() {
        outages.increment();
    }

    private static void increment(@Nullable Counter counter) {
        if (counter != null) {
            counter.increment();
        }
    }
}
