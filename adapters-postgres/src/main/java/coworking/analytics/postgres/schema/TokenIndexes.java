package coworking.analytics.postgres.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The indexes by which queries find the tokens of a time range and of a user.
 *
 * <p>Their columns hardly ever change. With {@code used_at} in them, the use of a token would update every index of the table. Queries read the
 * other columns from the row, and tokens that were created one after the other mostly lie beside each other.
 */
final class TokenIndexes {

    /** It does not wait: a session that waits in PostgreSQL holds a snapshot, and CREATE INDEX CONCURRENTLY waits for that snapshot. */
    private static final String TRY_LOCK_SQL = "SELECT pg_try_advisory_lock(5153, 3)";

    private static final List<TokenIndex> INDEXES = List.of(
            new TokenIndex("coworking_analytics_created_at", "created_at"),
            new TokenIndex("coworking_analytics_user_id", "user_id, created_at"));

    /**
     * CREATE INDEX CONCURRENTLY waits for older transactions. A TRUNCATE in one of them waits for the index in turn, and after a second, by
     * default, PostgreSQL cancels either of the two. With this timeout it is the index, unless the TRUNCATE began to wait in the second
     * before.
     */
    private static final String LOCK_TIMEOUT_SQL = "SET lock_timeout = '900ms'";

    /** The names of the indexes, as SQL lists them. */
    static final String NAMES = INDEXES.stream().map(TokenIndex::name).collect(Collectors.joining(", "));

    private TokenIndexes() {}

    /** Whether any of the indexes exists, valid or not. */
    static boolean anyExists(Connection connection) throws SQLException {
        for (var index : INDEXES) {
            if (index.exists(connection, "true")) {
                return true;
            }
        }
        return false;
    }

    /**
     * Creates the indexes that are missing or invalid after an interrupted attempt. The advisory lock ends with the session. A lock timeout
     * requires another attempt.
     *
     * @return whether it created any index
     */
    static boolean createMissing(Connection connection) throws SQLException {
        while (!Rollups.queryBoolean(connection, TRY_LOCK_SQL)) {
            Rollups.sleepBeforeRetry();
        }
        try (var statement = connection.createStatement()) {
            statement.execute(LOCK_TIMEOUT_SQL);
        }
        var isAnyNew = false;
        for (var index : INDEXES) {
            if (!index.exists(connection, "indisvalid")) {
                index.create(connection);
                isAnyNew = true;
            }
        }
        return isAnyNew;
    }

    private record TokenIndex(String name, String columns) {

        private boolean exists(Connection connection, String condition) throws SQLException {
            return Rollups.queryBoolean(connection, """
                    SELECT EXISTS (SELECT FROM pg_index
                                   JOIN pg_class ON pg_class.oid = indexrelid
                                   WHERE indrelid = to_regclass('tokens') AND relname = '{name}' AND {condition})""".replace("{name}", name)
                    .replace("{condition}", condition));
        }

        /** Does not block writers. PostgreSQL runs neither statement in a transaction. */
        private void create(Connection connection) throws SQLException {
            try (var statement = connection.createStatement()) {
                statement.execute("DROP INDEX CONCURRENTLY IF EXISTS " + name);
                statement.execute("CREATE INDEX CONCURRENTLY " + name + " ON tokens (" + columns + ")");
            }
        }
    }
}
