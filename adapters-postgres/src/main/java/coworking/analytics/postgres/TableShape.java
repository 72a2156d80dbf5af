package coworking.analytics.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the reports need of a table, and how the table that a query would find differs from that.
 *
 * <p>It asks for no more than the queries rely on. Further columns, indexes, foreign keys, defaults and the names of constraints are
 * the business of whoever owns the table.
 */
record TableShape(String table, List<Column> columns) {

    static final List<TableShape> ALL = List.of(
            new TableShape("users", List.of(
                    column("id", "integer").required().distinct(),
                    column("first_name", "character varying(50)"),
                    column("last_name", "character varying(50)"),
                    column("joined_at", "timestamp without time zone"),
                    column("is_active", "boolean"))),
            new TableShape("tokens", List.of(
                    column("id", "integer").required(),
                    column("user_id", "integer").required(),
                    column("token", "character varying(6)"),
                    column("created_at", "timestamp without time zone").required(),
                    column("used_at", "timestamp without time zone"))));

    private static final Map<String, String> KINDS = Map.of(
            "r", "a table", "p", "a table", "v", "a view", "m", "a materialized view", "f", "a foreign table",
            "S", "a sequence", "c", "a composite type", "i", "an index", "I", "an index");

    /** To_regclass looks where a query looks, along the search_path. A NOT NULL that is not yet validated promises nothing. */
    private static final String FIND = """
            SELECT c.relkind, a.attname, format_type(a.atttypid, a.atttypmod) AS type,
                   a.attnotnull AND NOT EXISTS (
                       SELECT FROM pg_constraint n
                       WHERE n.conrelid = c.oid AND n.conkey = ARRAY[a.attnum] AND n.contype = 'n' AND NOT n.convalidated
                   ) AS is_required,
                   EXISTS (
                       SELECT FROM pg_index i
                       WHERE i.indrelid = c.oid AND i.indkey[0] = a.attnum AND i.indnkeyatts = 1
                         AND i.indisunique AND i.indisvalid AND i.indpred IS NULL
                   ) AS is_distinct
            FROM pg_class c
            LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            WHERE c.oid = to_regclass(?)
            """;

    /** How the tables differ, those left out that are not there. */
    static List<String> differencesOfExisting(Connection connection) throws SQLException {
        return differences(connection, List.of());
    }

    /** How the tables differ, a missing table being a difference. */
    static List<String> differences(Connection connection) throws SQLException {
        return differences(connection, List.of(" is missing"));
    }

    private static List<String> differences(Connection connection, List<String> whereMissing) throws SQLException {
        var differences = new ArrayList<String>();
        for (var shape : ALL) {
            shape.find(connection, whereMissing).forEach(how -> differences.add("table " + shape.table + how));
        }
        return differences;
    }

    private List<String> find(Connection connection, List<String> whereMissing) throws SQLException {
        try (var query = connection.prepareStatement(FIND)) {
            query.setString(1, table);
            try (var rows = query.executeQuery()) {
                return rows.next() ? differences(rows) : whereMissing;
            }
        }
    }

    private List<String> differences(ResultSet rows) throws SQLException {
        var kind = KINDS.getOrDefault(rows.getString("relkind"), "something else");
        return kind.equals("a table") ? differences(Column.read(rows)) : List.of(" is " + kind + ", expected a table");
    }

    private List<String> differences(Map<String, Column> found) {
        return columns.stream().flatMap(column -> column.differences(found)).toList();
    }

    private static Column column(String name, String type) {
        return new Column(name, type, false, false);
    }

    /**
     * A column as it should be, or as it is.
     *
     * @param isRequired it is never null
     * @param isDistinct it never has the same value twice
     */
    record Column(String name, String type, boolean isRequired, boolean isDistinct) {

        private static Map<String, Column> read(ResultSet rows) throws SQLException {
            var columns = new HashMap<String, Column>();
            do {
                columns.put(rows.getString("attname"), new Column(rows.getString("attname"), rows.getString("type"),
                        rows.getBoolean("is_required"), rows.getBoolean("is_distinct")));
            } while (rows.next());
            return columns;
        }

        private Column required() {
            return new Column(name, type, true, isDistinct);
        }

        private Column distinct() {
            return new Column(name, type, isRequired, true);
        }

        private Stream<String> differences(Map<String, Column> table) {
            var found = table.get(name);
            return (found == null ? Stream.of("is missing") : differences(found)).map(how -> ": column " + name + " " + how);
        }

        private Stream<String> differences(Column found) {
            var differences = Stream.<String>builder();
            if (!found.type.equals(type)) {
                differences.add("is " + found.type + ", expected " + type);
            }
            if (isRequired && !found.isRequired) {
                differences.add("may be null");
            }
            if (isDistinct && !found.isDistinct) {
                differences.add("is not unique");
            }
            return differences.build();
        }
    }
}
