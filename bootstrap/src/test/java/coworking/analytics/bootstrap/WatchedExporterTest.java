package coworking.analytics.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jspecify.annotations.Nullable;

class WatchedExporterTest {

    private final Logger logger = Logger.getLogger(WatchedExporter.class.getName());
    private final Lines lines = new Lines();
    private final Collecting collector = new Collecting();
    private final WatchedExporter exporter = new WatchedExporter(collector);

    @BeforeEach
    void listen() {
        logger.addHandler(lines);
        logger.setUseParentHandlers(false);
        logger.setLevel(Level.INFO);
    }

    @AfterEach
    void stop() {
        logger.removeHandler(lines);
        logger.setUseParentHandlers(true);
    }

    @Test
    void aCollectorThatIsAwayIsALineAndItsReturnAnother() {
        var refused = new ConnectException("Connection refused");
        refused.initCause(new ClosedChannelException());
        export(CompletableResultCode.ofSuccess(), 5);
        export(CompletableResultCode.ofExceptionalFailure(new UncheckedIOException(refused)), 10);
        export(CompletableResultCode.ofExceptionalFailure(refused), 20);
        export(CompletableResultCode.ofFailure(), 30);
        assertThat(lines.texts).containsExactly("WARNING the collector takes no traces: java.net.ConnectException: Connection refused");

        export(CompletableResultCode.ofSuccess(), 5);
        export(CompletableResultCode.ofSuccess(), 5);
        assertThat(lines.texts).last().isEqualTo("INFO the collector takes traces again, spans lost: at least 60");
        assertThat(lines.texts).hasSize(2);
        export(CompletableResultCode.ofFailure(), 1);
        assertThat(lines.texts).last().isEqualTo("WARNING the collector takes no traces: it said no more");
    }

    private void export(CompletableResultCode outcome, int spans) {
        collector.outcomes.add(outcome);
        assertThat(exporter.export(Collections.nCopies(spans, null))).isSameAs(outcome);
    }

    private static final class Collecting implements SpanExporter {

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

    private static final class Lines extends Handler {

        private final List<String> texts = new ArrayList<>();

        @Override
        public void publish(LogRecord event) {
            texts.add(event.getLevel() + " " + new java.util.logging.SimpleFormatter().formatMessage(event));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
