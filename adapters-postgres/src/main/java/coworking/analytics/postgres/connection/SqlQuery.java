package coworking.analytics.postgres.connection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement with named parameters, as in {@code WHERE id = :user_id::bigint}.
 *
 * <p>Every value is sent as text, so the statement casts it. {@link #insert} replaces a placeholder in braces by SQL.
 *
 * @param name names the statement in logs, metrics and traces
 * @param parameters the values by their names
 */
public record SqlQuery(String name, String sql, Map<String, String> parameters) {

    /** Neither a cast nor the minutes of a time are parameters. */
    private static final Pattern PARAMETER = Pattern.compile("(?<!:):([a-z][a-z0-9_]*)");

    private static final int FETCH_ALL = 0;

    public SqlQuery(String name, String sql) {
        this(name, sql, Map.of());
    }

    /** Copies the parameters. */
    public SqlQuery {
        parameters = Map.copyOf(parameters);
    }

    /** Sets a parameter; a later value replaces an earlier one. */
    public SqlQuery bind(String parameter, String value) {
        return bind(Map.of(parameter, value));
    }

    public SqlQuery bind(String parameter, long value) {
        return bind(parameter, Long.toString(value));
    }

    public SqlQuery bind(Map<String, String> values) {
        var all = new HashMap<>(parameters);
        all.putAll(values);
        return new SqlQuery(name, sql, all);
    }

    /** Replaces the placeholder <code>{placeholder}</code> by SQL. */
    public SqlQuery insert(String placeholder, String fragment) {
        return new SqlQuery(name, sql.replace("{" + placeholder + "}", fragment), parameters);
    }

    /** Returns all rows, which are few. */
    public <R> List<R> list(Connection connection, RowMapper<R> mapper) throws SQLException {
        try (var statement = prepare(connection, FETCH_ALL); var rows = statement.executeQuery()) {
            return readRows(rows, mapper, Integer.MAX_VALUE);
        }
    }

    /** Returns the only row. */
    public <R> R single(Connection connection, RowMapper<R> mapper) throws SQLException {
        return list(connection, mapper).getFirst();
    }

    /** Hands all rows to a reader; the driver fetches a few of them at a time if the connection is in a transaction. */
    public <R> void forEach(Connection connection, int fetchSize, RowMapper<R> mapper, Consumer<R> reader) throws SQLException {
        try (var statement = prepare(connection, fetchSize); var rows = statement.executeQuery()) {
            while (rows.next()) {
                reader.accept(mapper.map(rows));
            }
        }
    }

    PreparedStatement prepare(Connection connection, int fetchSize) throws SQLException {
        var names = new ArrayList<String>();
        var text = PARAMETER.matcher(sql).replaceAll(found -> {
            names.add(found.group(1));
            return Matcher.quoteReplacement("?");
        });
        var values = names.stream().map(this::valueOf).toList();
        var statement = connection.prepareStatement(text);
        statement.setFetchSize(fetchSize);
        for (var i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.get(i), Types.OTHER);
        }
        return statement;
    }

    private String valueOf(String parameter) {
        var value = parameters.get(parameter);
        if (value == null) {
            throw new IllegalStateException("The statement \"" + name + "\" has no value for the parameter " + parameter);
        }
        return value;
    }

    static <R> List<R> readRows(ResultSet rows, RowMapper<R> mapper, int maxRows) throws SQLException {
        var read = new ArrayList<R>();
        while (read.size() < maxRows && rows.next()) {
            read.add(mapper.map(rows));
        }
        return read;
    }
}
