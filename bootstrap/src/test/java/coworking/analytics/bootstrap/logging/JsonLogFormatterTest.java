package coworking.analytics.bootstrap.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class JsonLogFormatterTest {

    @Test
    void anEventIsOneLineWhateverItsTextHolds() {
        var event = event(Level.WARNING, "two\nlines and \"quotes\"");

        assertThat(new JsonLogFormatter().format(event)).isEqualTo("""
                {"time":"2026-11-22T12:00:00Z","level":"WARN","logger":"somewhere","message":"two\\nlines and \\"quotes\\""}
                """);
    }

    @Test
    void anErrorKeepsItsStackWithinTheLine() {
        var event = event(Level.SEVERE, "failed");
        event.setThrown(new IllegalStateException("a bug"));

        assertThat(new JsonLogFormatter().format(event))
                .contains("\"level\":\"ERROR\"", "\"error\":\"java.lang.IllegalStateException: a bug\"", "\\n\\tat ").hasLineCount(1);
    }

    @Test
    void aLineOfARequestCarriesItsIdOnce() {
        LogContext.set(() -> Map.of("request_id", "of-the-context"));
        try {
            var event = event(Level.INFO, "plain");
            assertThat(new JsonLogFormatter().format(event)).contains("\"message\":\"plain\",\"request_id\":\"of-the-context\"}");
            event.setParameters(new Object[]{Map.of("request_id", "of-the-line")});
            assertThat(new JsonLogFormatter().format(event)).contains("\"request_id\":\"of-the-line\"}").doesNotContain("of-the-context");
        } finally {
            LogContext.clear();
        }
        assertThat(new JsonLogFormatter().format(event(Level.INFO, "plain"))).doesNotContain("request_id");
    }

    private static LogRecord event(Level level, String message) {
        var event = new LogRecord(level, message);
        event.setLoggerName("somewhere");
        event.setInstant(Instant.parse("2026-11-22T12:00:00Z"));
        return event;
    }
}
