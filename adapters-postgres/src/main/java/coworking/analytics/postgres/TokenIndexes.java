package coworking.analytics.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The indexes by which questions find the tokens of a stretch of time, and those of a user.
 *
 * <p>They are on what hardly ever changes. With {@code used_at} in them, using a token would have to touch every index of the table. What is
 * asked of a token besides is in its row, and tokens that were created one after the other mostly lie beside each other.
 */
final class TokenIndexes {

    /** To be had at once or not at all: who waits for it in PostgreSQL holds a snapshot, for which the building of an index waits in turn. */
    private static final String EXCLUDE_OTHERS = "SELECT pg_try_advisory_lock(5153, 3)";

    private static final List<Index> INDEXES = List.of(
            new Index("coworking_analytics_created_at", "created_at"),
            new Index("coworking_analytics_user_id", "user_id, created_at"));

    /**
     * The building waits for transactions that were there before it. A TRUNCATE among them waits for the building, and after a second, by
     * default, PostgreSQL would end either of the two. With this it is the building, but for a TRUNCATE that began to wait in the second
     * before the building did.
     */
    private static final String GIVE_WAY = "SET lock_timeout = '900ms'";

    /** Their names, as SQL lists them. */
    static final String NAMES = INDEXES.stream().map(Index::name).collect(Collectors.joining(", "));

    private TokenIndexes() {}

    /** Whether there is any of them, valid or not. */
    static boolean areThere(Connection connection) throws SQLException {
        for (var index : INDEXES) {
            if (index.isThere(connection, "true")) {
                return true;
            }
        }
        return false;
    }

    /**
     * Makes those that are not there, or of which only what an interrupted attempt left is. The lock against others ends with the session.
     * It may have to be tried again, for want of a lock.
     *
     * @return whether any had to be made
     */
    static boolean create(Connection connection) throws SQLException {
        while (!Rollups.exists(connection, EXCLUDE_OTHERS)) {
            Rollups.pause();
        }
        try (var statement = connection.createStatement()) {
            statement.execute(GIVE_WAY);
        }
        var isAnyNew = false;
        for (var index : INDEXES) {
            if (!index.isThere(connection, "indisvalid")) {
                index.create(connection);
                isAnyNew = true;
            }
        }
        return isAnyNew;
    }

    private record Index(String name, String columns) {

        private boolean isThere(Connection connection, String condition) throws SQLException {
            return Rollups.exists(connection, """
                    SELECT EXISTS (SELECT FROM pg_index
                                   JOIN pg_class ON pg_class.oid = indexrelid
                                   WHERE indrelid = to_regclass('tokens') AND relname = '%s' AND %s)""".formatted(name, condition));
        }

        /** While writers go on. Neither of the two statements is ever in a transaction. */
        private void create(Connection connection) throws SQLException {
            try (var statement = connection.createStatement()) {
                statement.execute("DROP INDEX CONCURRENTLY IF EXISTS " + name);
                statement.execute("CREATE INDEX CONCURRENTLY %s ON tokens (%s)".formatted(name, columns));
            }
        }
    }
}
