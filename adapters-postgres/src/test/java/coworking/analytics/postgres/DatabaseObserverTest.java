package coworking.analytics.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coworking.analytics.application.port.out.LedgerUnavailable;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the ledger tells of the database, on a wire that can be cut. */
class DatabaseObserverTest {

    private final Notes notes = new Notes();
    private EmbeddedDatabase database;
    private Wire wire;
    private PostgresTokenLedger ledger;

    @BeforeEach
    void connect() throws Exception {
        database = EmbeddedDatabase.create();
        database.execute(Tables.ORIGINAL + "INSERT INTO users (first_name, last_name, joined_at) VALUES ('a', 'b', '2024-01-01');");
        wire = new Wire(database.host(), database.port());
        ledger = PostgresTokenLedger.of(Tables.settings(database, wire.port()), LedgerChoice.AUTO, notes);
    }

    @AfterEach
    void disconnect() {
        ledger.close();
        wire.close();
    }

    @Test
    void everyQuestionIsToldByNameWithItsEnd() {
        ledger.dayTallies();
        ledger.userTallies();
        ledger.ensureReadable();
        wire.cut();
        assertThatThrownBy(ledger::dayTallies).isInstanceOf(LedgerUnavailable.class);

        assertThat(notes.told).containsExactly("choice of the ledger true", "day tallies true", "user tallies true", "readiness true",
                "lost", "day tallies false");
    }

    @Test
    void anOutageIsToldOnceUntilTheDatabaseIsBack() {
        assertThat(ledger.isReachable()).isTrue();
        for (int outage = 0; outage < 2; outage++) {
            wire.cut();
            assertThatThrownBy(ledger::ensureReadable).isInstanceOf(LedgerUnavailable.class);
            assertThatThrownBy(ledger::ensureReadable).isInstanceOf(LedgerUnavailable.class);
            assertThat(ledger.isReachable()).isFalse();
            wire.pass();
            ledger.ensureReadable();
            assertThat(ledger.isReachable()).isTrue();
        }
        assertThat(notes.told.stream().filter("lost"::equals)).hasSize(2);
    }

    @Test
    void withoutRollupsTheJournalIsEmptyAndNothingIsAudited() {
        ledger.maintain();

        assertThat(notes.told).containsExactly("choice of the ledger true", "journal 0");
        assertThat(ledger.audit()).isEmpty();
    }

    @Test
    void aFoldTellsTheJournalBeforeItAndHowItEnded() throws SQLException {
        Rollups.of(Tables.settings(database)).install();
        database.execute("INSERT INTO tokens (user_id, token) VALUES (1, '1'), (1, '2')");
        ledger.maintain();
        ledger.maintain();
        try (var other = database.dataSource().getConnection(); var statement = other.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(5153, 1)");
            ledger.maintain();
        }
        wire.cut();
        assertThatThrownBy(ledger::maintain).isInstanceOf(LedgerUnavailable.class);

        assertThat(notes.told.stream().filter(note -> note.startsWith("journal") || note.startsWith("fold"))).containsExactly(
                "journal 2", "fold FOLDED 2", "journal 0", "fold NOTHING 0", "journal 0", "fold ELSEWHERE 0");
        assertThat(notes.generations.get(1)).isGreaterThan(notes.generations.get(0)).isEqualTo(notes.generations.get(2));
    }

    @Test
    void aFoldThatIsRefusedIsToldAsFailed() throws SQLException {
        Rollups.of(Tables.settings(database)).install();
        ledger.maintain();
        database.execute("ALTER FUNCTION coworking_analytics.fold() RENAME TO unfold");

        assertThatThrownBy(ledger::maintain).isInstanceOf(LedgerUnavailable.class);
        assertThat(notes.told).last().isEqualTo("fold FAILED 0");
    }

    @Test
    void theServiceAuditsUnlessAnotherReplicaIsAtIt() throws SQLException {
        Rollups.of(Tables.settings(database)).install();
        assertThat(ledger.audit()).get().returns(0L, Audit::total);
        try (var other = database.dataSource().getConnection(); var statement = other.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(5153, 2)");
            assertThat(ledger.audit()).isEmpty();
        }

        database.execute(
                "UPDATE coworking_analytics.by_day SET used = used + 1; INSERT INTO coworking_analytics.by_day VALUES ('2024-05-06', 1, 0)");
        assertThat(ledger.audit()).get().returns(1L, Audit::total);
    }

    private static final class Notes implements DatabaseObserver {

        private final List<String> told = new CopyOnWriteArrayList<>();
        private final List<Long> generations = new CopyOnWriteArrayList<>();

        @Override
        public Ending asking(String question) {
            return isAnswered -> told.add(question + " " + isAnswered);
        }

        @Override
        public void lost() {
            told.add("lost");
        }

        @Override
        public void counted(long rows, long generation) {
            told.add("journal " + rows);
            generations.add(generation);
        }

        @Override
        public void folded(Folding how, long rows, long nanos) {
            told.add("fold " + how + " " + rows);
            assertThat(nanos).isPositive();
        }
    }
}
