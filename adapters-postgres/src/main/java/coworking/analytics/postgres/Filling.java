package coworking.analytics.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Makes the roll-ups out of the tables, on a live database.
 *
 * <p>Everything happens in one transaction that sees one snapshot: it counts the tokens and removes the journal rows that this same
 * snapshot shows, for their tokens are counted. Changes that are committed meanwhile are in neither, and stay in the journal.
 *
 * <p>The roll-ups themselves are made here, so that nobody ever reads any that are not filled.
 */
final class Filling {

    /** The same lock as the fold's. To be had before the snapshot is taken, or the snapshot might miss what a fold has just moved. */
    private static final String EXCLUDE_FOLDS = "SELECT pg_advisory_lock(5153, 1)";
    private static final String READMIT_FOLDS = "SELECT pg_advisory_unlock(5153, 1)";

    /**
     * How many members have a used token of a day, by the last day before it of which they have one; {@code infinity} where there is none.
     * A span of days has as many different visitors as there are returns on its days from before it.
     */
    static final String RETURNS = """
            SELECT day, previous, count(*) AS members
            FROM (
                SELECT day, coalesce(lag(day) OVER (PARTITION BY user_id ORDER BY day), 'infinity') AS previous
                FROM (SELECT DISTINCT user_id, (%s)::date AS day FROM tokens WHERE used_at IS NOT NULL) AS visit
            ) AS pairs
            GROUP BY day, previous
            ORDER BY day, previous""".formatted(Moments.finite("created_at"));

    // The lock keeps out a TRUNCATE, which no snapshot is safe from. It comes first, because it takes no snapshot.
    private static final String FILL = """
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
            %s;
            INSERT INTO coworking_analytics.by_user (user_id, issued, used)
            SELECT user_id, count(*), count(used_at) FROM tokens GROUP BY 1 ORDER BY 1;
            CALL coworking_analytics.admit_readers();
            UPDATE coworking_analytics.state
            SET generation = newest, complete = newest, triggers = coworking_analytics.triggers()
            FROM (SELECT greatest(generation + 1, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint) AS newest
                  FROM coworking_analytics.state) AS clock""".formatted(RETURNS);

    // Not in the transaction: a VACUUM never is. It lets the planner know what it has to do with.
    private static final String TIDY = """
            VACUUM ANALYZE coworking_analytics.by_day, coworking_analytics.by_hour, coworking_analytics.by_return,
                coworking_analytics.by_user, coworking_analytics.journal""";

    private Filling() {}

    static void fill(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(EXCLUDE_FOLDS);
            try {
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                connection.setAutoCommit(false);
                statement.execute(FILL);
                connection.commit();
            } finally {
                if (!connection.getAutoCommit()) {
                    connection.rollback();
                    connection.setAutoCommit(true);
                }
                statement.execute(READMIT_FOLDS);
            }
            statement.execute(TIDY);
        }
    }
}
