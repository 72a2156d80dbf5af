package coworking.analytics.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.domain.DailyUsage;
import coworking.analytics.postgres.LedgerChoice;
import coworking.analytics.postgres.Migrations;
import coworking.analytics.postgres.PostgresTokenLedger;
import coworking.analytics.postgres.Rollups;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ObservatoryTest {

    private EmbeddedPostgres postgres;
    private Settings settings;
    private Observatory observatory;
    private PostgresTokenLedger ledger;

    @BeforeEach
    void start() throws Exception {
        postgres = EmbeddedPostgres.start();
        settings = Settings.from(Map.of("DB_PORT", String.valueOf(postgres.getPort()), "DB_USER", "postgres", "DB_PASSWORD", ""));
        Migrations.of(settings.database()).run();
        observatory = new Observatory(settings.telemetry(), settings.timeZone());
        ledger = PostgresTokenLedger.of(settings.database(), LedgerChoice.AUTO, observatory.telemetry());
    }

    @AfterEach
    void stop() throws Exception {
        observatory.close();
        ledger.close();
        postgres.close();
    }

    @Test
    void differencesAreFoundByTheServiceItselfAndGoneWhenTheyAre() throws Exception {
        Rollups.of(settings.database()).install();
        try (var audits = observatory.audits(ledger, Duration.ofMillis(500))) {
            assertThat(figures()).doesNotContainKey("AuditDifferences");
            audits.start();
            awaitDifferences(0);
            execute("INSERT INTO coworking_analytics.by_day VALUES ('2024-05-06', 2, 1)");
            awaitDifferences(1);
            Rollups.of(settings.database()).rebuild();
            awaitDifferences(0);
        }
    }

    @Test
    void whatAnAuditFoundIsForgottenWithTheRollups() throws Exception {
        Rollups.of(settings.database()).install();
        execute("INSERT INTO coworking_analytics.by_day VALUES ('2024-05-06', 2, 1)");
        try (var audits = observatory.audits(ledger, Duration.ofMillis(500))) {
            audits.start();
            awaitDifferences(1);
        }
        Rollups.of(settings.database()).uninstall();
        ledger.maintain();

        assertThat(figures()).doesNotContainKey("AuditDifferences");
    }

    @Test
    void withoutRollupsNothingIsAudited() throws Exception {
        try (var audits = observatory.audits(ledger, Duration.ofMillis(50))) {
            audits.start();
            Thread.sleep(500);
            assertThat(figures()).doesNotContainKey("AuditDifferences");
        }
    }

    /** Of the two one is always in another day than UTC. */
    @Test
    void todayIsTheSpacesOwn() {
        for (var zone : List.of(ZoneId.of("Pacific/Kiritimati"), ZoneId.of("Etc/GMT+12"))) {
            try (var there = new Observatory(settings.telemetry(), zone)) {
                var today = LocalDate.now(zone);
                var usage = new DailyUsage(new TreeMap<>(Map.of(today.minusDays(1), 1L, today, 2L, today.plusDays(1), 3L)));
                var visits = there.figures(Optional.of(usage), ledger).get("VisitsToday");
                assertThat(visits).isIn(LocalDate.now(zone).equals(today) ? List.of(2L) : List.of(2L, 3L));
            }
        }
    }

    @Test
    void eventsOfTheTimeBeforeTheirTargetAreToldOnceAndInOrder() throws Exception {
        var later = new Later<List<Integer>>();
        later.tell(list -> list.add(1));
        later.tell(list -> list.add(2));
        var told = new ArrayList<Integer>();
        later.is(told);
        later.tell(list -> list.add(3));

        assertThat(told).containsExactly(1, 2, 3);
    }

    @Test
    void noEventIsLostWhileTheTargetIsMade() throws Exception {
        for (int round = 0; round < 200; round++) {
            var later = new Later<LongAdder>();
            Consumer<LongAdder> event = LongAdder::increment;
            var teller = Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 100; i++) {
                    later.tell(event);
                }
            });
            var counted = new LongAdder();
            later.is(counted);
            teller.join();
            assertThat(counted.sum()).isEqualTo(100);
        }
    }

    private Map<String, Object> figures() {
        return observatory.figures(Optional.empty(), ledger);
    }

    private void awaitDifferences(long differences) throws InterruptedException {
        while (!Long.valueOf(differences).equals(figures().get("AuditDifferences"))) {
            Thread.sleep(50);
        }
    }

    private void execute(String sql) throws SQLException {
        try (var connection = postgres.getPostgresDatabase().getConnection(); var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
