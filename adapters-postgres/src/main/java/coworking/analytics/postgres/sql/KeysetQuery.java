package coworking.analytics.postgres.sql;

import coworking.analytics.postgres.connection.RowMapper;
import coworking.analytics.postgres.connection.SnapshotSession;
import coworking.analytics.postgres.connection.SqlQuery;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * A query for rows in the order of a unique key, from after a given key on (keyset pagination).
 *
 * <p>The statement always compares with a key; the key before all others asks for the first page.
 *
 * @param query has values for the key, and ends in {@code LIMIT :max_rows::bigint}
 * @param keyOf binds the key of a row
 * @param firstRows the number of rows that are asked for first. A page ends among them, and PostgreSQL need not sort the others;
 *        {@link #ALL_ROWS} where PostgreSQL would do most of the work twice
 */
public record KeysetQuery<R>(SqlQuery query, RowMapper<R> mapper, BiFunction<SqlQuery, R, SqlQuery> keyOf, long firstRows) {

    /** The longest page, and the row that tells whether there is another page. */
    public static final long PAGE_ROWS = 1_024;

    public static final long ALL_ROWS = Long.MAX_VALUE;

    /** Hands rows to a reader until it returns false. */
    public void forEachRow(SnapshotSession session, Predicate<R> reader) {
        if (firstRows == ALL_ROWS) {
            session.forEachRow(query.bind("max_rows", ALL_ROWS), mapper, reader);
            return;
        }
        var page = session.queryAll(query.bind("max_rows", firstRows), mapper);
        for (var row : page) {
            if (!reader.test(row)) {
                return;
            }
        }
        if (page.size() == firstRows) {
            session.forEachRow(keyOf.apply(query, page.getLast()).bind("max_rows", ALL_ROWS), mapper, reader);
        }
    }
}
