package coworking.analytics.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coworking.analytics.application.port.UnavailableException;
import coworking.analytics.application.port.out.AuditResult;
import coworking.analytics.application.port.out.LedgerObserver;
import coworking.analytics.postgres.schema.Rollups;
import coworking.analytics.postgres.testing.EmbeddedDatabase;
import coworking.analytics.postgres.testing.InterruptibleTcpProxy;
import coworking.analytics.postgres.testing.TestDatabases;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the ledger tells of the database, on a wire that can be cut. */
class LedgerObserverTest {

    private final RecordingLedgerObserver recorder = new RecordingLedgerObserver();
    private EmbeddedDatabase database;
    private InterruptibleTcpProxy proxy;
    private PostgresTokenLedger ledger;

    @BeforeEach
    void connect() throws Exception {
        database = EmbeddedDatabase.create();
        database.execute(
                TestDatabases.TABLES_SQL + "INSERT INTO users (first_name, last_name, joined_at) VALUES ('a', 'b', '2024-01-01');");
        proxy = new InterruptibleTcpProxy(database.host(), database.port());
        ledger = PostgresTokenLedger.of(TestDatabases.settings(database, proxy.port()), LedgerMode.AUTO, recorder);
    }

    @AfterEach
    void disconnect() {
        ledger.close();
        proxy.close();
    }

    @Test
    void everyQueryIsReportedByNameWithItsEnd() {
        ledger.dayCounts();
        ledger.userCounts();
        ledger.ensureReadable();
        proxy.cut();
        assertThatThrownBy(ledger::dayCounts).isInstanceOf(UnavailableException.class);

        assertThat(recorder.events).containsExactly("choice of the ledger true", "day tallies true", "user tallies true", "readiness true",
                "lost", "day tallies false");
    }

    @Test
    void anOutageIsReportedOnceUntilTheDatabaseIsBack() {
        assertThat(ledger.isReachable()).isTrue();
        for (int outage = 0; outage < 2; outage++) {
            proxy.cut();
            assertThatThrownBy(ledger::ensureReadable).isInstanceOf(UnavailableException.class);
            assertThatThrownBy(ledger::ensureReadable).isInstanceOf(UnavailableException.class);
            assertThat(ledger.isReachable()).isFalse();
            proxy.pass();
            ledger.ensureReadable();
            assertThat(ledger.isReachable()).isTrue();
        }
        assertThat(recorder.events.stream().filter("lost"::equals)).hasSize(2);
    }

    @Test
    void withoutRollupsTheJournalIsEmptyAndNothingIsAudited() {
        ledger.maintain();

        assertThat(recorder.events).containsExactly("choice of the ledger true", "journal 0");
        assertThat(ledger.audit()).isEmpty();
    }

    @Test
    void aFoldReportsTheJournalBeforeItAndItsOutcome() throws SQLException {
        Rollups.of(TestDatabases.settings(database)).install();
        database.execute("INSERT INTO tokens (user_id, token) VALUES (1, '1'), (1, '2')");
        ledger.maintain();
        ledger.maintain();
        try (var other = database.dataSource().getConnection(); var statement = other.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(5153, 1)");
            ledger.maintain();
        }
        proxy.cut();
        assertThatThrownBy(ledger::maintain).isInstanceOf(UnavailableException.class);

        assertThat(recorder.events.stream().filter(note -> note.startsWith("journal") || note.startsWith("fold"))).containsExactly(
                "journal 2", "fold FOLDED 2", "journal 0", "fold NOTHING 0", "journal 0", "fold ELSEWHERE 0");
        assertThat(recorder.generations.get(1)).isGreaterThan(recorder.generations.get(0)).isEqualTo(recorder.generations.get(2));
    }

    @Test
    void aRefusedFoldIsReportedAsFailed() throws SQLException {
        Rollups.of(TestDatabases.settings(database)).install();
        ledger.maintain();
        database.execute("CREATE OR REPLACE FUNCTION coworking_analytics.fold(max_users integer) RETURNS bigint LANGUAGE plpgsql AS "
                + "'BEGIN RAISE EXCEPTION ''refused''; END'");

        assertThatThrownBy(ledger::maintain).isInstanceOf(UnavailableException.class);
        assertThat(recorder.events).last().isEqualTo("fold FAILED 0");
    }

    @Test
    void theServiceAuditsUnlessAnotherReplicaDoes() throws SQLException {
        Rollups.of(TestDatabases.settings(database)).install();
        assertThat(ledger.audit()).get().returns(0L, AuditResult::total);
        try (var other = database.dataSource().getConnection(); var statement = other.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(5153, 2)");
            assertThat(ledger.audit()).isEmpty();
        }

        database.execute(
                "SELECT set_config('coworking_analytics.filling', 'yes', false); UPDATE coworking_analytics.by_day SET used = used + 1; "
                        + "INSERT INTO coworking_analytics.by_day VALUES ('2024-05-06', 1, 0)");
        assertThat(ledger.audit()).get().returns(1L, AuditResult::total);
    }

    private static final class RecordingLedgerObserver implements LedgerObserver {

        private final List<String> events = new CopyOnWriteArrayList<>();
        private final List<Long> generations = new CopyOnWriteArrayList<>();

        @Override
        public QueryObservation queryStarted(String name) {
            return isAnswered -> events.add(name + " " + isAnswered);
        }

        @Override
        public void databaseLost() {
            events.add("lost");
        }

        @Override
        public void journalMeasured(long rows, long generation) {
            events.add("journal " + rows);
            generations.add(generation);
        }

        @Override
        public void foldEnded(FoldOutcome outcome, long rows, long nanos) {
            events.add("fold " + outcome + " " + rows);
            assertThat(nanos).isPositive();
        }
    }
}
