package coworking.analytics.postgres.schema;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Fills the roll-ups from the tables, on a live database.
 *
 * <p>One transaction sees one snapshot: it counts the tokens and deletes the journal rows of that snapshot, because it has counted their
 * tokens. Changes that are committed meanwhile are in neither, and stay in the journal.
 *
 * <p>The same transaction creates the roll-ups and their views, so that no reader sees them before they are filled.
 */
final class RollupBackfill {

    /** The lock that folds take. It precedes the snapshot, which might otherwise miss what a fold has just moved. */
    private static final String LOCK_FOLDS_SQL = "SELECT pg_advisory_lock(5153, 1)";
    private static final String UNLOCK_FOLDS_SQL = "SELECT pg_advisory_unlock(5153, 1)";

    /**
     * The number of members who visited on a day, by the day of their visit before; {@code infinity} if there is none. The visitors of a span
     * of days are those whose visit before a day of the span lies before the span.
     */
    static final String RETURNS_SQL = """
            SELECT day, previous, count(*) AS members
            FROM (
                SELECT day, coalesce(lag(day) OVER (PARTITION BY user_id ORDER BY day), 'infinity') AS previous
                FROM (
                    SELECT DISTINCT user_id, (CASE created_at WHEN 'infinity' THEN TIMESTAMP '9999-12-31'
                                                              WHEN '-infinity' THEN TIMESTAMP '0001-01-01'
                                                              ELSE created_at END)::date AS day
                    FROM tokens
                    WHERE used_at IS NOT NULL
                ) AS visit
            ) AS pairs
            GROUP BY day, previous
            ORDER BY day, previous""";

    // The lock keeps out a TRUNCATE, which would empty the tables for the snapshot too. It comes first, because it takes no snapshot.
    private static final String BACKFILL_SQL = """
            LOCK TABLE tokens IN ACCESS SHARE MODE;
            DELETE FROM coworking_analytics.journal;
            CREATE TABLE IF NOT EXISTS coworking_analytics.by_day (
                day date CONSTRAINT by_day_pk PRIMARY KEY,
                issued bigint NOT NULL,
                used bigint NOT NULL
            ) WITH (fillfactor = 70);
            CREATE TABLE IF NOT EXISTS coworking_analytics.by_hour (
                day date,
                hour smallint,
                issued bigint NOT NULL,
                used bigint NOT NULL,
                CONSTRAINT by_hour_pk PRIMARY KEY (day, hour)
            ) WITH (fillfactor = 70);
            CREATE TABLE IF NOT EXISTS coworking_analytics.by_return (
                day date,
                previous date,
                members bigint NOT NULL,
                CONSTRAINT by_return_pk PRIMARY KEY (day, previous)
            ) WITH (fillfactor = 70);
            CREATE TABLE IF NOT EXISTS coworking_analytics.by_user (
                user_id bigint CONSTRAINT by_user_pk PRIMARY KEY,
                issued bigint NOT NULL,
                used bigint NOT NULL
            ) WITH (fillfactor = 70);
            DELETE FROM coworking_analytics.by_day;
            DELETE FROM coworking_analytics.by_hour;
            DELETE FROM coworking_analytics.by_return;
            DELETE FROM coworking_analytics.by_user;
            INSERT INTO coworking_analytics.by_hour (day, hour, issued, used)
            SELECT created_at::date, coalesce(date_part('hour', created_at), 0), count(*), count(used_at) FROM tokens GROUP BY 1, 2 ORDER BY 1, 2;
            INSERT INTO coworking_analytics.by_day (day, issued, used)
            SELECT day, sum(issued), sum(used) FROM coworking_analytics.by_hour GROUP BY day ORDER BY day;
            INSERT INTO coworking_analytics.by_return (day, previous, members)
            {returns};
            INSERT INTO coworking_analytics.by_user (user_id, issued, used)
            SELECT user_id, count(*), count(used_at) FROM tokens GROUP BY 1 ORDER BY 1;
            CALL coworking_analytics.create_views();
            CALL coworking_analytics.admit_readers();
            UPDATE coworking_analytics.state
            SET generation = newest, complete = newest, triggers = coworking_analytics.triggers()
            FROM (SELECT greatest(generation + 1, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint) AS newest
                  FROM coworking_analytics.state) AS clock""".replace("{returns}", RETURNS_SQL);

    // Outside of the transaction, as PostgreSQL requires. The planner needs the statistics.
    private static final String VACUUM_SQL = """
            VACUUM ANALYZE coworking_analytics.by_day, coworking_analytics.by_hour, coworking_analytics.by_return,
                coworking_analytics.by_user, coworking_analytics.journal""";

    private RollupBackfill() {}

    static void run(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(LOCK_FOLDS_SQL);
            try {
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                connection.setAutoCommit(false);
                statement.execute(BACKFILL_SQL);
                connection.commit();
            } finally {
                if (!connection.getAutoCommit()) {
                    connection.rollback();
                    connection.setAutoCommit(true);
                }
                statement.execute(UNLOCK_FOLDS_SQL);
            }
            statement.execute(VACUUM_SQL);
        }
    }
}
