package coworking.analytics.postgres.schema;

import static java.util.stream.Collectors.joining;

import coworking.analytics.domain.time.SpaceClock;
import coworking.analytics.domain.time.SpaceClock.Shift;
import coworking.analytics.postgres.connection.SqlQuery;
import coworking.analytics.postgres.sql.RollupSchema;
import coworking.analytics.postgres.sql.TimestampSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Fills the roll-ups from the tables, on a live database.
 *
 * <p>One transaction sees one snapshot: it counts the tokens and deletes the journal rows of that snapshot, because it has counted their
 * tokens. Changes that are committed meanwhile are in neither, and stay in the journal.
 *
 * <p>The same transaction says what the roll-ups were filled from, and only then does a reader rely on them.
 */
final class RollupBackfill {

    /**
     * The number of members who visited on a day, by the day of their visit before; {@code infinity} if there is none. The visitors of a span
     * of days are those whose visit before a day of the span lies before the span.
     */
    static final String RETURNS_SQL = """
            SELECT day, previous, count(*) AS members
            FROM (
                SELECT day, coalesce(lag(day) OVER (PARTITION BY user_id ORDER BY day), 'infinity') AS previous
                FROM (
                    SELECT DISTINCT user_id, {rollups}.wall_day(created_at, (SELECT begins FROM {rollups}.clock_shifts),
                                                                (SELECT seconds FROM {rollups}.clock_shifts)) AS day
                    FROM tokens
                    WHERE used_at IS NOT NULL
                ) AS visit
            ) AS pairs
            GROUP BY day, previous
            ORDER BY day, previous""";

    /** The counts of tokens by day and hour of the wall clock. The hour of an infinity is the first one. */
    static final String HOURS_SQL = """
            SELECT at::date AS day, coalesce(date_part('hour', at), 0)::smallint AS hour, count(*) AS issued, count(used_at) AS used
            FROM (
                SELECT {rollups}.wall_time(created_at, (SELECT begins FROM {rollups}.clock_shifts),
                                           (SELECT seconds FROM {rollups}.clock_shifts)) AS at, used_at
                FROM tokens
            ) AS token
            GROUP BY 1, 2""";

    // The locks take no snapshot, so the snapshot is from after them. The first keeps out a TRUNCATE, which would empty the table for the
    // snapshot too; the second, folds, of which the snapshot might see half.
    private static final String LOCK_SQL = """
            SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ WRITE;
            LOCK TABLE tokens, users IN ACCESS SHARE MODE;
            LOCK TABLE {rollups}.state IN SHARE ROW EXCLUSIVE MODE;
            SELECT set_config(name, '0', true)
            FROM pg_settings
            WHERE name IN ('statement_timeout', 'transaction_timeout', 'idle_in_transaction_session_timeout')""";

    private static final String EMPTY_SQL = """
            SELECT set_config('coworking_analytics.filling', 'yes', true);
            INSERT INTO {rollups}.state (generation) VALUES (0) ON CONFLICT DO NOTHING;
            DELETE FROM {rollups}.journal;
            DELETE FROM {rollups}.clock_shift;
            DELETE FROM {rollups}.by_day;
            DELETE FROM {rollups}.by_hour;
            DELETE FROM {rollups}.by_return;
            DELETE FROM {rollups}.by_user""";

    private static final SqlQuery SET_CLOCK = new SqlQuery("clock", """
            WITH shifts AS (
                INSERT INTO {rollups}.clock_shift (begins, seconds)
                SELECT begins, seconds FROM unnest(:begins::timestamp[], :seconds::integer[]) AS shift (begins, seconds)
            )
            UPDATE {rollups}.state SET clock = :clock RETURNING clock""");

    private static final String FILL_SQL = """
            INSERT INTO {rollups}.by_hour (day, hour, issued, used)
            {hours} ORDER BY 1, 2;
            INSERT INTO {rollups}.by_day (day, issued, used)
            SELECT created_at::date, count(*), count(used_at) FROM tokens GROUP BY 1 ORDER BY 1;
            INSERT INTO {rollups}.by_return (day, previous, members)
            {returns};
            INSERT INTO {rollups}.by_user (user_id, issued, used)
            SELECT user_id, count(*), count(used_at) FROM tokens GROUP BY 1 ORDER BY 1;
            CALL {rollups}.create_return_changes();
            CALL {rollups}.admit_readers();
            UPDATE {rollups}.state
            SET generation = newest, complete = newest, doubt = NULL,
                tokens = present.tokens, file = present.file, source = present.source
            FROM (SELECT greatest(generation + 1, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint) AS newest
                  FROM {rollups}.state) AS clock,
                 {rollups}.present_source AS present""".replace("{hours}", HOURS_SQL).replace("{returns}", RETURNS_SQL);

    // Outside of the transaction, as PostgreSQL requires. The planner needs the statistics.
    private static final String VACUUM_SQL = """
            VACUUM ANALYZE {rollups}.by_day, {rollups}.by_hour, {rollups}.by_return, {rollups}.by_user, {rollups}.journal""";

    private RollupBackfill() {}

    static void run(Connection connection, RollupSchema schema, SpaceClock clock) throws SQLException {
        try (var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            try {
                statement.execute(schema.in(LOCK_SQL));
                statement.execute(schema.in(EMPTY_SQL));
                var _ = setClock(schema, clock).single(connection, row -> row.getString("clock"));
                statement.execute(schema.in(FILL_SQL));
                connection.commit();
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
            statement.execute(schema.in(VACUUM_SQL));
        }
    }

    private static SqlQuery setClock(RollupSchema schema, SpaceClock clock) {
        var shifts = clock.isIdentity() ? List.<Shift>of() : clock.shifts();
        return schema.in(SET_CLOCK)
                .bind("clock", clock.fingerprint())
                .bind("begins", shifts.stream().map(shift -> TimestampSql.toText(shift.begin())).collect(joining("\",\"", "{\"", "\"}"))
                        .replace("{\"\"}", "{}"))
                .bind("seconds", shifts.stream().map(shift -> Long.toString(shift.seconds())).collect(joining(",", "{", "}")));
    }
}
