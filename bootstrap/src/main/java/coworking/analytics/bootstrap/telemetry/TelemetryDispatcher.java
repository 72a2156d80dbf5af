package coworking.analytics.bootstrap.telemetry;

import coworking.analytics.application.port.out.LedgerObserver;
import coworking.analytics.application.port.out.ReportObserver;
import coworking.analytics.bootstrap.telemetry.tracing.ObservedRequest;
import coworking.analytics.bootstrap.telemetry.tracing.RequestTrace;
import coworking.analytics.bootstrap.telemetry.tracing.Tracing;
import coworking.analytics.rest.spi.ExchangeObserver;
import coworking.analytics.rest.spi.Route;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Receives the events of the application and the adapters, and passes each on to the statistics, logs, metrics and traces. */
public final class TelemetryDispatcher implements ReportObserver, LedgerObserver, ExchangeObserver {

    private final Tracing tracing;
    private final boolean isTracing;
    private final RequestStatistics statistics;
    private final AccessLog accessLog;
    private final EmfExporter emf;
    private final LastKnownState lastKnownState;
    private final EventBuffer<EventMeters> meters = new EventBuffer<>();

    public TelemetryDispatcher(
            Tracing tracing, RequestStatistics statistics, AccessLog accessLog, EmfExporter emf, LastKnownState lastKnownState) {
        this.tracing = tracing;
        isTracing = !tracing.equals(Tracing.DISABLED);
        this.statistics = statistics;
        this.accessLog = accessLog;
        this.emf = emf;
        this.lastKnownState = lastKnownState;
    }

    /** Makes these meters count events, including those so far. To be called once. */
    public void attachMeters(EventMeters eventMeters) {
        meters.attach(eventMeters);
    }

    @Override
    public ObservedExchange started(String method, Supplier<String> id, Function<String, Optional<String>> header) {
        return new RecordedExchange(ObservedRequest.begin(method, id, tracing.beginTrace(method, header)));
    }

    @Override
    public void refused(int status) {
        statistics.recordRefused(status);
    }

    @Override
    public Runnable encodingStarted() {
        return beginStep("encode");
    }

    @Override
    public void answered(OriginalReport report, AnswerSource source) {
        var request = ObservedRequest.current();
        if (request != null) {
            request.answeredFrom(source);
        }
        meters.publish(known -> known.answered(report, source));
    }

    @Override
    public void versionChecked(OriginalReport report) {
        emf.freshnessChecked();
        meters.publish(known -> known.checked(report));
    }

    @Override
    public Runnable waitStarted(OriginalReport report) {
        return beginStep("shared wait");
    }

    private static void noOperation() {}

    /** Checks {@code isTracing} first: finding the request takes as long as counting it. */
    private Runnable beginStep(String name) {
        var request = isTracing ? ObservedRequest.current() : null;
        if (request == null || request.trace().traceId().isEmpty()) {
            return TelemetryDispatcher::noOperation;
        }
        var step = request.trace().beginStep(name, false);
        return () -> step.accept(true);
    }

    @Override
    public QueryObservation queryStarted(String name) {
        var request = ObservedRequest.current();
        var step = request == null ? RequestTrace.NO_STEP : request.trace().beginStep(name, true);
        var startNanos = System.nanoTime();
        return isAnswered -> {
            var nanos = System.nanoTime() - startNanos;
            step.accept(isAnswered);
            if (request != null) {
                request.addDatabaseNanos(nanos);
            }
            meters.publish(known -> known.queried(name, nanos));
        };
    }

    @Override
    public void databaseLost() {
        meters.publish(EventMeters::databaseLost);
    }

    @Override
    public void journalMeasured(long rows, long generation) {
        lastKnownState.journalCounted(rows, generation);
    }

    @Override
    public void foldEnded(FoldOutcome outcome, long rows, long nanos) {
        lastKnownState.journalFolded(outcome);
        meters.publish(known -> known.folded(outcome, rows, nanos));
    }

    private final class RecordedExchange implements ObservedExchange {

        private final ObservedRequest request;

        RecordedExchange(ObservedRequest request) {
            this.request = request;
        }

        @Override
        public Optional<String> traceparent() {
            return request.trace().traceparent();
        }

        @Override
        public Duration databaseTime() {
            return Duration.ofNanos(request.databaseNanos());
        }

        @Override
        public void ended(Route route, int status, long bytes) {
            var nanos = request.elapsedNanos();
            statistics.record(request, route, status, bytes, nanos);
            emf.ended(route, nanos);
            accessLog.ended(request, route, status, bytes, nanos);
            request.trace().end(request, route, status);
            ObservedRequest.end();
        }
    }
}
