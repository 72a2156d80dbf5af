package coworking.analytics.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.application.ReportService;
import coworking.analytics.application.port.in.Unavailable;
import coworking.analytics.application.port.out.LedgerUnavailable;
import coworking.analytics.postgres.ConcurrentWriter.Conversed;
import coworking.analytics.postgres.ConcurrentWriter.Sighting;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random histories by many writers at once, and readers who demand of every answer that it shows, for each writer, a state that was
 * begun before the answer and is no older than what was committed before the question.
 *
 * <p>Readers ask until all writers are done, so nothing here depends on how fast anything is. A seed makes the writers' changes the
 * same again; how they interleave is chance.
 */
@Timeout(300)
class ConcurrentHistoryTest {

    private static final int WRITERS = 5;
    private static final int TRANSACTIONS = 80;

    private final AtomicBoolean over = new AtomicBoolean();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final AtomicInteger checked = new AtomicInteger();
    /** Held for reading by each transaction of a writer, and for writing by a TRUNCATE, which ends all their states at once. */
    private final ReentrantReadWriteLock truncation = new ReentrantReadWriteLock(true);

    private EmbeddedDatabase database;
    private Rollups rollups;
    private PostgresTokenLedger ledger;
    private List<ConcurrentWriter> writers = List.of();

    @BeforeEach
    void start() throws SQLException {
        database = Tables.empty();
        rollups = Rollups.of(Tables.settings(database));
        ledger = PostgresTokenLedger.of(Tables.settings(database));
    }

    @AfterEach
    void stop() {
        ledger.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void everyAnswerIsExactAndFreshWhileNobodyFolds(long seed) throws Exception {
        rollups.install();
        play(seed, List.of());
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 4})
    void everyAnswerIsExactAndFreshBetweenFoldsAuditsAndTruncations(long seed) throws Exception {
        rollups.install();
        play(seed, List.of(this::fold, this::fold, this::audit, this::truncate));
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6})
    void everyAnswerIsExactAndFreshWhileConnectionsAndFoldsAreKilled(long seed) throws Exception {
        rollups.install();
        play(seed, List.of(this::fold, this::killFolds, this::killWriters, this::truncate));
    }

    @Test
    void everyAnswerIsExactAndFreshWhileRollupsComeAndGoAndAreRebuilt() throws Exception {
        play(7, List.of(this::comeAndGo, this::fold, this::truncate));
    }

    /** The histories can tell: here and below they are shown something that is wrong. */
    @Test
    void anAnswerThatIsGivenOutTenTimesIsCaught() throws Exception {
        rollups.install();
        var days = tenTimesOver(ledger::dayTallies);
        run(8, List.of(() -> ask(days, ConcurrentWriter::seen)), List.of());

        assertThat(faults).isNotEmpty();
    }

    @Test
    void aChangeThatIsLostFromTheJournalIsCaught() throws Exception {
        rollups.install();
        run(9, List.of(this::askForWhatMayBeImpossible), List.of(this::loseAChange));

        assertThat(faults).isNotEmpty();
    }

    private static <A> Supplier<A> tenTimesOver(Supplier<A> question) {
        var asked = new AtomicInteger();
        var kept = new AtomicReference<>(question.get());
        return () -> {
            if (asked.incrementAndGet() % 10 == 0) {
                kept.set(question.get());
            }
            return kept.get();
        };
    }

    /** Where an addition was lost and its removal was not, fewer than no tokens are left, which no answer can say. */
    private Void askForWhatMayBeImpossible() {
        try {
            return ask(ledger::dayTallies, ConcurrentWriter::seen);
        } catch (LedgerUnavailable impossible) {
            faults.add(impossible.getMessage());
            return null;
        }
    }

    private Void loseAChange() throws SQLException {
        database.execute("DELETE FROM coworking_analytics.journal WHERE id = (SELECT max(id) FROM coworking_analytics.journal)");
        return null;
    }

    private void play(long seed, List<Callable<Void>> disturbances) throws Exception {
        var reports = new ReportService(ledger);
        run(seed, List.of(
                () -> ask(ledger::dayTallies, ConcurrentWriter::seen),
                () -> ask(ledger::userTallies, ConcurrentWriter::seen),
                () -> ask(reports::dailyUsage, ConcurrentWriter::seen),
                () -> ask(reports::userVisits, ConcurrentWriter::seen),
                () -> ask(reports::dailyUsage, ConcurrentWriter::seen),
                () -> ask(this::converse, ConcurrentWriter::seen),
                () -> ask(this::converse, ConcurrentWriter::seen)), disturbances);

        assertThat(faults).isEmpty();
        assertEnd();
    }

    private Conversed converse() {
        return ledger.converse(Conversed::from);
    }

    private void run(long seed, List<Callable<Void>> questions, List<Callable<Void>> disturbances) throws Exception {
        writers = IntStream.range(0, WRITERS).mapToObj(number -> new ConcurrentWriter(database, number, seed, truncation)).toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var others = Stream.concat(questions.stream(), disturbances.stream())
                    .map(task -> threads.submit(() -> untilOver(task))).toList();
            var work = writers.stream().map(writer -> threads.submit(() -> write(writer))).toList();
            work.forEach(ConcurrentHistoryTest::await);
            over.set(true);
            others.forEach(ConcurrentHistoryTest::await);
        }
        assertThat(checked).hasPositiveValue();
    }

    private void assertEnd() {
        rollups.install();
        assertThat(rollups.audit().differences()).isEmpty();
        ledger.maintain();
        assertThat(rollups.audit().differences()).isEmpty();
        for (var writer : writers) {
            assertThat(writer.seen(ledger.dayTallies())).isEqualTo(writer.latest().days());
            assertThat(writer.seen(ledger.userTallies())).isEqualTo(writer.latest().users());
            assertThat(writer.seen(converse())).isEqualTo(writer.latest().conversed());
        }
    }

    private Void write(ConcurrentWriter writer) throws SQLException {
        for (var transaction = 0; transaction < TRANSACTIONS; transaction++) {
            writer.transact();
        }
        return null;
    }

    private Void untilOver(Callable<Void> task) throws Exception {
        do {
            task.call();
        } while (!over.get());
        return null;
    }

    private <A> Void ask(Supplier<A> question, Judgement<A> judgement) {
        var oldest = writers.stream().map(ConcurrentWriter::committed).toList();
        var answered = answer(question);
        if (answered.isEmpty()) {
            return null;
        }
        var answer = answered.get();
        for (var writer : writers) {
            var sighting = judgement.of(writer, answer, oldest.get(writer.number()));
            checked.incrementAndGet();
            if (!sighting.isLawful()) {
                faults.add(sighting.toString());
            }
        }
        return null;
    }

    /** Who stands behind a TRUNCATE that waits for a conversation is refused after half a second: no answer, but no wrong one. */
    private static <A> Optional<A> answer(Supplier<A> question) {
        try {
            return Optional.of(question.get());
        } catch (LedgerUnavailable | Unavailable refusal) {
            if (!"a table is locked by somebody else".equals(refusal.getMessage())) {
                throw refusal;
            }
            return Optional.empty();
        }
    }

    private interface Judgement<A> {
        Sighting of(ConcurrentWriter writer, A answer, int oldest);
    }

    private Void fold() {
        try {
            ledger.maintain();
        } catch (LedgerUnavailable killed) {
            // By killFolds; the next one will do.
        }
        return null;
    }

    private Void audit() {
        faults.addAll(rollups.audit().differences());
        return null;
    }

    private Void truncate() throws Exception {
        Thread.sleep(100);
        truncation.writeLock().lock();
        try {
            writers.forEach(ConcurrentWriter::beginWipe);
            database.execute("TRUNCATE tokens");
            writers.forEach(ConcurrentWriter::endWipe);
        } finally {
            truncation.writeLock().unlock();
        }
        return null;
    }

    private Void killFolds() throws Exception {
        kill("query LIKE '%coworking_analytics.fold()%'");
        return null;
    }

    private Void killWriters() throws Exception {
        Thread.sleep(new Random().nextInt(30));
        kill("application_name = 'writer'");
        return null;
    }

    private void kill(String which) throws SQLException {
        database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND state <> 'idle'"
                + " AND datname = current_database() AND " + which);
    }

    private Void comeAndGo() {
        rollups.install();
        faults.addAll(rollups.audit().differences());
        rollups.rebuild();
        faults.addAll(rollups.audit().differences());
        if (!over.get()) {
            rollups.uninstall();
        }
        return null;
    }

    private static void await(Future<?> task) {
        try {
            task.get();
        } catch (InterruptedException | ExecutionException failure) {
            throw new AssertionError(failure);
        }
    }
}
