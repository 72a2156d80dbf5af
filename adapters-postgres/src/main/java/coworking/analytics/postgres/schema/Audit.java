package coworking.analytics.postgres.schema;

import coworking.analytics.application.port.out.AuditResult;
import coworking.analytics.domain.time.SpaceClock;
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

    private static final SqlQuery TRY_LOCK = new SqlQuery("audit lock", "SELECT pg_try_advisory_xact_lock(5153, 2) AS is_locked");

    // The lock, which takes no snapshot, keeps out a TRUNCATE, which would empty the tables for a snapshot too. One statement sees one snapshot.
    private static final String BEGIN_SQL = """
            SET TRANSACTION READ ONLY;
            LOCK TABLE tokens IN ACCESS SHARE MODE;
            SELECT set_config(name, '0', true)
            FROM pg_settings
            WHERE name IN ('statement_timeout', 'transaction_timeout', 'idle_in_transaction_session_timeout')""";

    private static final SqlQuery DOUBT = new SqlQuery("doubt", """
            SELECT CASE WHEN NOT pg_is_in_recovery() THEN {rollups}.doubt('an audit found differences')::text END AS done""");

    private static final SqlQuery COMPARE = new SqlQuery("audit", """
            WITH returns AS (
                SELECT day, previous, sum(members) AS members
                FROM {rollups}.counts_by_return
                GROUP BY day, previous
                HAVING sum(members) <> 0
            ), counted_hours AS MATERIALIZED (
                {counted_hours}
            ), counted_days AS (
                SELECT created_at::date AS day, count(*) AS issued, count(used_at) AS used
                FROM tokens
                GROUP BY 1
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
                FULL JOIN {rollups}.counts_by_day AS kept USING (day)
                UNION ALL
                SELECT 2, 'hour ' || day || ' ' || lpad(hour::text, 2, '0'), day, hour,
                       coalesce(counted.issued, 0) || ' issued and ' || coalesce(counted.used, 0) || ' used',
                       coalesce(kept.issued, 0) || ' issued and ' || coalesce(kept.used, 0) || ' used'
                FROM counted_hours AS counted
                FULL JOIN {rollups}.counts_by_hour AS kept USING (day, hour)
                UNION ALL
                SELECT 3, 'user ' || user_id, NULL, user_id,
                       coalesce(counted.issued, 0) || ' issued and ' || coalesce(counted.used, 0) || ' used',
                       coalesce(kept.issued, 0) || ' issued and ' || coalesce(kept.used, 0) || ' used'
                FROM counted_users AS counted
                FULL JOIN {rollups}.counts_by_user AS kept USING (user_id)
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
            .insert("counted_hours", RollupBackfill.HOURS_SQL)
            .bind("max_named", MAX_NAMED_DIFFERENCES);

    private Audit() {}

    /** Audits, unless another session does. */
    public static Optional<AuditResult> unlessRunning(Connection connection, SpaceClock clock) throws SQLException {
        var availability = RollupAvailability.of(connection, clock);
        return audit(connection, availability, true);
    }

    static AuditResult of(Connection connection, RollupAvailability availability) throws SQLException {
        return audit(connection, availability, false).orElseThrow();
    }

    /** A difference ends the reliance on the roll-ups, for all replicas. */
    private static Optional<AuditResult> audit(Connection connection, RollupAvailability availability, boolean onlyOnce)
            throws SQLException {
        var schema = availability.schema();
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute(BEGIN_SQL);
            if (onlyOnce && !TRY_LOCK.single(connection, row -> row.getBoolean("is_locked"))) {
                return Optional.empty();
            }
            var result = of(availability.obstacle(), schema.in(COMPARE).list(connection, Audit::readDifference));
            connection.rollback();
            if (result.total() > (availability.obstacle().isEmpty() ? 0 : 1)) {
                statement.execute("SET TRANSACTION READ WRITE");
                var _ = schema.in(DOUBT).list(connection, row -> true);
                connection.commit();
            }
            return Optional.of(result);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
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
