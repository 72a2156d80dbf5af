package coworking.analytics.postgres.sql;

import coworking.analytics.postgres.connection.SqlQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The schema that has the roll-ups of the two tables, which the connection's search_path finds.
 *
 * <p>Each schema with the two tables has roll-ups of its own, so that several spaces can share a database. Statements write the schema as
 * <code>{rollups}</code>.
 *
 * @param name needs no quotes: lower-case letters, digits and underscores
 */
public record RollupSchema(String name) {

    /** The trigger of the tokens names the schema that it writes to. Without a trigger, the schema of the tables does. */
    private static final SqlQuery FIND = new SqlQuery("schema of the roll-ups", """
            SELECT coalesce(
                (SELECT CASE WHEN proname = 'token_inserted' THEN nspname ELSE left(proname, -length('_token_changed')) END
                 FROM pg_trigger
                 JOIN pg_proc ON pg_proc.oid = tgfoid
                 JOIN pg_namespace ON pg_namespace.oid = pronamespace
                 WHERE tgrelid = to_regclass('tokens')
                   AND (proname = 'token_inserted' AND nspname = 'coworking_analytics'
                        OR proname ~ '^coworking_analytics(_[a-z0-9_]+)?_token_changed$')
                 LIMIT 1),
                (SELECT CASE WHEN nspname = 'public' THEN 'coworking_analytics'
                             WHEN nspname ~ '^[a-z0-9_]{1,26}$' THEN 'coworking_analytics_' || nspname
                             ELSE 'coworking_analytics_' || left(md5(nspname), 16) END
                 FROM pg_class
                 JOIN pg_namespace ON pg_namespace.oid = relnamespace
                 WHERE pg_class.oid = to_regclass('tokens')),
                'coworking_analytics') AS name""");

    private static final SqlQuery OTHER_TABLE = new SqlQuery("other tables of the roll-ups", """
            SELECT tgrelid::regclass::text AS name
            FROM pg_trigger
            JOIN pg_proc ON pg_proc.oid = tgfoid
            JOIN pg_namespace ON pg_namespace.oid = pronamespace
            JOIN pg_class ON pg_class.oid = tgrelid
            WHERE (proname = '{rollups}_token_changed' OR proname = 'token_inserted' AND nspname = '{rollups}')
              AND relnamespace IS DISTINCT FROM (SELECT relnamespace FROM pg_class WHERE oid = to_regclass('tokens'))
            LIMIT 1""");

    /** Finds the schema that has the roll-ups of the two tables, or would have them if they were installed. */
    public static RollupSchema of(Connection connection) throws SQLException {
        return FIND.single(connection, row -> new RollupSchema(row.getString("name")));
    }

    /**
     * A table of tokens in another schema that the roll-ups belong to; empty if there is none. A table of the same schema that has the
     * triggers is a former table of tokens.
     */
    public Optional<String> otherTable(Connection connection) throws SQLException {
        return in(OTHER_TABLE).list(connection, row -> row.getString("name")).stream().findFirst();
    }

    /** The statement with this schema. */
    public SqlQuery in(SqlQuery query) {
        return query.insert("rollups", name);
    }

    /** The SQL with this schema. */
    public String in(String sql) {
        return sql.replace("{rollups}", name);
    }
}
