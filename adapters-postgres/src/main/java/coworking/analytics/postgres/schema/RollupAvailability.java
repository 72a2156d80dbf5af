package coworking.analytics.postgres.schema;

import coworking.analytics.postgres.connection.SqlQuery;
import java.sql.Connection;
import java.sql.SQLException;

/** Checks whether the roll-ups of a database can be relied on. */
public final class RollupAvailability {

    // CASE stops at the first true condition: the functions for rights fail for a schema or a table that does not exist.
    private static final SqlQuery OBSTACLE = new SqlQuery("obstacle", """
            SELECT CASE
                WHEN NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = 'coworking_analytics')
                    THEN 'they are not installed'
                WHEN (SELECT count(*)
                      FROM pg_trigger
                      JOIN pg_proc ON pg_proc.oid = tgfoid
                      JOIN pg_namespace ON pg_namespace.oid = pronamespace
                      WHERE tgrelid IN (to_regclass('tokens'), to_regclass('users'))
                        AND nspname = 'coworking_analytics' AND tgenabled IN ('O', 'A')) <> 8
                    THEN 'their triggers are not all there and enabled'
                WHEN EXISTS (SELECT FROM pg_class WHERE oid IN (to_regclass('tokens'), to_regclass('users')) AND relrowsecurity)
                    THEN 'the tables show some rows to some users only'
                WHEN EXISTS (SELECT FROM pg_class WHERE oid IN (to_regclass('tokens'), to_regclass('users')) AND relkind = 'p')
                    OR EXISTS (SELECT FROM pg_inherits WHERE inhparent IN (to_regclass('tokens'), to_regclass('users')))
                    THEN 'the tables have partitions, which can change past the triggers'
                WHEN NOT EXISTS (SELECT FROM pg_class WHERE relname = 'by_user' AND relnamespace = to_regnamespace('coworking_analytics'))
                    THEN 'they are not filled yet'
                WHEN NOT EXISTS (SELECT FROM pg_class WHERE relname = 'user_counts' AND relnamespace = to_regnamespace('coworking_analytics'))
                    THEN 'they are of an older version of this program: install them again'
                WHEN NOT has_schema_privilege('coworking_analytics', 'USAGE')
                    OR NOT has_table_privilege('coworking_analytics.state', 'SELECT')
                    OR NOT has_table_privilege('coworking_analytics.journal', 'SELECT')
                    OR NOT has_table_privilege('coworking_analytics.day_counts', 'SELECT')
                    OR NOT has_table_privilege('coworking_analytics.hour_counts', 'SELECT')
                    OR NOT has_table_privilege('coworking_analytics.return_counts', 'SELECT')
                    OR NOT has_table_privilege('coworking_analytics.user_counts', 'SELECT')
                    OR NOT has_function_privilege('coworking_analytics.return_changes()', 'EXECUTE')
                    OR NOT has_function_privilege('coworking_analytics.triggers()', 'EXECUTE')
                    OR NOT has_function_privilege('pg_control_checkpoint()', 'EXECUTE')
                    THEN 'the database user may not read them'
                ELSE ''
            END AS obstacle""");

    private static final SqlQuery ALTERED_TRIGGERS = new SqlQuery("altered triggers", """
            SELECT CASE WHEN triggers IS DISTINCT FROM coworking_analytics.triggers()
                THEN 'their triggers were altered since they were filled, and changes may have gone past them: rebuild them'
                ELSE '' END AS obstacle
            FROM coworking_analytics.state""");

    private RollupAvailability() {}

    /** The reason why the roll-ups cannot be read, in a few words; empty if they can. */
    public static String obstacle(Connection connection) throws SQLException {
        var obstacle = read(OBSTACLE, connection);
        return obstacle.isEmpty() ? read(ALTERED_TRIGGERS, connection) : obstacle;
    }

    private static String read(SqlQuery query, Connection connection) throws SQLException {
        var obstacles = query.list(connection, row -> row.getString("obstacle"));
        return obstacles.isEmpty() ? "they have no state" : obstacles.getFirst();
    }
}
