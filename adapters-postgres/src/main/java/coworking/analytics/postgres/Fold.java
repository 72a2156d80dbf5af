package coworking.analytics.postgres;

import coworking.analytics.application.port.out.LedgerUnavailable;
import coworking.analytics.postgres.DatabaseObserver.Folding;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalLong;

/** Moves the journal into the roll-ups, in one transaction: before, during and after it every answer is the same. */
final class Fold {

    /** Dead rows slow down whoever reads the journal. Below this they cost less than a VACUUM does. */
    private static final long WORTH_A_VACUUM = 1_000;

    /** A database that fell silent must not keep the next fold from its turn for much longer than a fold may take. */
    private static final int PATIENCE_MILLIS = 600_000;

    // A standby has nothing to fold: it is given what its primary folds.
    private static final String FOLD = "SELECT CASE WHEN pg_is_in_recovery() THEN NULL ELSE coworking_analytics.fold() END";

    private static final String COUNT = "SELECT count(*), (SELECT generation FROM coworking_analytics.state) FROM coworking_analytics.journal";

    private Fold() {}

    /** Returns how many changes were moved, zero where somebody else is at it. */
    static long fold(Database database, DatabaseObserver observer) {
        var begin = System.nanoTime();
        try {
            var moved = database.maintain("fold", connection -> fold(connection, observer));
            observer.folded(how(moved), moved.orElse(0), System.nanoTime() - begin);
            return moved.orElse(0);
        } catch (LedgerUnavailable failure) {
            observer.folded(Folding.FAILED, 0, System.nanoTime() - begin);
            throw failure;
        }
    }

    private static Folding how(OptionalLong moved) {
        if (moved.isEmpty()) {
            return Folding.ELSEWHERE;
        }
        return moved.getAsLong() == 0 ? Folding.NOTHING : Folding.FOLDED;
    }

    private static OptionalLong fold(Connection connection, DatabaseObserver observer) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, PATIENCE_MILLIS);
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        try (var statement = connection.createStatement()) {
            count(statement, observer);
            var folded = number(statement, FOLD);
            if (folded.orElse(0) >= WORTH_A_VACUUM) {
                // Where another role owns the journal PostgreSQL merely warns, and leaves it to the autovacuum.
                statement.execute("VACUUM coworking_analytics.journal");
            }
            return folded;
        }
    }

    private static void count(Statement statement, DatabaseObserver observer) throws SQLException {
        try (var row = statement.executeQuery(COUNT)) {
            row.next();
            observer.counted(row.getLong(1), row.getLong(2));
        }
    }

    private static OptionalLong number(Statement statement, String sql) throws SQLException {
        try (var row = statement.executeQuery(sql)) {
            row.next();
            var number = row.getLong(1);
            return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
        }
    }
}
