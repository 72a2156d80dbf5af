package coworking.analytics.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import coworking.analytics.application.port.out.Facts;
import coworking.analytics.application.port.out.Facts.Counted;
import coworking.analytics.application.port.out.Facts.MemberQuestion;
import coworking.analytics.application.port.out.Facts.Order;
import coworking.analytics.application.port.out.Facts.Source;
import coworking.analytics.application.port.out.LedgerUnavailable;
import coworking.analytics.domain.DayStart;
import coworking.analytics.domain.Days;
import coworking.analytics.domain.MemberVisits;
import coworking.analytics.domain.TimeSpan;
import coworking.analytics.domain.Usage;
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
class ConversationTest {

    private static final int USERS = 5_000;
    private static final DayStart FOUR = new DayStart(LocalTime.of(4, 0));
    private static final Days YEAR = new Days(LocalDate.of(2024, 1, 1), LocalDate.of(2024, 12, 31));
    private static final MemberQuestion EVERYBODY = new MemberQuestion(
            Optional.empty(), Counted.ISSUED, Optional.empty(), 1, Order.ID, OptionalLong.empty(), Optional.empty(), false);

    private EmbeddedDatabase database;
    private Wire wire;
    private PostgresTokenLedger ledger;

    @BeforeEach
    void connect() throws SQLException, IOException {
        database = Tables.empty();
        database.execute(
                "INSERT INTO tokens (user_id, token, created_at) SELECT n, 'a', TIMESTAMP '2024-05-06 12:30' FROM generate_series(1, "
                        + USERS + ") AS n");
        wire = new Wire(database.host(), database.port());
        ledger = PostgresTokenLedger.of(settings(4, Duration.ofSeconds(30)));
    }

    @AfterEach
    void disconnect() {
        ledger.close();
        wire.close();
    }

    private DatabaseSettings settings(int poolSize, Duration queryTimeout) {
        return new DatabaseSettings(database.host(), wire.port(), database.name(), database.user(), database.password(), "prefer", poolSize,
                Duration.ofSeconds(1), queryTimeout);
    }

    private static List<Long> idsOf(Facts facts) {
        var ids = new ArrayList<Long>();
        facts.memberVisits(EVERYBODY, visits -> ids.add(visits.member().userId()));
        return ids;
    }

    private static List<Long> everybody() {
        return LongStream.rangeClosed(1, USERS).boxed().toList();
    }

    @Test
    void allQuestionsSeeOneStateThoughTheTablesAreWrittenTo() throws SQLException {
        var seen = ledger.converse(facts -> {
            var before = facts.usage(FOUR.spanOf(YEAR));
            write("DELETE FROM tokens WHERE user_id % 2 = 0; INSERT INTO users (first_name, last_name) VALUES ('a', 'b')");
            assertThat(facts.usage(FOUR.spanOf(YEAR))).isEqualTo(before);
            assertThat(facts.joins(FOUR)).isEmpty();
            assertThat(idsOf(facts)).isEqualTo(everybody());
            return before;
        });

        assertThat(seen).isEqualTo(new Usage(USERS, 0));
        assertThat(ledger.<Usage>converse(facts -> facts.usage(FOUR.spanOf(YEAR)))).isEqualTo(new Usage(USERS / 2, 0));
    }

    @Test
    void aTruncationWaitsForTheEndOfTheConversation() throws SQLException {
        ledger.converse(facts -> {
            assertThatThrownBy(() -> database.execute("SET lock_timeout = '50ms'; TRUNCATE tokens")).hasMessageContaining("lock timeout");
            assertThat(idsOf(facts)).hasSize(USERS);
            return "";
        });

        database.execute("SET lock_timeout = '5s'; TRUNCATE tokens");
        assertThat(ledger.<List<Long>>converse(ConversationTest::idsOf)).isEmpty();
    }

    @Test
    void whatTheCallerThrowsComesOutAsItIsAndIsNoOutage() {
        var mine = new IllegalArgumentException("mine");
        for (var moreThanThePoolHolds = 0; moreThanThePoolHolds < 8; moreThanThePoolHolds++) {
            assertThatThrownBy(() -> ledger.converse(facts -> {
                facts.memberVisits(EVERYBODY, visits -> {
                    throw mine;
                });
                return "";
            })).isSameAs(mine);
        }

        assertThat(ledger.isReachable()).isTrue();
        assertThat(ledger.<List<Long>>converse(ConversationTest::idsOf)).hasSize(USERS);
    }

    @Test
    void aReaderWhoHasEnoughIsHandedNoMore() {
        for (var enough : List.of(1, 1_023, 1_024, 1_025, 3_000, USERS)) {
            var read = new ArrayList<Long>();
            ledger.converse(facts -> {
                facts.memberVisits(EVERYBODY, visits -> {
                    read.add(visits.member().userId());
                    return read.size() < enough;
                });
                return "";
            });

            assertThat(read).isEqualTo(everybody().subList(0, enough));
        }
    }

    @Test
    void connectionsComeBackAsTheyWere() throws SQLException {
        try (var single = PostgresTokenLedger.of(settings(1, Duration.ofSeconds(30)))) {
            single.converse(facts -> {
                facts.memberVisits(EVERYBODY, visits -> false);
                return "";
            });
            database.execute("TRUNCATE tokens");

            assertThat(single.dayTallies()).isEmpty();
            assertThat(MigrationCatalog.lines(database, """
                    SELECT state FROM pg_stat_activity
                    WHERE application_name = 'coworking-analytics' AND datname = current_database()""")).containsOnly("idle");
        }
    }

    @Test
    void aReaderWhoIsSlowIsNoReasonToThinkThatTheDatabaseIsDead() {
        var read = new ArrayList<MemberVisits>();
        ledger.converse(facts -> {
            facts.memberVisits(EVERYBODY, slowly(read, Duration.ofMillis(2_500)));
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
    void aReaderWhoPausesForLongerThanAQueryMayTakeLosesTheConnectionToOthers() {
        try (var impatient = PostgresTokenLedger.of(settings(1, Duration.ofSeconds(1)))) {
            var read = new ArrayList<MemberVisits>();
            var pausing = new CountDownLatch(1);
            var conversation = CompletableFuture.supplyAsync(() -> impatient.converse(facts -> {
                facts.memberVisits(EVERYBODY, visits -> {
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

            assertThat(impatient.dayTallies()).hasSize(1);
            assertThat(conversation).isNotDone();
            assertThatThrownBy(conversation::join).hasRootCauseMessage("Not taken in time").cause().isInstanceOfSatisfying(
                    LedgerUnavailable.class, failure -> assertThat(failure.isTooSlow()).isTrue());
            assertThat(impatient.isReachable()).isTrue();
        }
    }

    @Test
    void aQueryThatTakesTooLongIsToldFromADatabaseThatIsAway() throws SQLException {
        database.execute("""
                ALTER TABLE users RENAME TO known;
                CREATE VIEW users AS SELECT * FROM known WHERE pg_sleep(id * 60) IS NOT NULL;
                INSERT INTO known (id, first_name, last_name, joined_at) VALUES (1, 'a', 'b', '2024-05-06')""");
        try (var impatient = PostgresTokenLedger.of(settings(4, Duration.ofSeconds(1)))) {
            assertThatThrownBy(() -> impatient.converse(facts -> facts.joined(FOUR.spanOf(YEAR)))).isInstanceOfSatisfying(
                    LedgerUnavailable.class, failure -> assertThat(failure.isTooSlow()).isTrue());
            assertThat(impatient.isReachable()).isTrue();
        }
    }

    @Test
    void aDatabaseThatFallsSilentBetweenTwoQuestionsIsNoticed() {
        assertTimeoutPreemptively(Duration.ofSeconds(6), () -> assertThatThrownBy(() -> ledger.converse(facts -> {
            facts.usage(FOUR.spanOf(YEAR));
            wire.freeze();
            return facts.usage(FOUR.spanOf(YEAR));
        })).isInstanceOf(LedgerUnavailable.class).hasMessage("the database does not answer"));

        wire.pass();
        assertThat(ledger.<List<Long>>converse(ConversationTest::idsOf)).hasSize(USERS);
    }

    @Test
    void aConnectionThatDiedWhileItIdledIsReplacedBeforeTheFirstQuestion() throws SQLException {
        ledger.dayTallies();
        database.execute("""
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE application_name = 'coworking-analytics' AND datname = current_database()""");

        assertThat(ledger.<List<Long>>converse(ConversationTest::idsOf)).hasSize(USERS);
    }

    @Test
    void aConversationThatIsCutBreaksAndTheNextOneDoesNot() throws SQLException {
        assertThatThrownBy(() -> ledger.converse(facts -> {
            idsOf(facts);
            write("""
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE application_name = 'coworking-analytics' AND datname = current_database()""");
            return idsOf(facts);
        })).isInstanceOf(LedgerUnavailable.class);

        assertThat(ledger.<List<Long>>converse(ConversationTest::idsOf)).hasSize(USERS);
    }

    @Test
    void conversationsLeaveTheOtherQuestionsTheirConnections() {
        var settings = settings(4, Duration.ofSeconds(30));
        assertThat(settings.conversations()).isEqualTo(1);

        ledger.converse(facts -> {
            assertThatThrownBy(() -> CompletableFuture.supplyAsync(() -> ledger.converse(ConversationTest::idsOf)).join())
                    .cause().isInstanceOf(LedgerUnavailable.class).hasMessage("too many questions are under way");
            ledger.ensureReadable();
            return ledger.dayTallies();
        });
        assertThat(ledger.isReachable()).isTrue();
        assertThat(ledger.<List<Long>>converse(ConversationTest::idsOf)).hasSize(USERS);
    }

    @Test
    void rollupsThatAreGoneAreMissedBeforeTheFirstQuestionAndNotInTheMiddle() {
        var rollups = Rollups.of(Tables.settings(database));
        rollups.install();
        ledger.maintain();
        rollups.uninstall();

        var asked = new ArrayList<Source>();
        var ids = ledger.<List<Long>>converse(facts -> {
            var found = idsOf(facts);
            asked.add(facts.source());
            return found;
        });
        assertThat(ids).isEqualTo(everybody());
        assertThat(asked).containsExactly(Source.SCAN);
    }

    @Test
    void rollupsCannotBeDroppedInTheMiddle() {
        var rollups = Rollups.of(Tables.settings(database));
        rollups.install();
        ledger.maintain();

        var uninstalling = ledger.<CompletableFuture<Boolean>>converse(facts -> {
            var whole = facts.usage(FOUR.spanOf(YEAR));
            var uninstall = CompletableFuture.supplyAsync(rollups::uninstall);
            sleep(Duration.ofMillis(200));
            assertThat(facts.usage(FOUR.spanOf(YEAR))).isEqualTo(whole).isEqualTo(new Usage(USERS, 0));
            assertThat(facts.source()).isEqualTo(Source.ROLLUP);
            return uninstall;
        });
        assertThat(uninstalling.join()).isTrue();
    }

    @Test
    void tellsWhereFactsCameFrom() {
        Rollups.of(Tables.settings(database)).install();
        ledger.maintain();

        ledger.converse(facts -> {
            assertThat(facts.source()).isEqualTo(Source.ROLLUP);
            facts.extent(FOUR);
            facts.hourTallies(FOUR, YEAR);
            facts.usage(FOUR.spanOf(YEAR));
            facts.countMembers(EVERYBODY);
            facts.joins(FOUR);
            facts.member(-1, true);
            assertThat(idsOf(facts)).hasSize(USERS);
            assertThat(facts.version()).isEqualTo(ledger.version()).isPresent();
            assertThat(facts.source()).isEqualTo(Source.ROLLUP);
            var noon = LocalDateTime.of(2024, 5, 6, 12, 0);
            assertThat(facts.usage(new TimeSpan(noon, noon.plusMinutes(31)))).isEqualTo(new Usage(USERS, 0));
            assertThat(facts.source()).isEqualTo(Source.SCAN);
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
