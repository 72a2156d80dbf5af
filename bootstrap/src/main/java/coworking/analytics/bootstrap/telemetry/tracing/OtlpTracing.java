package coworking.analytics.bootstrap.telemetry.tracing;

import coworking.analytics.bootstrap.settings.BuildInfo;
import coworking.analytics.bootstrap.settings.TelemetrySettings;
import coworking.analytics.rest.spi.Route;
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

/** Sends traces to a collector by OTLP over HTTP, in batches and in the background. */
public final class OtlpTracing implements Tracing {

    private static final int SHUTDOWN_TIMEOUT_SECONDS = 3;
    private static final int SERVER_ERROR = 500;
    private static final W3CTraceContextPropagator PROPAGATOR = W3CTraceContextPropagator.getInstance();

    private final SdkTracerProvider provider;
    private final Tracer tracer;
    private final String databaseSystem;

    private OtlpTracing(SdkTracerProvider provider, String databaseSystem) {
        this.provider = provider;
        this.databaseSystem = databaseSystem;
        tracer = provider.get("coworking.analytics");
    }

    /**
     * A request that its caller traces is always traced; of the others a share is.
     *
     * @param databaseSystem the {@code db.system.name} of database spans
     */
    public static Tracing create(TelemetrySettings settings, String databaseSystem) {
        var exporter = OtlpHttpSpanExporter.builder().setEndpoint(settings.tracesUrl().toString()).build();
        return new OtlpTracing(SdkTracerProvider.builder()
                .setResource(Resource.getDefault().merge(Resource.create(Attributes.builder()
                        .put("service.name", settings.traceServiceName())
                        .put("service.version", BuildInfo.of(settings.version(), settings.revision()).version()).build())))
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(settings.traceSampleRatio())))
                .addSpanProcessor(BatchSpanProcessor.builder(new OutageLoggingSpanExporter(exporter)).build())
                .build(), databaseSystem);
    }

    @Override
    public RequestTrace beginTrace(String method, Function<String, Optional<String>> header) {
        var parent = PROPAGATOR.extract(Context.root(), header, HeaderGetter.INSTANCE);
        var knownMethod = ObservedRequest.normalizeMethod(method);
        var span = tracer.spanBuilder(knownMethod).setParent(parent).setSpanKind(SpanKind.SERVER)
                .setAttribute("http.request.method", knownMethod).startSpan();
        return new OtlpRequestTrace(span, Context.root().with(span));
    }

    @Override
    public void close() {
        var _ = provider.shutdown().join(SHUTDOWN_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    private enum HeaderGetter implements TextMapGetter<Function<String, Optional<String>>> {
        INSTANCE;

        @Override
        public Iterable<String> keys(Function<String, Optional<String>> header) {
            return List.of();
        }

        @Override
        public @Nullable String get(@Nullable Function<String, Optional<String>> header, String name) {
            return header == null ? null : header.apply(name).orElse(null);
        }
    }

    private final class OtlpRequestTrace implements RequestTrace {

        private final Span span;
        private final Context context;

        OtlpRequestTrace(Span span, Context context) {
            this.span = span;
            this.context = context;
        }

        @Override
        public Optional<String> traceparent() {
            var spanContext = span.getSpanContext();
            return Optional
                    .of("00-" + spanContext.getTraceId() + "-" + spanContext.getSpanId() + "-" + spanContext.getTraceFlags().asHex());
        }

        @Override
        public Optional<String> traceId() {
            return Optional.of(span.getSpanContext().getTraceId());
        }

        @Override
        public Consumer<Boolean> beginStep(String name, boolean isOfDatabase) {
            var builder = tracer.spanBuilder(name).setParent(context)
                    .setSpanKind(isOfDatabase ? SpanKind.CLIENT : SpanKind.INTERNAL);
            if (isOfDatabase) {
                builder.setAttribute("db.system.name", databaseSystem);
            }
            var step = builder.startSpan();
            return isSuccess -> {
                if (!isSuccess) {
                    step.setStatus(StatusCode.ERROR);
                }
                step.end();
            };
        }

        @Override
        public void end(ObservedRequest request, Route route, int status) {
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
