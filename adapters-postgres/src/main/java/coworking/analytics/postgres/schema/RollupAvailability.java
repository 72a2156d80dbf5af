package coworking.analytics.postgres.schema;

import coworking.analytics.domain.time.SpaceClock;
import coworking.analytics.postgres.connection.SqlQuery;
import coworking.analytics.postgres.sql.RollupSchema;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Whether the roll-ups of a database can be relied on.
 *
 * @param schema the schema that has them, or would have them
 * @param obstacle the reason why they cannot be read, in a few words; empty if they can
 */
public record RollupAvailability(RollupSchema schema, String obstacle) {

    // CASE stops at the first true condition: the functions for rights fail for a schema or a table that does not exist.
    private static final SqlQuery OBSTACLE = new SqlQuery("obstacle", """
            SELECT CASE
                WHEN NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = '{rollups}')
                    THEN 'they are not installed'
                WHEN EXISTS (SELECT FROM pg_class WHERE oid IN (to_regclass('tokens'), to_regclass('users')) AND relrowsecurity)
                    THEN 'the tables show some rows to some users only'
                WHEN EXISTS (SELECT FROM pg_class WHERE oid IN (to_regclass('tokens'), to_regclass('users')) AND relkind = 'p')
                    OR EXISTS (SELECT FROM pg_inherits WHERE inhparent IN (to_regclass('tokens'), to_regclass('users')))
                    THEN 'the tables have partitions, which can change past the triggers'
                WHEN EXISTS (SELECT FROM pg_class WHERE oid IN (to_regclass('tokens'), to_regclass('users')) AND relpersistence <> 'p')
                    THEN 'the tables are UNLOGGED, so that a crash empties them past the triggers'
                WHEN NOT EXISTS (SELECT FROM pg_class WHERE relname = 'by_user' AND relnamespace = to_regnamespace('{rollups}'))
                    THEN 'they are not filled yet'
                WHEN NOT EXISTS (SELECT FROM pg_class WHERE relname = 'counts_by_user' AND relnamespace = to_regnamespace('{rollups}'))
                    THEN 'they are of an older version of this program: install them again'
                WHEN NOT has_schema_privilege('{rollups}', 'USAGE')
                    OR NOT has_table_privilege('{rollups}.state', 'SELECT')
                    OR NOT has_table_privilege('{rollups}.journal', 'SELECT')
                    OR NOT has_table_privilege('{rollups}.reliance', 'SELECT')
                    OR NOT has_table_privilege('{rollups}.counts_by_day', 'SELECT')
                    OR NOT has_table_privilege('{rollups}.counts_by_hour', 'SELECT')
                    OR NOT has_table_privilege('{rollups}.counts_by_return', 'SELECT')
                    OR NOT has_table_privilege('{rollups}.counts_by_user', 'SELECT')
                    OR NOT has_function_privilege('{rollups}.return_changes(bigint[])', 'EXECUTE')
                    OR NOT has_function_privilege('{rollups}.wall_time(timestamp, timestamp[], integer[])', 'EXECUTE')
                    OR NOT has_function_privilege('{rollups}.fold(integer)', 'EXECUTE')
                    OR NOT has_function_privilege('pg_control_checkpoint()', 'EXECUTE')
                    THEN 'the database user may not read them'
                ELSE ''
            END AS obstacle""");

    private static final SqlQuery RELIANCE = new SqlQuery("reliance", """
            SELECT CASE WHEN obstacle = '' AND clock <> :clock THEN 'they were filled for another time zone: install them again'
                        WHEN obstacle IN ('', 'they are not filled yet') THEN obstacle
                        ELSE obstacle || ': rebuild them' END AS obstacle
            FROM {rollups}.reliance""");

    /**
     * Looks at the roll-ups.
     *
     * @param clock the clock that they must have been filled for
     */
    public static RollupAvailability of(Connection connection, SpaceClock clock) throws SQLException {
        var schema = RollupSchema.of(connection);
        var otherTable = schema.otherTable(connection);
        if (otherTable.isPresent()) {
            return new RollupAvailability(schema, "those in the schema " + schema.name() + " belong to the table " + otherTable.get());
        }
        var obstacle = read(schema.in(OBSTACLE), connection);
        return new RollupAvailability(schema,
                obstacle.isEmpty() ? read(schema.in(RELIANCE).bind("clock", clock.fingerprint()), connection) : obstacle);
    }

    private static String read(SqlQuery query, Connection connection) throws SQLException {
        var obstacles = query.list(connection, row -> row.getString("obstacle"));
        return obstacles.isEmpty() ? "they have no state: rebuild them" : obstacles.getFirst();
    }
}
