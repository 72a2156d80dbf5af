package coworking.analytics.postgres.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The columns that the reports need of a table, and the differences of the table that a query would find.
 *
 * <p>It checks only what the queries rely on. Further columns, indexes, foreign keys, defaults and the names of constraints are
 * up to the owner of the table.
 */
record ExpectedTable(String table, List<TableColumn> columns) {

    static final List<ExpectedTable> EXPECTED_TABLES = List.of(
            new ExpectedTable("users", List.of(
                    column("id", "integer").notNull().unique(),
                    column("first_name", "character varying(50)"),
                    column("last_name", "character varying(50)"),
                    column("joined_at", "timestamp without time zone"),
                    column("is_active", "boolean"))),
            new ExpectedTable("tokens", List.of(
                    column("id", "integer").notNull(),
                    column("user_id", "integer").notNull(),
                    column("token", "character varying(6)"),
                    column("created_at", "timestamp without time zone").notNull(),
                    column("used_at", "timestamp without time zone"))));

    private static final Map<String, String> RELATION_KINDS = Map.of(
            "r", "a table", "p", "a table", "v", "a view", "m", "a materialized view", "f", "a foreign table",
            "S", "a sequence", "c", "a composite type", "i", "an index", "I", "an index");

    /** Like a query, to_regclass looks along the search_path. A NOT NULL that is not validated does not hold for older rows. */
    private static final String COLUMNS_SQL = """
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

    /** The differences of the tables that exist. */
    static List<String> differencesOfExisting(Connection connection) throws SQLException {
        return differences(connection, List.of());
    }

    /** The differences of the tables; a missing table is a difference. */
    static List<String> differences(Connection connection) throws SQLException {
        return differences(connection, List.of(" is missing"));
    }

    private static List<String> differences(Connection connection, List<String> ifMissing) throws SQLException {
        var differences = new ArrayList<String>();
        for (var expected : EXPECTED_TABLES) {
            expected.findDifferences(connection, ifMissing)
                    .forEach(difference -> differences.add("table " + expected.table + difference));
        }
        return differences;
    }

    private List<String> findDifferences(Connection connection, List<String> ifMissing) throws SQLException {
        try (var query = connection.prepareStatement(COLUMNS_SQL)) {
            query.setString(1, table);
            try (var rows = query.executeQuery()) {
                return rows.next() ? differences(rows) : ifMissing;
            }
        }
    }

    private List<String> differences(ResultSet rows) throws SQLException {
        var kind = RELATION_KINDS.getOrDefault(rows.getString("relkind"), "something else");
        return kind.equals("a table") ? differences(TableColumn.readColumns(rows)) : List.of(" is " + kind + ", expected a table");
    }

    private List<String> differences(Map<String, TableColumn> found) {
        return columns.stream().flatMap(column -> column.differences(found)).toList();
    }

    private static TableColumn column(String name, String type) {
        return new TableColumn(name, type, false, false);
    }

    /**
     * A column, expected or found.
     *
     * @param isNotNull whether it is never null
     * @param isUnique whether it never has the same value twice
     */
    record TableColumn(String name, String type, boolean isNotNull, boolean isUnique) {

        private static Map<String, TableColumn> readColumns(ResultSet rows) throws SQLException {
            var columns = new HashMap<String, TableColumn>();
            do {
                columns.put(rows.getString("attname"), new TableColumn(rows.getString("attname"), rows.getString("type"),
                        rows.getBoolean("is_required"), rows.getBoolean("is_distinct")));
            } while (rows.next());
            return columns;
        }

        private TableColumn notNull() {
            return new TableColumn(name, type, true, isUnique);
        }

        private TableColumn unique() {
            return new TableColumn(name, type, isNotNull, true);
        }

        private Stream<String> differences(Map<String, TableColumn> table) {
            var found = table.get(name);
            return (found == null ? Stream.of("is missing") : differences(found)).map(how -> ": column " + name + " " + how);
        }

        private Stream<String> differences(TableColumn found) {
            var differences = Stream.<String>builder();
            if (!found.type.equals(type)) {
                differences.add("is " + found.type + ", expected " + type);
            }
            if (isNotNull && !found.isNotNull) {
                differences.add("may be null");
            }
            if (isUnique && !found.isUnique) {
                differences.add("is not unique");
            }
            return differences.build();
        }
    }
}
