package coworking.analytics.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.application.port.in.Unavailable;
import coworking.analytics.application.port.in.UsageReports;
import coworking.analytics.domain.DailyUsage;
import coworking.analytics.domain.UserVisits;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class UsageLogTest {

    private static final DailyUsage USAGE = new DailyUsage(new TreeMap<>(Map.of(LocalDate.parse("2026-11-22"), 5L)));

    @RegisterExtension
    private final LoggedLines lines = new LoggedLines(UsageLog.LOGGER);

    private volatile Supplier<DailyUsage> answer = () -> USAGE;

    @Test
    void theFiguresAreToldWhateverBecomesOfTheUsage() throws InterruptedException {
        try (var log = log()) {
            log.start();
            await("daily usage", 1);
            answer = () -> {
                throw new Unavailable("gone", new IllegalStateException());
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

    private UsageLog log() {
        return new UsageLog(new UsageReports() {

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
