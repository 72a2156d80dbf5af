package coworking.analytics.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import coworking.analytics.application.port.UnavailableException;
import coworking.analytics.application.port.out.LedgerSnapshot;
import coworking.analytics.application.port.out.LedgerSnapshot.CountedTokens;
import coworking.analytics.application.port.out.LedgerSnapshot.MemberOrder;
import coworking.analytics.application.port.out.LedgerSnapshot.MemberVisitsCriteria;
import coworking.analytics.application.port.out.LedgerSnapshot.SnapshotSource;
import coworking.analytics.domain.fact.MemberVisits;
import coworking.analytics.domain.fact.TokenCounts;
import coworking.analytics.domain.time.DateRange;
import coworking.analytics.domain.time.DayStart;
import coworking.analytics.domain.time.TimeSpan;
import coworking.analytics.postgres.connection.DatabaseSettings;
import coworking.analytics.postgres.schema.Rollups;
import coworking.analytics.postgres.testing.DatabaseCatalog;
import coworking.analytics.postgres.testing.EmbeddedDatabase;
import coworking.analytics.postgres.testing.InterruptibleTcpProxy;
import coworking.analytics.postgres.testing.TestDatabases;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several questions to PostgreSQL in one conversation, and what may go wrong between them. */
class SnapshotSessionTest {

    private static final int USERS = 5_000;
    private static final DayStart FOUR_O_CLOCK = new DayStart(LocalTime.of(4, 0));
    private static final DateRange YEAR = new DateRange(LocalDate.of(2024, 1, 1), LocalDate.of(2024, 12, 31));
    private static final MemberVisitsCriteria ALL_MEMBERS = new MemberVisitsCriteria(
            Optional.empty(), CountedTokens.ISSUED, Optional.empty(), 1, MemberOrder.ID, OptionalLong.empty(), Optional.empty(), false);

    private EmbeddedDatabase database;
    private InterruptibleTcpProxy proxy;
    private PostgresTokenLedger ledger;

    @BeforeEach
    void connect() throws SQLException, IOException {
        database = TestDatabases.empty();
        database.execute(
                "INSERT INTO tokens (user_id, token, created_at) SELECT n, 'a', TIMESTAMP '2024-05-06 12:30' FROM generate_series(1, "
                        + USERS + ") AS n");
        proxy = new InterruptibleTcpProxy(database.host(), database.port());
        ledger = PostgresTokenLedger.of(settings(4, Duration.ofSeconds(30)));
    }

    @AfterEach
    void disconnect() {
        ledger.close();
        proxy.close();
    }

    private DatabaseSettings settings(int poolSize, Duration queryTimeout) {
        return new DatabaseSettings(database.host(), proxy.port(), database.name(), database.user(), database.password(), "prefer",
                poolSize,
                Duration.ofSeconds(1), queryTimeout);
    }

    private static List<Long> idsOf(LedgerSnapshot facts) {
        var ids = new ArrayList<Long>();
        facts.memberVisits(ALL_MEMBERS, visits -> ids.add(visits.member().userId()));
        return ids;
    }

    private static List<Long> allUserIds() {
        return LongStream.rangeClosed(1, USERS).boxed().toList();
    }

    @Test
    void allQueriesSeeOneSnapshotDuringWrites() throws SQLException {
        var seen = ledger.withSnapshot(facts -> {
            var before = facts.tokenCounts(FOUR_O_CLOCK.spanOf(YEAR));
            write("DELETE FROM tokens WHERE user_id % 2 = 0; INSERT INTO users (first_name, last_name) VALUES ('a', 'b')");
            assertThat(facts.tokenCounts(FOUR_O_CLOCK.spanOf(YEAR))).isEqualTo(before);
            assertThat(facts.joinCounts(FOUR_O_CLOCK)).isEmpty();
            assertThat(idsOf(facts)).isEqualTo(allUserIds());
            return before;
        });

        assertThat(seen).isEqualTo(new TokenCounts(USERS, 0));
        assertThat(ledger.<TokenCounts>withSnapshot(facts -> facts.tokenCounts(FOUR_O_CLOCK.spanOf(YEAR))))
                .isEqualTo(new TokenCounts(USERS / 2, 0));
    }

    @Test
    void aTruncationWaitsForTheEndOfTheSession() throws SQLException {
        ledger.withSnapshot(facts -> {
            assertThatThrownBy(() -> database.execute("SET lock_timeout = '50ms'; TRUNCATE tokens")).hasMessageContaining("lock timeout");
            assertThat(idsOf(facts)).hasSize(USERS);
            return "";
        });

        database.execute("SET lock_timeout = '5s'; TRUNCATE tokens");
        assertThat(ledger.<List<Long>>withSnapshot(SnapshotSessionTest::idsOf)).isEmpty();
    }

    @Test
    void anExceptionOfTheCallerIsRethrownAndIsNoOutage() {
        var mine = new IllegalArgumentException("mine");
        for (var moreThanThePoolHolds = 0; moreThanThePoolHolds < 8; moreThanThePoolHolds++) {
            assertThatThrownBy(() -> ledger.withSnapshot(facts -> {
                facts.memberVisits(ALL_MEMBERS, visits -> {
                    throw mine;
                });
                return "";
            })).isSameAs(mine);
        }

        assertThat(ledger.isReachable()).isTrue();
        assertThat(ledger.<List<Long>>withSnapshot(SnapshotSessionTest::idsOf)).hasSize(USERS);
    }

    @Test
    void aReaderThatReturnsFalseGetsNoMoreRows() {
        for (var enough : List.of(1, 1_023, 1_024, 1_025, 3_000, USERS)) {
            var read = new ArrayList<Long>();
            ledger.withSnapshot(facts -> {
                facts.memberVisits(ALL_MEMBERS, visits -> {
                    read.add(visits.member().userId());
                    return read.size() < enough;
                });
                return "";
            });

            assertThat(read).isEqualTo(allUserIds().subList(0, enough));
        }
    }

    @Test
    void connectionsAreRestored() throws SQLException {
        try (var single = PostgresTokenLedger.of(settings(1, Duration.ofSeconds(30)))) {
            single.withSnapshot(facts -> {
                facts.memberVisits(ALL_MEMBERS, visits -> false);
                return "";
            });
            database.execute("TRUNCATE tokens");

            assertThat(single.dayCounts()).isEmpty();
            assertThat(DatabaseCatalog.lines(database, """
                    SELECT state FROM pg_stat_activity
                    WHERE application_name = 'coworking-analytics' AND datname = current_database()""")).containsOnly("idle");
        }
    }

    @Test
    void aSlowReaderIsNotTakenForADeadDatabase() {
        var read = new ArrayList<MemberVisits>();
        ledger.withSnapshot(facts -> {
            facts.memberVisits(ALL_MEMBERS, slowly(read, Duration.ofMillis(2_500)));
            return "";
        });

        assertThat(read).hasSize(USERS);
    }

    /** Once in the first thousand, and once while a result is being fetched. */
    private static Predicate<MemberVisits> slowly(List<MemberVisits> read, Duration pause) {
        return visits -> {
            read.add(visits);
            if (read.size() == 10 || read.size() == 2_500) {
                sleep(pause);
            }
            return true;
        };
    }

    @Test
    void aReaderThatPausesLongerThanTheQueryTimeoutLosesItsConnection() {
        try (var impatient = PostgresTokenLedger.of(settings(1, Duration.ofSeconds(1)))) {
            var read = new ArrayList<MemberVisits>();
            var pausing = new CountDownLatch(1);
            var conversation = CompletableFuture.supplyAsync(() -> impatient.withSnapshot(facts -> {
                facts.memberVisits(ALL_MEMBERS, visits -> {
                    read.add(visits);
                    if (read.size() == 2_500) {
                        pausing.countDown();
                        sleep(Duration.ofSeconds(5));
                    }
                    return true;
                });
                return "";
            }));
            await(pausing);
            sleep(Duration.ofSeconds(3));

            assertThat(impatient.dayCounts()).hasSize(1);
            assertThat(conversation).isNotDone();
            assertThatThrownBy(conversation::join).hasRootCauseMessage("The session lost its connection").cause().isInstanceOfSatisfying(
                    UnavailableException.class, failure -> assertThat(failure.isTimeout()).isTrue());
            assertThat(impatient.isReachable()).isTrue();
        }
    }

    @Test
    void aQueryTimeoutIsDistinguishedFromAnUnreachableDatabase() throws SQLException {
        database.execute("""
                ALTER TABLE users RENAME TO known;
                CREATE VIEW users AS SELECT * FROM known WHERE pg_sleep(id * 60) IS NOT NULL;
                INSERT INTO known (id, first_name, last_name, joined_at) VALUES (1, 'a', 'b', '2024-05-06')""");
        try (var impatient = PostgresTokenLedger.of(settings(4, Duration.ofSeconds(1)))) {
            assertThatThrownBy(() -> impatient.withSnapshot(facts -> facts.countJoined(FOUR_O_CLOCK.spanOf(YEAR)))).isInstanceOfSatisfying(
                    UnavailableException.class, failure -> assertThat(failure.isTimeout()).isTrue());
            assertThat(impatient.isReachable()).isTrue();
        }
    }

    @Test
    void aDatabaseThatHangsBetweenTwoQueriesIsDetected() {
        assertTimeoutPreemptively(Duration.ofSeconds(6), () -> assertThatThrownBy(() -> ledger.withSnapshot(facts -> {
            facts.tokenCounts(FOUR_O_CLOCK.spanOf(YEAR));
            proxy.freeze();
            return facts.tokenCounts(FOUR_O_CLOCK.spanOf(YEAR));
        })).isInstanceOf(UnavailableException.class).hasMessage("the database does not answer"));

        proxy.pass();
        assertThat(ledger.<List<Long>>withSnapshot(SnapshotSessionTest::idsOf)).hasSize(USERS);
    }

    @Test
    void aConnectionThatBrokeWhileIdleIsReplacedBeforeTheFirstQuery() throws SQLException {
        ledger.dayCounts();
        database.execute("""
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE application_name = 'coworking-analytics' AND datname = current_database()""");

        assertThat(ledger.<List<Long>>withSnapshot(SnapshotSessionTest::idsOf)).hasSize(USERS);
    }

    @Test
    void aSessionFailsWhenItsConnectionBreaksAndTheNextSucceeds() throws SQLException {
        assertThatThrownBy(() -> ledger.withSnapshot(facts -> {
            idsOf(facts);
            write("""
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE application_name = 'coworking-analytics' AND datname = current_database()""");
            return idsOf(facts);
        })).isInstanceOf(UnavailableException.class);

        assertThat(ledger.<List<Long>>withSnapshot(SnapshotSessionTest::idsOf)).hasSize(USERS);
    }

    @Test
    void sessionsLeaveReservedConnectionsToOtherQueries() {
        var settings = settings(4, Duration.ofSeconds(30));
        assertThat(settings.maxSessions()).isEqualTo(1);

        ledger.withSnapshot(facts -> {
            assertThatThrownBy(() -> CompletableFuture.supplyAsync(() -> ledger.withSnapshot(SnapshotSessionTest::idsOf)).join())
                    .cause().isInstanceOf(UnavailableException.class).hasMessage("too many questions are under way");
            ledger.ensureReadable();
            return ledger.dayCounts();
        });
        assertThat(ledger.isReachable()).isTrue();
        assertThat(ledger.<List<Long>>withSnapshot(SnapshotSessionTest::idsOf)).hasSize(USERS);
    }

    @Test
    void missingRollupsAreDetectedBeforeTheFirstQueryAndNotDuringTheSession() {
        var rollups = Rollups.of(TestDatabases.settings(database));
        rollups.install();
        ledger.maintain();
        rollups.uninstall();

        var asked = new ArrayList<SnapshotSource>();
        var ids = ledger.<List<Long>>withSnapshot(facts -> {
            var found = idsOf(facts);
            asked.add(facts.source());
            return found;
        });
        assertThat(ids).isEqualTo(allUserIds());
        assertThat(asked).containsExactly(SnapshotSource.SCAN);
    }

    @Test
    void rollupsCannotBeDroppedDuringASession() {
        var rollups = Rollups.of(TestDatabases.settings(database));
        rollups.install();
        ledger.maintain();

        var uninstalling = ledger.<CompletableFuture<Boolean>>withSnapshot(facts -> {
            var whole = facts.tokenCounts(FOUR_O_CLOCK.spanOf(YEAR));
            var uninstall = CompletableFuture.supplyAsync(rollups::uninstall);
            sleep(Duration.ofMillis(200));
            assertThat(facts.tokenCounts(FOUR_O_CLOCK.spanOf(YEAR))).isEqualTo(whole).isEqualTo(new TokenCounts(USERS, 0));
            assertThat(facts.source()).isEqualTo(SnapshotSource.ROLLUP);
            return uninstall;
        });
        assertThat(uninstalling.join()).isTrue();
    }

    @Test
    void reportsTheSourceOfItsData() {
        Rollups.of(TestDatabases.settings(database)).install();
        ledger.maintain();

        ledger.withSnapshot(facts -> {
            assertThat(facts.source()).isEqualTo(SnapshotSource.ROLLUP);
            facts.extent(FOUR_O_CLOCK);
            facts.hourCounts(FOUR_O_CLOCK, YEAR);
            facts.tokenCounts(FOUR_O_CLOCK.spanOf(YEAR));
            facts.countMembers(ALL_MEMBERS);
            facts.joinCounts(FOUR_O_CLOCK);
            facts.member(-1, true);
            assertThat(idsOf(facts)).hasSize(USERS);
            assertThat(facts.version()).isEqualTo(ledger.version()).isPresent();
            assertThat(facts.source()).isEqualTo(SnapshotSource.ROLLUP);
            var noon = LocalDateTime.of(2024, 5, 6, 12, 0);
            assertThat(facts.tokenCounts(new TimeSpan(noon, noon.plusMinutes(31)))).isEqualTo(new TokenCounts(USERS, 0));
            assertThat(facts.source()).isEqualTo(SnapshotSource.SCAN);
            return "";
        });
    }

    private void write(String sql) {
        try {
            database.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        }
    }
}
