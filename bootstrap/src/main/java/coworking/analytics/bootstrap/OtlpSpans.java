package coworking.analytics.bootstrap;

import coworking.analytics.rest.ExchangeObserver.Route;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Traces that go to a collector by OTLP over HTTP, some at a time and never in a request's way. */
final class OtlpSpans implements Spans {

    private static final int PATIENCE_SECONDS = 3;
    private static final int SERVER_ERROR = 500;
    private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();

    private final SdkTracerProvider provider;
    private final Tracer tracer;

    private OtlpSpans(SdkTracerProvider provider) {
        this.provider = provider;
        tracer = provider.get("coworking.analytics");
    }

    /** Whoever is traced by its caller is traced on; of the others only a share is. */
    static Spans to(TelemetrySettings settings) {
        var exporter = OtlpHttpSpanExporter.builder().setEndpoint(settings.tracesUrl().toString()).build();
        return new OtlpSpans(SdkTracerProvider.builder()
                .setResource(Resource.getDefault().merge(Resource.create(Attributes.builder()
                        .put("service.name", settings.tracesAs())
                        .put("service.version", Build.of(settings.version(), settings.revision()).version()).build())))
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(settings.tracesShare())))
                .addSpanProcessor(BatchSpanProcessor.builder(new WatchedExporter(exporter)).build())
                .build());
    }

    @Override
    public Trace begin(String method, Function<String, Optional<String>> header) {
        var caller = W3C.extract(Context.root(), header, Headers.GETTER);
        var known = Request.known(method);
        var span = tracer.spanBuilder(known).setParent(caller).setSpanKind(SpanKind.SERVER)
                .setAttribute("http.request.method", known).startSpan();
        return new OtlpTrace(span, Context.root().with(span));
    }

    @Override
    public void close() {
        var _ = provider.shutdown().join(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private enum Headers implements TextMapGetter<Function<String, Optional<String>>> {
        GETTER;

        @Override
        public Iterable<String> keys(Function<String, Optional<String>> header) {
            return List.of();
        }

        @Override
        public @Nullable String get(@Nullable Function<String, Optional<String>> header, String name) {
            return header == null ? null : header.apply(name).orElse(null);
        }
    }

    private final class OtlpTrace implements Trace {

        private final Span span;
        private final Context context;

        OtlpTrace(Span span, Context context) {
            this.span = span;
            this.context = context;
        }

        @Override
        public Optional<String> traceparent() {
            var own = span.getSpanContext();
            return Optional.of("00-" + own.getTraceId() + "-" + own.getSpanId() + "-" + own.getTraceFlags().asHex());
        }

        @Override
        public Optional<String> id() {
            return Optional.of(span.getSpanContext().getTraceId());
        }

        @Override
        public Consumer<Boolean> step(String name, boolean isOfDatabase) {
            var builder = tracer.spanBuilder(name).setParent(context)
                    .setSpanKind(isOfDatabase ? SpanKind.CLIENT : SpanKind.INTERNAL);
            if (isOfDatabase) {
                builder.setAttribute("db.system.name", "postgresql");
            }
            var step = builder.startSpan();
            return isWell -> {
                if (!isWell) {
                    step.setStatus(StatusCode.ERROR);
                }
                step.end();
            };
        }

        @Override
        public void end(Request request, Route route, int status) {
            span.updateName(request.method() + " " + route.path());
            span.setAttribute("http.route", route.path()).setAttribute("http.response.status_code", status)
                    .setAttribute("coworking.request_id", request.id());
            request.source().ifPresent(source -> span.setAttribute("coworking.cache", source.name().toLowerCase(Locale.ROOT)));
            if (status >= SERVER_ERROR) {
                span.setStatus(StatusCode.ERROR);
            }
            span.end();
        }
    }
}
