package coworking.analytics.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a comparison of the roll-ups with the tables has found.
 *
 * @param differences first what keeps the service from relying on the roll-ups, as a disabled trigger does, if anything; then the first
 *        of the wrong numbers, days before hours before users before returns; one sentence each; unmodifiable
 * @param total how many there are in all
 */
public record Audit(List<String> differences, long total) {

    static final int NAMED = 100;

    private static final String EXCLUDE_AUDITS = "SELECT pg_try_advisory_lock(5153, 2)";

    // No snapshot is safe from a TRUNCATE; the lock, which takes no snapshot, keeps it out. Then one statement sees one snapshot.
    private static final String KEEP_TRUNCATE_OUT = "LOCK TABLE tokens IN ACCESS SHARE MODE";

    private static final String COMPARE = """
            WITH wipe AS (
                SELECT max(id) AS id FROM coworking_analytics.journal WHERE wipes
            ), journal AS MATERIALIZED (
                SELECT user_id, day, hour, issued, used
                FROM coworking_analytics.journal
                WHERE id > coalesce((SELECT id FROM wipe), 0)
            ), days AS (
                SELECT day, sum(issued) AS issued, sum(used) AS used
                FROM (
                    SELECT day, issued, used FROM coworking_analytics.by_day WHERE (SELECT id FROM wipe) IS NULL
                    UNION ALL
                    SELECT day, issued, used FROM journal WHERE day IS NOT NULL
                ) AS kept
                GROUP BY day
                HAVING sum(issued) <> 0 OR sum(used) <> 0
            ), hours AS (
                SELECT day, hour, sum(issued) AS issued, sum(used) AS used
                FROM (
                    SELECT day, hour, issued, used FROM coworking_analytics.by_hour WHERE (SELECT id FROM wipe) IS NULL
                    UNION ALL
                    SELECT day, hour, issued, used FROM journal WHERE day IS NOT NULL
                ) AS kept
                GROUP BY day, hour
                HAVING sum(issued) <> 0 OR sum(used) <> 0
            ), users AS (
                SELECT user_id, sum(issued) AS issued, sum(used) AS used
                FROM (
                    SELECT user_id, issued, used FROM coworking_analytics.by_user WHERE (SELECT id FROM wipe) IS NULL
                    UNION ALL
                    SELECT user_id, issued, used FROM journal WHERE user_id IS NOT NULL
                ) AS kept
                GROUP BY user_id
                HAVING sum(issued) <> 0 OR sum(used) <> 0
            ), returns AS (
                SELECT day, previous, sum(members) AS members
                FROM (
                    SELECT day, previous, members FROM coworking_analytics.by_return WHERE (SELECT id FROM wipe) IS NULL
                    UNION ALL
                    SELECT day, previous, members FROM coworking_analytics.return_changes()
                ) AS kept
                GROUP BY day, previous
                HAVING sum(members) <> 0
            ), counted_hours AS MATERIALIZED (
                SELECT created_at::date AS day, coalesce(date_part('hour', created_at), 0)::smallint AS hour,
                       count(*) AS issued, count(used_at) AS used
                FROM tokens
                GROUP BY 1, 2
            ), differences AS (
                SELECT 1 AS part, 'day ' || day AS subject, day::timestamp AS first_by, 0::bigint AS then_by,
                       %1$s AS counted, %2$s AS kept
                FROM (SELECT day, sum(issued) AS issued, sum(used) AS used FROM counted_hours GROUP BY day) AS counted
                FULL JOIN days AS kept USING (day)
                UNION ALL
                SELECT 2, 'hour ' || day || ' ' || lpad(hour::text, 2, '0'), day, hour, %1$s, %2$s
                FROM counted_hours AS counted
                FULL JOIN hours AS kept USING (day, hour)
                UNION ALL
                SELECT 3, 'user ' || user_id, NULL, user_id, %1$s, %2$s
                FROM (SELECT user_id::bigint AS user_id, count(*) AS issued, count(used_at) AS used FROM tokens GROUP BY 1) AS counted
                FULL JOIN users AS kept USING (user_id)
                UNION ALL
                SELECT 4, 'return on ' || day || CASE previous WHEN 'infinity' THEN ' for the first time' ELSE ' after ' || previous END,
                       day, CASE previous WHEN 'infinity' THEN -999999999 ELSE previous - DATE '1970-01-01' END,
                       coalesce(counted.members, 0) || ' members', coalesce(kept.members, 0) || ' members'
                FROM (%3$s) AS counted
                FULL JOIN returns AS kept USING (day, previous)
            )
            SELECT subject, counted, kept, count(*) OVER () AS total
            FROM differences
            WHERE counted <> kept
            ORDER BY part, first_by, then_by
            LIMIT %4$d""".formatted(figures("counted"), figures("kept"), Filling.RETURNS, NAMED);

    private static String figures(String side) {
        return "coalesce(%1$s.issued, 0) || ' issued and ' || coalesce(%1$s.used, 0) || ' used'".formatted(side);
    }

    /** Makes a finding of its own copy. */
    public Audit {
        differences = List.copyOf(differences);
    }

    /** Whether the roll-ups say what the tables say, and will go on to. */
    public boolean isClean() {
        return total == 0;
    }

    /** Nothing where another session is at it. The lock is the session's, and ends with it at the latest. */
    static Optional<Audit> unlessUnderWay(Connection connection) throws SQLException {
        try (var statement = connection.createStatement(); var row = statement.executeQuery(EXCLUDE_AUDITS)) {
            row.next();
            return row.getBoolean(1) ? Optional.of(of(connection)) : Optional.empty();
        }
    }

    static Audit of(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        try (var statement = connection.createStatement()) {
            statement.execute(KEEP_TRUNCATE_OUT);
            var obstacle = RollupsInspection.obstacle(connection);
            try (var rows = statement.executeQuery(COMPARE)) {
                return of(obstacle, rows);
            } finally {
                connection.rollback();
            }
        }
    }

    /** Roll-ups that nobody keeps are a difference to come. */
    private static Audit of(String obstacle, ResultSet rows) throws SQLException {
        var differences = new ArrayList<String>();
        if (!obstacle.isEmpty()) {
            differences.add("the roll-ups are not relied on: " + obstacle);
        }
        var obstacles = differences.size();
        var total = (long) obstacles;
        while (rows.next()) {
            total = obstacles + rows.getLong("total");
            differences.add("%s: the tables have %s, the roll-ups %s".formatted(
                    rows.getString("subject"), rows.getString("counted"), rows.getString("kept")));
        }
        return new Audit(differences, total);
    }
}
