package coworking.analytics.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.domain.report.DailyUsage;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ObservabilityTest {

    /** As a bug would do it: what others write into the roll-ups is noticed without an audit. */
    private static final String CORRUPT_ROLLUPS = """
            SELECT set_config('coworking_analytics.filling', 'yes', false);
            INSERT INTO coworking_analytics.by_day VALUES ('2024-05-06', 2, 1)""";

    private TestDatabase database;
    private Configuration configuration;
    private Observability observability;
    private OpenStore open;

    @BeforeEach
    void start() throws Exception {
        database = TestDatabase.migrated();
        configuration = Configuration.from(database.environment());
        observability = new Observability(configuration.telemetry(), configuration.service().timeZone(),
                configuration.store().systemName());
        open = configuration.store().open(observability.telemetry());
    }

    @AfterEach
    void stop() throws Exception {
        observability.close();
        open.close();
        database.close();
    }

    @Test
    void differencesAreFoundByTheServiceItselfAndGoneWhenTheyAre() throws Exception {
        configuration.store().install();
        try (var audits = observability.auditTask(open.operations(), Duration.ofMillis(500))) {
            assertThat(figures()).doesNotContainKey("AuditDifferences");
            audits.start();
            awaitDifferences(0);
            database.execute(CORRUPT_ROLLUPS);
            awaitDifferences(1);
            configuration.store().rebuild();
            awaitDifferences(0);
        }
    }

    @Test
    void whatAnAuditFoundIsForgottenWithTheRollups() throws Exception {
        configuration.store().install();
        database.execute(CORRUPT_ROLLUPS);
        try (var audits = observability.auditTask(open.operations(), Duration.ofMillis(500))) {
            audits.start();
            awaitDifferences(1);
        }
        configuration.store().uninstall();
        open.operations().maintain();

        assertThat(figures()).doesNotContainKey("AuditDifferences");
    }

    @Test
    void withoutRollupsNothingIsAudited() throws Exception {
        try (var audits = observability.auditTask(open.operations(), Duration.ofMillis(50))) {
            audits.start();
            Thread.sleep(500);
            assertThat(figures()).doesNotContainKey("AuditDifferences");
        }
    }

    /** Of the two one is always in another day than UTC. */
    @Test
    void todayIsTheSpacesOwn() {
        for (var zone : List.of(ZoneId.of("Pacific/Kiritimati"), ZoneId.of("Etc/GMT+12"))) {
            try (var there = new Observability(configuration.telemetry(), zone, "none")) {
                var today = LocalDate.now(zone);
                var usage = new DailyUsage(new TreeMap<>(Map.of(today.minusDays(1), 1L, today, 2L, today.plusDays(1), 3L)));
                var visits = there.usageLogFields(Optional.of(usage), open.operations()).get("VisitsToday");
                assertThat(visits).isIn(LocalDate.now(zone).equals(today) ? List.of(2L) : List.of(2L, 3L));
            }
        }
    }

    private Map<String, Object> figures() {
        return observability.usageLogFields(Optional.empty(), open.operations());
    }

    private void awaitDifferences(long differences) throws InterruptedException {
        while (!Long.valueOf(differences).equals(figures().get("AuditDifferences"))) {
            Thread.sleep(50);
        }
    }
}
