package coworking.analytics.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * The index by which questions about a stretch of time find the tokens of that stretch.
 *
 * <p>It is on {@code created_at} alone. What is asked of a token besides is in its row, and tokens that were created one after the other mostly
 * lie beside each other. With {@code used_at} in it, using a token would have to touch every index of the table.
 */
final class CreationIndex {

    /** To be had at once or not at all: who waits for it in PostgreSQL holds a snapshot, for which the building of an index waits in turn. */
    private static final String EXCLUDE_OTHERS = "SELECT pg_try_advisory_lock(5153, 3)";

    private static final String IS_THERE = """
            SELECT EXISTS (SELECT FROM pg_index
                           JOIN pg_class ON pg_class.oid = indexrelid
                           WHERE indrelid = to_regclass('tokens') AND relname = 'coworking_analytics_created_at' AND %s)""";

    /**
     * The building waits for transactions that were there before it. A TRUNCATE among them waits for the building, and after a second, by
     * default, PostgreSQL would end either of the two: this way it is never the TRUNCATE.
     */
    private static final String GIVE_WAY = "SET lock_timeout = '900ms'";

    // Writers go on. Neither of the two is ever in a transaction.
    private static final String DROP = "DROP INDEX CONCURRENTLY IF EXISTS coworking_analytics_created_at";
    private static final String CREATE = "CREATE INDEX CONCURRENTLY coworking_analytics_created_at ON tokens (created_at)";

    private CreationIndex() {}

    static boolean isThere(Connection connection) throws SQLException {
        return Rollups.exists(connection, IS_THERE.formatted("true"));
    }

    /**
     * Makes the index where there is none, or only what an interrupted attempt left. The lock against others ends with the session. It may
     * have to be tried again, for want of a lock.
     *
     * @return whether it had to be made
     */
    static boolean create(Connection connection) throws SQLException {
        while (!Rollups.exists(connection, EXCLUDE_OTHERS)) {
            Rollups.pause();
        }
        if (Rollups.exists(connection, IS_THERE.formatted("indisvalid"))) {
            return false;
        }
        try (var statement = connection.createStatement()) {
            statement.execute(GIVE_WAY);
            statement.execute(DROP);
            statement.execute(CREATE);
            return true;
        }
    }
}
