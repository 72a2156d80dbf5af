package coworking.analytics.postgres;

import io.helidon.dbclient.DbClient;
import java.sql.Connection;
import java.sql.SQLException;

/** Looks whether the roll-ups of a database can be relied on. */
final class RollupsInspection {

    private static final int TRIGGERS = 8;

    // A CASE stops at what is true first: the rights to a schema can only be asked for where there is one.
    private static final String OBSTACLE = """
            SELECT CASE
                WHEN NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = 'coworking_analytics')
                    THEN 'they are not installed'
                WHEN (SELECT count(*)
                      FROM pg_trigger
                      JOIN pg_proc ON pg_proc.oid = tgfoid
                      JOIN pg_namespace ON pg_namespace.oid = pronamespace
                      WHERE tgrelid IN (to_regclass('tokens'), to_regclass('users'))
                        AND nspname = 'coworking_analytics' AND tgenabled IN ('O', 'A')) <> %d
                    THEN 'their triggers are not all there and enabled'
                WHEN EXISTS (SELECT FROM pg_class WHERE oid IN (to_regclass('tokens'), to_regclass('users')) AND relrowsecurity)
                    THEN 'the tables show some rows to some users only'
                WHEN EXISTS (SELECT FROM pg_class WHERE oid IN (to_regclass('tokens'), to_regclass('users')) AND relkind = 'p')
                    OR EXISTS (SELECT FROM pg_inherits WHERE inhparent IN (to_regclass('tokens'), to_regclass('users')))
                    THEN 'the tables have partitions, which can change past the triggers'
                WHEN NOT EXISTS (SELECT FROM pg_class WHERE relname = 'by_user' AND relnamespace = to_regnamespace('coworking_analytics'))
                    THEN 'they are not filled yet'
                WHEN NOT EXISTS (SELECT FROM pg_class WHERE relname = 'by_return' AND relnamespace = to_regnamespace('coworking_analytics'))
                    THEN 'they are of an older version of this program: install them again'
                WHEN NOT has_schema_privilege('coworking_analytics', 'USAGE')
                    OR NOT has_table_privilege('coworking_analytics.state', 'SELECT')
                    OR NOT has_table_privilege('coworking_analytics.journal', 'SELECT')
                    OR NOT has_table_privilege('coworking_analytics.by_day', 'SELECT')
                    OR NOT has_table_privilege('coworking_analytics.by_hour', 'SELECT')
                    OR NOT has_table_privilege('coworking_analytics.by_return', 'SELECT')
                    OR NOT has_table_privilege('coworking_analytics.by_user', 'SELECT')
                    OR NOT has_function_privilege('coworking_analytics.return_changes()', 'EXECUTE')
                    OR NOT has_function_privilege('coworking_analytics.triggers()', 'EXECUTE')
                    OR NOT has_function_privilege('pg_control_checkpoint()', 'EXECUTE')
                    THEN 'the database user may not read them'
                ELSE ''
            END""".formatted(TRIGGERS);

    private static final String ALTERED = """
            SELECT CASE WHEN triggers IS DISTINCT FROM coworking_analytics.triggers()
                THEN 'their triggers were altered since they were filled, and changes may have gone past them: rebuild them'
                ELSE '' END
            FROM coworking_analytics.state""";

    private RollupsInspection() {}

    /** Why the roll-ups cannot be read, in a few words; empty where they can. */
    static String obstacle(DbClient client) {
        var obstacle = text(client, OBSTACLE);
        return obstacle.isEmpty() ? text(client, ALTERED) : obstacle;
    }

    /** The same, asked on a connection of one's own. */
    static String obstacle(Connection connection) throws SQLException {
        var obstacle = text(connection, OBSTACLE);
        return obstacle.isEmpty() ? text(connection, ALTERED) : obstacle;
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement(); var row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : "they have no state";
        }
    }

    private static String text(DbClient client, String sql) {
        try (var rows = client.execute().createNamedQuery("rollups", sql).execute()) {
            return rows.map(row -> row.column(1).get(String.class)).findFirst().orElse("they have no state");
        }
    }
}
