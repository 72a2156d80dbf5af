package coworking.analytics.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.application.UsageReportService;
import coworking.analytics.application.port.UnavailableException;
import coworking.analytics.postgres.ConcurrentWriter.SnapshotAnswers;
import coworking.analytics.postgres.ConcurrentWriter.WriterObservation;
import coworking.analytics.postgres.schema.Rollups;
import coworking.analytics.postgres.testing.EmbeddedDatabase;
import coworking.analytics.postgres.testing.TestDatabases;
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

    private final AtomicBoolean isFinished = new AtomicBoolean();
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();
    private final AtomicInteger checkCount = new AtomicInteger();
    /** Held for reading by each transaction of a writer, and for writing by a TRUNCATE, which ends all their states at once. */
    private final ReentrantReadWriteLock truncation = new ReentrantReadWriteLock(true);

    private EmbeddedDatabase database;
    private Rollups rollups;
    private PostgresTokenLedger ledger;
    private List<ConcurrentWriter> writers = List.of();

    @BeforeEach
    void start() throws SQLException {
        database = TestDatabases.empty();
        rollups = Rollups.of(TestDatabases.settings(database));
        ledger = PostgresTokenLedger.of(TestDatabases.settings(database));
    }

    @AfterEach
    void stop() {
        ledger.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void everyAnswerIsExactAndFreshWithoutFolds(long seed) throws Exception {
        rollups.install();
        runHistory(seed, List.of());
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 4})
    void everyAnswerIsExactAndFreshBetweenFoldsAuditsAndTruncations(long seed) throws Exception {
        rollups.install();
        runHistory(seed, List.of(this::fold, this::fold, this::audit, this::truncate));
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6})
    void everyAnswerIsExactAndFreshWhileConnectionsAndFoldsAreKilled(long seed) throws Exception {
        rollups.install();
        runHistory(seed, List.of(this::fold, this::killFolds, this::killWriters, this::truncate));
    }

    @Test
    void everyAnswerIsExactAndFreshWhileRollupsAreInstalledRebuiltAndUninstalled() throws Exception {
        runHistory(7, List.of(this::installRebuildUninstall, this::fold, this::truncate));
    }

    /** The histories can tell: here and below they are shown something that is wrong. */
    @Test
    void anAnswerThatIsReusedTenTimesIsDetected() throws Exception {
        rollups.install();
        var days = reusedTenTimes(ledger::dayCounts);
        run(8, List.of(() -> queryAndCheck(days, ConcurrentWriter::observed)), List.of());

        assertThat(violations).isNotEmpty();
    }

    @Test
    void aChangeMissingFromTheJournalIsDetected() throws Exception {
        rollups.install();
        run(9, List.of(this::queryDespiteUnavailability), List.of(this::deleteJournalRow));

        assertThat(violations).isNotEmpty();
    }

    private static <A> Supplier<A> reusedTenTimes(Supplier<A> question) {
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
    private Void queryDespiteUnavailability() {
        try {
            return queryAndCheck(ledger::dayCounts, ConcurrentWriter::observed);
        } catch (UnavailableException impossible) {
            violations.add(impossible.getMessage());
            return null;
        }
    }

    private Void deleteJournalRow() throws SQLException {
        database.execute("DELETE FROM coworking_analytics.journal WHERE id = (SELECT max(id) FROM coworking_analytics.journal)");
        return null;
    }

    private void runHistory(long seed, List<Callable<Void>> disturbances) throws Exception {
        var reports = new UsageReportService(ledger);
        run(seed, List.of(
                () -> queryAndCheck(ledger::dayCounts, ConcurrentWriter::observed),
                () -> queryAndCheck(ledger::userCounts, ConcurrentWriter::observed),
                () -> queryAndCheck(reports::dailyUsage, ConcurrentWriter::observed),
                () -> queryAndCheck(reports::userVisits, ConcurrentWriter::observed),
                () -> queryAndCheck(reports::dailyUsage, ConcurrentWriter::observed),
                () -> queryAndCheck(this::querySnapshot, ConcurrentWriter::observed),
                () -> queryAndCheck(this::querySnapshot, ConcurrentWriter::observed)), disturbances);

        assertThat(violations).isEmpty();
        assertFinalState();
    }

    private SnapshotAnswers querySnapshot() {
        return ledger.withSnapshot(SnapshotAnswers::from);
    }

    private void run(long seed, List<Callable<Void>> questions, List<Callable<Void>> disturbances) throws Exception {
        writers = IntStream.range(0, WRITERS).mapToObj(number -> new ConcurrentWriter(database, number, seed, truncation)).toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var others = Stream.concat(questions.stream(), disturbances.stream())
                    .map(task -> threads.submit(() -> repeatUntilFinished(task))).toList();
            var work = writers.stream().map(writer -> threads.submit(() -> write(writer))).toList();
            work.forEach(ConcurrentHistoryTest::await);
            isFinished.set(true);
            others.forEach(ConcurrentHistoryTest::await);
        }
        assertThat(checkCount).hasPositiveValue();
    }

    private void assertFinalState() {
        rollups.install();
        assertThat(rollups.audit().differences()).isEmpty();
        ledger.maintain();
        assertThat(rollups.audit().differences()).isEmpty();
        for (var writer : writers) {
            assertThat(writer.observed(ledger.dayCounts())).isEqualTo(writer.latestState().days());
            assertThat(writer.observed(ledger.userCounts())).isEqualTo(writer.latestState().users());
            assertThat(writer.observed(querySnapshot())).isEqualTo(writer.latestState().snapshotAnswers());
        }
    }

    private Void write(ConcurrentWriter writer) throws SQLException {
        for (var transaction = 0; transaction < TRANSACTIONS; transaction++) {
            writer.runTransaction();
        }
        return null;
    }

    private Void repeatUntilFinished(Callable<Void> task) throws Exception {
        do {
            task.call();
        } while (!isFinished.get());
        return null;
    }

    private <A> Void queryAndCheck(Supplier<A> question, AnswerCheck<A> judgement) {
        var oldest = writers.stream().map(ConcurrentWriter::committedState).toList();
        var answered = answerUnlessLocked(question);
        if (answered.isEmpty()) {
            return null;
        }
        var answer = answered.get();
        for (var writer : writers) {
            var sighting = judgement.check(writer, answer, oldest.get(writer.number()));
            checkCount.incrementAndGet();
            if (!sighting.isPossible()) {
                violations.add(sighting.toString());
            }
        }
        return null;
    }

    /** Who stands behind a TRUNCATE that waits for a conversation is refused after half a second: no answer, but no wrong one. */
    private static <A> Optional<A> answerUnlessLocked(Supplier<A> question) {
        try {
            return Optional.of(question.get());
        } catch (UnavailableException refusal) {
            if (!"another session keeps a table locked".equals(refusal.getMessage())) {
                throw refusal;
            }
            return Optional.empty();
        }
    }

    private interface AnswerCheck<A> {
        WriterObservation check(ConcurrentWriter writer, A answer, int oldest);
    }

    private Void fold() {
        try {
            ledger.maintain();
        } catch (UnavailableException killed) {
            // By killFolds; the next one will do.
        }
        return null;
    }

    private Void audit() {
        violations.addAll(rollups.audit().differences());
        return null;
    }

    private Void truncate() throws Exception {
        Thread.sleep(100);
        truncation.writeLock().lock();
        try {
            writers.forEach(ConcurrentWriter::beginTruncation);
            database.execute("TRUNCATE tokens");
            writers.forEach(ConcurrentWriter::endTruncation);
        } finally {
            truncation.writeLock().unlock();
        }
        return null;
    }

    private Void killFolds() throws Exception {
        kill("query LIKE '%coworking_analytics.fold(%'");
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

    private Void installRebuildUninstall() {
        rollups.install();
        violations.addAll(rollups.audit().differences());
        rollups.rebuild();
        violations.addAll(rollups.audit().differences());
        if (!isFinished.get()) {
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
