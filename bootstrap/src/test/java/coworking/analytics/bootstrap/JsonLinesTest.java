package coworking.analytics.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.domain.DailyUsage;
import java.time.Instant;
import java.time.LocalDate;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class JsonLinesTest {

    private static final LocalDate DAY = LocalDate.parse("2026-01-01");

    @Test
    void anEventIsOneLineWhateverItsTextHolds() {
        var event = event(Level.WARNING, "two\nlines and \"quotes\"");

        assertThat(new JsonLines().format(event)).isEqualTo("""
                {"time":"2026-11-22T12:00:00Z","level":"WARN","logger":"somewhere","message":"two\\nlines and \\"quotes\\""}
                """);
    }

    @Test
    void theDailyUsageIsStructuredAndWhole() {
        var event = event(Level.INFO, "daily usage");
        event.setParameters(new Object[]{UsageLog.fields(usage(2))});

        assertThat(new JsonLines().format(event)).endsWith("""
                "message":"daily usage","total_visits":3,"total_days":2,"visits":{"2026-01-01":1,"2026-01-02":2}}
                """);
    }

    @Test
    void ofManyDaysTheNewestThirtyOneAreShownAndTheTotalsCountAll() {
        var fields = UsageLog.fields(usage(40));

        assertThat(fields).containsEntry("total_days", 40).containsEntry("total_visits", 820L);
        assertThat(fields.get("visits")).isEqualTo(usage(40).newest(31).visits());
    }

    @Test
    void anErrorKeepsItsStackWithinTheLine() {
        var event = event(Level.SEVERE, "failed");
        event.setThrown(new IllegalStateException("a bug"));

        assertThat(new JsonLines().format(event))
                .contains("\"level\":\"ERROR\"", "\"error\":\"java.lang.IllegalStateException: a bug\"", "\\n\\tat ").hasLineCount(1);
    }

    private static DailyUsage usage(int days) {
        var visits = new TreeMap<LocalDate, Long>();
        LongStream.range(0, days).forEach(day -> visits.put(DAY.plusDays(day), day + 1));
        return new DailyUsage(visits);
    }

    private static LogRecord event(Level level, String message) {
        var event = new LogRecord(level, message);
        event.setLoggerName("somewhere");
        event.setInstant(Instant.parse("2026-11-22T12:00:00Z"));
        return event;
    }
}
