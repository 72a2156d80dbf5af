package coworking.analytics.bootstrap;

import coworking.analytics.application.port.out.ReportObserver;
import coworking.analytics.postgres.DatabaseObserver;
import coworking.analytics.rest.ExchangeObserver;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Hears what rings and adapters tell, and passes each event on to whoever counts, logs or traces it. */
final class Telemetry implements ReportObserver, DatabaseObserver, ExchangeObserver {

    private final Spans spans;
    private final boolean isTracing;
    private final AccessLog access;
    private final Emf emf;
    private final Vitals vitals;
    private final Later<Meters> meters = new Later<>();

    Telemetry(Spans spans, AccessLog access, Emf emf, Vitals vitals) {
        this.spans = spans;
        isTracing = !spans.equals(Spans.OFF);
        this.access = access;
        this.emf = emf;
        this.vitals = vitals;
    }

    /** Has events counted, those so far included. To be called once. */
    void count(Meters made) {
        meters.is(made);
    }

    @Override
    public Exchange begun(String method, Supplier<String> id, Function<String, Optional<String>> header) {
        return new Observed(Request.begin(method, id, spans.begin(method, header)));
    }

    @Override
    public void refused(int status) {
        meters.tell(known -> known.answered(Route.OTHER, "other", status, 0, 0));
    }

    @Override
    public Runnable encoding() {
        return step("encode");
    }

    @Override
    public void answered(Report report, Source source) {
        var request = Request.current();
        if (request != null) {
            request.answeredFrom(source);
        }
        meters.tell(known -> known.answered(report, source));
    }

    @Override
    public void checked(Report report) {
        emf.checked();
        meters.tell(known -> known.checked(report));
    }

    @Override
    public Runnable waiting(Report report) {
        return step("shared wait");
    }

    private static void nothing() {}

    /** Looked at first, because to look for the request takes as long as to count it. */
    private Runnable step(String name) {
        var request = isTracing ? Request.current() : null;
        if (request == null || request.trace().id().isEmpty()) {
            return Telemetry::nothing;
        }
        var step = request.trace().step(name, false);
        return () -> step.accept(true);
    }

    @Override
    public Ending asking(String question) {
        var request = Request.current();
        var step = request == null ? Trace.NO_STEP : request.trace().step(question, true);
        var begin = System.nanoTime();
        return isAnswered -> {
            var nanos = System.nanoTime() - begin;
            step.accept(isAnswered);
            if (request != null) {
                request.spentInDatabase(nanos);
            }
            meters.tell(known -> known.asked(question, nanos));
        };
    }

    @Override
    public void lost() {
        meters.tell(Meters::lost);
    }

    @Override
    public void counted(long rows, long generation) {
        vitals.counted(rows, generation);
    }

    @Override
    public void folded(Folding how, long rows, long nanos) {
        vitals.folded(how);
        meters.tell(known -> known.folded(how, rows, nanos));
    }

    private final class Observed implements Exchange {

        private final Request request;

        Observed(Request request) {
            this.request = request;
        }

        @Override
        public Optional<String> traceparent() {
            return request.trace().traceparent();
        }

        @Override
        public Duration inDatabase() {
            return Duration.ofNanos(request.databaseNanos());
        }

        @Override
        public void ended(Route route, int status, long bytes) {
            var nanos = request.age();
            meters.tell(known -> known.answered(route, request.methodAsSent(), status, bytes, nanos));
            if (route.isReport()) {
                emf.answered(status, nanos);
            }
            access.ended(request, route, status, bytes, nanos);
            request.trace().end(request, route, status);
            Request.end();
        }
    }
}
