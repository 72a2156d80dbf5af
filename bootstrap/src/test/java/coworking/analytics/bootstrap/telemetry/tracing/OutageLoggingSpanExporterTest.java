package coworking.analytics.bootstrap.telemetry.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.bootstrap.logging.LogRecordCapture;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OutageLoggingSpanExporterTest {

    @RegisterExtension
    private final LogRecordCapture lines = new LogRecordCapture(OutageLoggingSpanExporter.class.getName());

    private final StubSpanExporter collector = new StubSpanExporter();
    private final OutageLoggingSpanExporter exporter = new OutageLoggingSpanExporter(collector);

    @Test
    void aCollectorThatIsAwayIsALineAndItsReturnAnother() {
        var refused = new ConnectException("Connection refused");
        refused.initCause(new ClosedChannelException());
        export(CompletableResultCode.ofSuccess(), 5);
        export(CompletableResultCode.ofExceptionalFailure(new UncheckedIOException(refused)), 10);
        export(CompletableResultCode.ofExceptionalFailure(refused), 20);
        export(CompletableResultCode.ofFailure(), 30);
        assertThat(lines.texts()).containsExactly("WARNING the collector takes no traces: java.net.ConnectException: Connection refused");

        export(CompletableResultCode.ofSuccess(), 5);
        export(CompletableResultCode.ofSuccess(), 5);
        assertThat(lines.texts()).last().isEqualTo("INFO the collector takes traces again, spans lost: at least 60");
        assertThat(lines.texts()).hasSize(2);
        export(CompletableResultCode.ofFailure(), 1);
        assertThat(lines.texts()).last().isEqualTo("WARNING the collector takes no traces: no reason given");
    }

    private void export(CompletableResultCode outcome, int spans) {
        collector.outcomes.add(outcome);
        assertThat(exporter.export(Collections.nCopies(spans, null))).isSameAs(outcome);
    }

    private static final class StubSpanExporter implements SpanExporter {

        private final Queue<CompletableResultCode> outcomes = new ArrayDeque<>();

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            return outcomes.remove();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
