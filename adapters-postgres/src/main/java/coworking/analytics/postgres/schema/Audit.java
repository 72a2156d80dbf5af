package coworking.analytics.postgres.schema;

import coworking.analytics.application.port.out.AuditResult;
import coworking.analytics.postgres.connection.SqlQuery;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The comparison of the roll-ups with the tables, in one snapshot: days before hours before users before returns. */
public final class Audit {

    static final int MAX_NAMED_DIFFERENCES = 100;

    private static final SqlQuery TRY_LOCK = new SqlQuery("audit lock", "SELECT pg_try_advisory_lock(5153, 2) AS is_locked");

    // The lock, which takes no snapshot, keeps out a TRUNCATE, which would empty the tables for a snapshot too. One statement sees one snapshot.
    private static final String LOCK_TOKENS_SQL = "LOCK TABLE tokens IN ACCESS SHARE MODE";

    private static final SqlQuery COMPARE = new SqlQuery("audit", """
            WITH returns AS (
                SELECT day, previous, sum(members) AS members
                FROM coworking_analytics.return_counts
                GROUP BY day, previous
                HAVING sum(members) <> 0
            ), counted_hours AS MATERIALIZED (
                SELECT created_at::date AS day, coalesce(date_part('hour', created_at), 0)::smallint AS hour,
                       count(*) AS issued, count(used_at) AS used
                FROM tokens
                GROUP BY 1, 2
            ), counted_days AS (
                SELECT day, sum(issued) AS issued, sum(used) AS used
                FROM counted_hours
                GROUP BY day
            ), counted_users AS (
                SELECT user_id::bigint AS user_id, count(*) AS issued, count(used_at) AS used
                FROM tokens
                GROUP BY 1
            ), counted_returns AS (
                {counted_returns}
            ), differences AS (
                SELECT 1 AS part, 'day ' || day AS subject, day::timestamp AS first_by, 0::bigint AS then_by,
                       coalesce(counted.issued, 0) || ' issued and ' || coalesce(counted.used, 0) || ' used' AS counted,
                       coalesce(kept.issued, 0) || ' issued and ' || coalesce(kept.used, 0) || ' used' AS kept
                FROM counted_days AS counted
                FULL JOIN coworking_analytics.day_counts AS kept USING (day)
                UNION ALL
                SELECT 2, 'hour ' || day || ' ' || lpad(hour::text, 2, '0'), day, hour,
                       coalesce(counted.issued, 0) || ' issued and ' || coalesce(counted.used, 0) || ' used',
                       coalesce(kept.issued, 0) || ' issued and ' || coalesce(kept.used, 0) || ' used'
                FROM counted_hours AS counted
                FULL JOIN coworking_analytics.hour_counts AS kept USING (day, hour)
                UNION ALL
                SELECT 3, 'user ' || user_id, NULL, user_id,
                       coalesce(counted.issued, 0) || ' issued and ' || coalesce(counted.used, 0) || ' used',
                       coalesce(kept.issued, 0) || ' issued and ' || coalesce(kept.used, 0) || ' used'
                FROM counted_users AS counted
                FULL JOIN coworking_analytics.user_counts AS kept USING (user_id)
                UNION ALL
                SELECT 4, 'return on ' || day || CASE previous WHEN 'infinity' THEN ' for the first time' ELSE ' after ' || previous END,
                       day, CASE previous WHEN 'infinity' THEN -999999999 ELSE previous - DATE '1970-01-01' END,
                       coalesce(counted.members, 0) || ' members', coalesce(kept.members, 0) || ' members'
                FROM counted_returns AS counted
                FULL JOIN returns AS kept USING (day, previous)
            )
            SELECT subject, counted, kept, count(*) OVER () AS total
            FROM differences
            WHERE counted <> kept
            ORDER BY part, first_by, then_by
            LIMIT :max_named::bigint""")
            .insert("counted_returns", RollupBackfill.RETURNS_SQL)
            .bind("max_named", MAX_NAMED_DIFFERENCES);

    private Audit() {}

    /** Audits, unless another session does. The lock ends with the session at the latest. */
    public static Optional<AuditResult> unlessRunning(Connection connection) throws SQLException {
        return TRY_LOCK.single(connection, row -> row.getBoolean("is_locked")) ? Optional.of(of(connection)) : Optional.empty();
    }

    static AuditResult of(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        try (var statement = connection.createStatement()) {
            statement.execute(LOCK_TOKENS_SQL);
            return of(RollupAvailability.obstacle(connection), COMPARE.list(connection, Audit::readDifference));
        } finally {
            connection.rollback();
        }
    }

    private static Difference readDifference(ResultSet row) throws SQLException {
        return new Difference(row.getString("subject") + ": the tables have " + row.getString("counted") + ", the roll-ups "
                + row.getString("kept"), row.getLong("total"));
    }

    /** An obstacle is a difference too: the service does not keep the roll-ups true. */
    private static AuditResult of(String obstacle, List<Difference> found) {
        var differences = new ArrayList<String>();
        if (!obstacle.isEmpty()) {
            differences.add("the roll-ups are not relied on: " + obstacle);
        }
        var total = differences.size() + (found.isEmpty() ? 0 : found.getFirst().total);
        found.forEach(difference -> differences.add(difference.sentence));
        return new AuditResult(differences, total);
    }

    private record Difference(String sentence, long total) {}
}
