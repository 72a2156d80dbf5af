package coworking.analytics.bootstrap;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Says once that a collector takes no traces, and once that it does again. The library would say so, with a stack, each time. */
final class WatchedExporter implements SpanExporter {

    private static final System.Logger LOG = System.getLogger(WatchedExporter.class.getName());

    private final SpanExporter exporter;
    private final AtomicLong lost = new AtomicLong();

    WatchedExporter(SpanExporter exporter) {
        this.exporter = exporter;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        var result = exporter.export(spans);
        return result.whenComplete(() -> ended(result, spans.size()));
    }

    /** What a full queue dropped meanwhile is not known here. */
    private void ended(CompletableResultCode result, int spans) {
        if (result.isSuccess()) {
            var missing = lost.getAndSet(0);
            if (missing > 0) {
                LOG.log(INFO, "the collector takes traces again, spans lost: at least {0}", String.valueOf(missing));
            }
        } else if (lost.getAndAdd(spans) == 0) {
            LOG.log(WARNING, "the collector takes no traces: {0}", reason(result.getFailureThrowable()));
        }
    }

    /** The library wraps what the client threw, and the client what the socket did. */
    private static String reason(@Nullable Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return cause.toString();
            }
        }
        return failure == null ? "it said no more" : failure.toString();
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }
}
