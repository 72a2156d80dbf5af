package coworking.analytics.bootstrap.telemetry.tracing;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import coworking.analytics.bootstrap.logging.FailureState;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Logs once that the collector takes no traces, and once that it does again. The library would log each failure with a stack trace. */
final class OutageLoggingSpanExporter implements SpanExporter {

    private static final System.Logger LOG = System.getLogger(OutageLoggingSpanExporter.class.getName());

    private final SpanExporter delegate;
    private final FailureState lostSpans = new FailureState();

    OutageLoggingSpanExporter(SpanExporter delegate) {
        this.delegate = delegate;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        var result = delegate.export(spans);
        return result.whenComplete(() -> exportEnded(result, spans.size()));
    }

    /** Spans that a full queue dropped are not counted here. */
    private void exportEnded(CompletableResultCode result, int spans) {
        if (result.isSuccess()) {
            lostSpans.recovered().ifPresent(
                    lost -> LOG.log(INFO, "the collector takes traces again, spans lost: at least {0}", String.valueOf(lost)));
        } else if (lostSpans.failed(spans)) {
            LOG.log(WARNING, "the collector takes no traces: {0}", failureReason(result.getFailureThrowable()));
        }
    }

    /** The library wraps the exception of the client, and the client that of the socket. */
    private static String failureReason(@Nullable Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return cause.toString();
            }
        }
        return failure == null ? "no reason given" : failure.toString();
    }

    @Override
    public CompletableResultCode flush() {
        return delegate.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return delegate.shutdown();
    }
}
