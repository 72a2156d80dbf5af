package coworking.analytics.postgres.rollup;

import coworking.analytics.application.port.UnavailableException;
import coworking.analytics.application.port.out.LedgerObserver;
import coworking.analytics.application.port.out.LedgerObserver.FoldOutcome;
import coworking.analytics.postgres.connection.DatabaseClient;
import coworking.analytics.postgres.connection.SqlQuery;
import coworking.analytics.postgres.sql.RollupSchema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;

/** The upkeep of the journal: moves it into the roll-ups. Every query returns the same before, during and after it. */
public final class JournalFold {

    /** Dead rows slow down the readers of the journal. Fewer than these cost less than a VACUUM. */
    private static final long MIN_ROWS_FOR_VACUUM = 1_000;

    /** A database that stops answering delays the next fold by not much more than a fold may take. */
    private static final int NETWORK_TIMEOUT_MILLIS = 600_000;

    /** One transaction folds the changes of so many users at most. */
    private static final int MAX_USERS_AT_A_TIME = 10_000;

    /** A journal that nobody folds is worth less than its size from here on. */
    private static final long MAX_UNFOLDED_ROWS = 100_000;

    // A standby folds nothing: it receives what its primary folds.
    private static final SqlQuery FOLD = new SqlQuery("fold", """
            SELECT CASE WHEN pg_is_in_recovery() THEN NULL ELSE {rollups}.fold(:max_users::integer) END AS changes""")
            .bind("max_users", MAX_USERS_AT_A_TIME);

    private static final SqlQuery JOURNAL_SIZE = new SqlQuery("journal size", """
            SELECT count(*) AS changes, (SELECT generation FROM {rollups}.state) AS generation
            FROM {rollups}.journal""");

    private static final SqlQuery DISCARD = new SqlQuery("discard of the journal", """
            SELECT CASE WHEN pg_is_in_recovery() THEN 0 ELSE {rollups}.discard_journal(:max_rows::bigint, :reason) END AS changes""")
            .bind("max_rows", MAX_UNFOLDED_ROWS);

    private static final SqlQuery CAN_BE_DISCARDED = new SqlQuery("journal", """
            SELECT to_regprocedure('{rollups}.discard_journal(bigint,text)') IS NOT NULL AS exists""");

    // By their names, because a server that does not know one of them refuses to set it.
    private static final String LIFT_LIMITS_SQL = """
            SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE;
            SELECT set_config(name, '0', true)
            FROM pg_settings
            WHERE name IN ('statement_timeout', 'transaction_timeout', 'idle_in_transaction_session_timeout')""";

    private JournalFold() {}

    /** Folds the journal in pieces. Returns the number of changes that were moved; zero if another session folds. */
    public static long fold(DatabaseClient database, RollupSchema schema, LedgerObserver observer) {
        var begin = System.nanoTime();
        try {
            var moved = database.runMaintenance(FOLD.name(), connection -> fold(connection, schema, observer));
            observer.foldEnded(outcomeOf(moved), moved.orElse(0), System.nanoTime() - begin);
            return moved.orElse(0);
        } catch (UnavailableException failure) {
            observer.foldEnded(FoldOutcome.FAILED, 0, System.nanoTime() - begin);
            throw failure;
        }
    }

    private static FoldOutcome outcomeOf(OptionalLong moved) {
        if (moved.isEmpty()) {
            return FoldOutcome.ELSEWHERE;
        }
        return moved.getAsLong() == 0 ? FoldOutcome.NOTHING : FoldOutcome.FOLDED;
    }

    private static OptionalLong fold(Connection connection, RollupSchema schema, LedgerObserver observer) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, NETWORK_TIMEOUT_MILLIS);
        measure(connection, schema, observer);
        var first = foldPiece(connection, schema);
        if (first.isEmpty()) {
            return first;
        }
        var moved = first.getAsLong();
        for (var piece = moved; piece >= MAX_USERS_AT_A_TIME;) {
            piece = foldPiece(connection, schema).orElse(0);
            moved += piece;
        }
        if (moved >= MIN_ROWS_FOR_VACUUM) {
            vacuumJournal(connection, schema);
        }
        return OptionalLong.of(moved);
    }

    private static OptionalLong foldPiece(Connection connection, RollupSchema schema) throws SQLException {
        return inTransaction(connection, () -> schema.in(FOLD).single(connection, JournalFold::readChanges));
    }

    private static <T> T inTransaction(Connection connection, TransactionTask<T> task) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute(LIFT_LIMITS_SQL);
            var result = task.run();
            connection.commit();
            return result;
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private static void measure(Connection connection, RollupSchema schema, LedgerObserver observer) throws SQLException {
        var journal = schema.in(JOURNAL_SIZE).single(connection, JournalFold::readSize);
        observer.journalMeasured(journal.changes, journal.generation);
    }

    /**
     * Measures a journal that is not folded, because nobody relies on the roll-ups, and empties it before it gets too long. The roll-ups are then
     * not relied on until they are filled again.
     *
     * @param reason why nobody relies on them
     */
    public static void boundUnfolded(DatabaseClient database, RollupSchema schema, String reason, LedgerObserver observer) {
        var _ = database.runMaintenance(DISCARD.name(), connection -> {
            if (!schema.in(CAN_BE_DISCARDED).single(connection, row -> row.getBoolean("exists"))) {
                observer.journalMeasured(0, 0);
                return 0L;
            }
            measure(connection, schema, observer);
            return inTransaction(connection,
                    () -> schema.in(DISCARD).bind("reason", reason).single(connection, row -> row.getLong("changes")));
        });
    }

    /** Where another role owns the journal, PostgreSQL merely warns and leaves the work to the autovacuum. */
    private static void vacuumJournal(Connection connection, RollupSchema schema) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(schema.in("VACUUM {rollups}.journal"));
        }
    }

    private static OptionalLong readChanges(ResultSet row) throws SQLException {
        var changes = row.getLong("changes");
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(changes);
    }

    private static JournalSize readSize(ResultSet row) throws SQLException {
        return new JournalSize(row.getLong("changes"), row.getLong("generation"));
    }

    private record JournalSize(long changes, long generation) {}

    @FunctionalInterface
    private interface TransactionTask<T> {

        T run() throws SQLException;
    }
}
