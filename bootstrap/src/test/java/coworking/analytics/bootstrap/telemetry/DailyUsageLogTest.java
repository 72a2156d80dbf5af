package coworking.analytics.bootstrap.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.application.port.UnavailableException;
import coworking.analytics.application.port.in.UsageReports;
import coworking.analytics.bootstrap.logging.JsonLogFormatter;
import coworking.analytics.bootstrap.logging.LogRecordCapture;
import coworking.analytics.bootstrap.logging.LoggerNames;
import coworking.analytics.domain.report.DailyUsage;
import coworking.analytics.domain.report.UserVisits;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class DailyUsageLogTest {

    private static final LocalDate DAY = LocalDate.parse("2026-01-01");
    private static final DailyUsage USAGE = new DailyUsage(new TreeMap<>(Map.of(LocalDate.parse("2026-11-22"), 5L)));

    @RegisterExtension
    private final LogRecordCapture lines = new LogRecordCapture(LoggerNames.DAILY_USAGE);

    private volatile Supplier<DailyUsage> answer = () -> USAGE;

    @Test
    void theFiguresAreToldWhateverBecomesOfTheUsage() throws InterruptedException {
        try (var log = log()) {
            log.start();
            await("daily usage", 1);
            answer = () -> {
                throw new UnavailableException("gone", new IllegalStateException());
            };
            await("no daily usage", 2);
            assertThat(lines.of("daily usage failed")).isEmpty();
        }
        assertThat(lines.of("no daily usage")).allSatisfy(line -> assertThat((Map<?, ?>) line.getParameters()[0])
                .isEqualTo(Map.of("Figure", 1)));
        assertThat(lines.of("daily usage")).allSatisfy(line -> assertThat(((Map<?, ?>) line.getParameters()[0]).toString())
                .contains("Figure=1", "total_visits=5"));
    }

    /** What memory refuses once it may give the next time, and an alarm watches these lines. */
    @Test
    void anErrorEndsNothingAndIsToldWhenItBeginsAndWhenItIsOver() throws InterruptedException {
        answer = () -> {
            throw new OutOfMemoryError("Planted");
        };
        try (var log = log()) {
            log.start();
            await("no daily usage", 3);
            answer = () -> USAGE;
            await("daily usage", 2);
        }
        assertThat(lines.of("daily usage failed")).singleElement()
                .satisfies(line -> assertThat(line.getThrown()).isInstanceOf(OutOfMemoryError.class));
        assertThat(lines.of("{0} succeeds again, failures: {1}")).hasSize(1);
    }

    @Test
    void theDailyUsageIsStructuredAndWhole() {
        var event = new LogRecord(Level.INFO, "daily usage");
        event.setParameters(new Object[]{DailyUsageLog.fields(usage(2))});

        assertThat(new JsonLogFormatter().format(event)).endsWith("""
                "message":"daily usage","total_visits":3,"total_days":2,"visits":{"2026-01-01":1,"2026-01-02":2}}
                """);
    }

    @Test
    void ofManyDaysTheNewestThirtyOneAreShownAndTheTotalsCountAll() {
        var fields = DailyUsageLog.fields(usage(40));

        assertThat(fields).containsEntry("total_days", 40).containsEntry("total_visits", 820L);
        assertThat(fields.get("visits")).isEqualTo(usage(40).newest(31).visits());
    }

    private static DailyUsage usage(int days) {
        var visits = new TreeMap<LocalDate, Long>();
        LongStream.range(0, days).forEach(day -> visits.put(DAY.plusDays(day), day + 1));
        return new DailyUsage(visits);
    }

    private DailyUsageLog log() {
        return new DailyUsageLog(new UsageReports() {

            @Override
            public DailyUsage dailyUsage() {
                return answer.get();
            }

            @Override
            public UserVisits userVisits() {
                throw new UnsupportedOperationException();
            }
        }, usage -> Map.of("Figure", 1), Duration.ofMillis(10));
    }

    private void await(String message, int times) throws InterruptedException {
        while (lines.of(message).size() < times) {
            Thread.sleep(5);
        }
    }
}
