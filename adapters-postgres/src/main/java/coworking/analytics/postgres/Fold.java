package coworking.analytics.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/** Moves the journal into the roll-ups, in one transaction: before, during and after it every answer is the same. */
final class Fold {

    /** Dead rows slow down whoever reads the journal. Below this they cost less than a VACUUM does. */
    private static final long WORTH_A_VACUUM = 1_000;

    /** A database that fell silent must not keep the next fold from its turn for much longer than a fold may take. */
    private static final int PATIENCE_MILLIS = 600_000;

    // A standby has nothing to fold: it is given what its primary folds.
    private static final String FOLD = "SELECT CASE WHEN pg_is_in_recovery() THEN NULL ELSE coworking_analytics.fold() END";

    private Fold() {}

    /** Returns how many changes were moved, zero where somebody else is at it. */
    static long fold(Database database) {
        return database.maintain("fold", Fold::fold);
    }

    private static long fold(Connection connection) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, PATIENCE_MILLIS);
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        try (var statement = connection.createStatement()) {
            long folded;
            try (var row = statement.executeQuery(FOLD)) {
                row.next();
                folded = row.getLong(1);
            }
            if (folded >= WORTH_A_VACUUM) {
                // Where another role owns the journal PostgreSQL merely warns, and leaves it to the autovacuum.
                statement.execute("VACUUM coworking_analytics.journal");
            }
            return folded;
        }
    }
}
