package coworking.analytics.postgres.rollup;

import coworking.analytics.application.port.UnavailableException;
import coworking.analytics.application.port.out.LedgerObserver;
import coworking.analytics.application.port.out.LedgerObserver.FoldOutcome;
import coworking.analytics.postgres.connection.DatabaseClient;
import coworking.analytics.postgres.connection.SqlQuery;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;

/** Moves the journal into the roll-ups, in one transaction. Every query returns the same before, during and after it. */
public final class JournalFold {

    /** Dead rows slow down the readers of the journal. Fewer than these cost less than a VACUUM. */
    private static final long MIN_ROWS_FOR_VACUUM = 1_000;

    /** A database that stops answering delays the next fold by not much more than a fold may take. */
    private static final int NETWORK_TIMEOUT_MILLIS = 600_000;

    // A standby folds nothing: it receives what its primary folds.
    private static final SqlQuery FOLD = new SqlQuery("fold", """
            SELECT CASE WHEN pg_is_in_recovery() THEN NULL ELSE coworking_analytics.fold() END AS changes""");

    private static final SqlQuery JOURNAL_SIZE = new SqlQuery("journal size", """
            SELECT count(*) AS changes, (SELECT generation FROM coworking_analytics.state) AS generation
            FROM coworking_analytics.journal""");

    private JournalFold() {}

    /** Returns the number of changes that were moved; zero if another session folds. */
    public static long fold(DatabaseClient database, LedgerObserver observer) {
        var begin = System.nanoTime();
        try {
            var moved = database.runMaintenance(FOLD.name(), connection -> fold(connection, observer));
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

    private static OptionalLong fold(Connection connection, LedgerObserver observer) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, NETWORK_TIMEOUT_MILLIS);
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        var journal = JOURNAL_SIZE.single(connection, JournalFold::readSize);
        observer.journalMeasured(journal.changes, journal.generation);
        var moved = FOLD.single(connection, JournalFold::readChanges);
        if (moved.orElse(0) >= MIN_ROWS_FOR_VACUUM) {
            vacuumJournal(connection);
        }
        return moved;
    }

    /** Where another role owns the journal, PostgreSQL merely warns and leaves the work to the autovacuum. */
    private static void vacuumJournal(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("VACUUM coworking_analytics.journal");
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
}
