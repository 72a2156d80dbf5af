package coworking.analytics.postgres.testing;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What PostgreSQL knows about a database, as lines that a test can compare, and the tables as their owner's scripts make them. */
public final class DatabaseCatalog {

    public static final String ORIGINAL_USERS = """
            create table users
            (
                id         serial               not null constraint users_pk primary key,
                first_name varchar(50)          not null,
                last_name  varchar(50)          not null,
                joined_at  timestamp            not null,
                is_active  boolean default true not null
            );
            create index users_is_active_index on users (is_active);
            """;

    public static final String ORIGINAL_TOKENS = """
            create table tokens
            (
                id         serial                  not null constraint tokens_pk primary key,
                user_id    integer                 not null constraint tokens_users_id_fk references users,
                token      varchar(6)              not null,
                created_at timestamp default now() not null,
                used_at    timestamp
            );
            """;

    public static final String ORIGINAL_ROWS = """
            insert into users (first_name, last_name, joined_at)
            select 'First ' || n, 'Last ' || n, timestamp '2023-03-26 02:30' + n * interval '1 day' from generate_series(1, 10) n;
            insert into tokens (user_id, token, created_at, used_at)
            select n, '00000' || n % 10, timestamp '2023-03-26 02:30', timestamp '2023-03-26 02:25' from generate_series(1, 10) n;
            update tokens set used_at = null where user_id > 5;
            """;

    private static final String STRUCTURE = """
            SELECT concat_ws(' ', 'column', attrelid::regclass, attnum, attname, format_type(atttypid, atttypmod),
                             CASE WHEN attnotnull THEN 'not null' END, pg_get_expr(adbin, adrelid))
            FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
            WHERE attrelid IN ('users'::regclass, 'tokens'::regclass) AND attnum > 0
            UNION ALL
            SELECT concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid))
            FROM pg_constraint WHERE conrelid IN ('users'::regclass, 'tokens'::regclass)
            UNION ALL
            SELECT concat_ws(' ', 'index', pg_get_indexdef(indexrelid))
            FROM pg_index WHERE indrelid IN ('users'::regclass, 'tokens'::regclass)
            UNION ALL
            SELECT concat_ws(' ', 'sequence', sequencename, data_type, start_value, increment_by) FROM pg_sequences
            ORDER BY 1
            """;

    /** The transaction that wrote a row is in it, be it a row of the catalog or of the tables: a rewrite shows even where it changes nothing. */
    private static final String WRITES = """
            SELECT concat_ws(' ', 'relation', oid, xmin, relname, relfilenode, relkind)
            FROM pg_class WHERE relname ~ '^(users|tokens)'
            UNION ALL
            SELECT concat_ws(' ', 'column', attrelid, xmin, attname)
            FROM pg_attribute WHERE attrelid IN ('users'::regclass, 'tokens'::regclass)
            UNION ALL
            SELECT concat_ws(' ', 'constraint', oid, xmin, conname)
            FROM pg_constraint WHERE conrelid IN ('users'::regclass, 'tokens'::regclass)
            UNION ALL
            SELECT concat_ws(' ', 'trigger', oid, xmin, tgname)
            FROM pg_trigger WHERE tgrelid IN ('users'::regclass, 'tokens'::regclass)
            UNION ALL
            SELECT concat_ws(' ', 'user', ctid, xmin, xmax, users) FROM users
            UNION ALL
            SELECT concat_ws(' ', 'token', ctid, xmin, xmax, tokens) FROM tokens
            UNION ALL
            SELECT concat_ws(' ', 'sequence', schemaname, sequencename, last_value) FROM pg_sequences
            ORDER BY 1
            """;

    private static final String RELATIONS = """
            SELECT n.nspname || '.' || relname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
            WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_toast'
            ORDER BY 1
            """;

    private DatabaseCatalog() {}

    /** The definitions of the two tables. */
    public static List<String> structure(EmbeddedDatabase database) throws SQLException {
        return lines(database, STRUCTURE);
    }

    /** The definitions and the rows of the two tables, and which transactions wrote them. */
    public static List<String> everything(EmbeddedDatabase database) throws SQLException {
        var everything = new ArrayList<>(structure(database));
        everything.addAll(lines(database, WRITES));
        return everything;
    }

    /** The tables and views, each with its schema. */
    public static List<String> relations(EmbeddedDatabase database) throws SQLException {
        return lines(database, RELATIONS);
    }

    /** The first column of what a query finds. */
    public static List<String> lines(EmbeddedDatabase database, String query) throws SQLException {
        var lines = new ArrayList<String>();
        try (var connection = database.connect(); var statement = connection.createStatement(); var rows = statement.executeQuery(query)) {
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
        }
        return lines;
    }
}
