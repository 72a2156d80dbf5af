package coworking.analytics.postgres.sql;

import coworking.analytics.domain.fact.DayCounts;
import coworking.analytics.domain.fact.PackedUserCounts;
import coworking.analytics.domain.fact.UserCounts;
import coworking.analytics.postgres.connection.DatabaseClient;
import coworking.analytics.postgres.connection.SqlQuery;
import io.helidon.dbclient.DbRow;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Reads the counts of the two frozen reports, with one statement each.
 *
 * <p>The statements pack rows into arrays: DbClient looks up the columns again for every row, and a million users are read faster in
 * chunks. Dates and times are numbers that PostgreSQL computes, because a {@code java.sql.Timestamp} would pass through the time zone of this
 * process, which moves times in that zone's gaps.
 */
public final class CountsReader {

    /** The chunks of users in memory at once. */
    private static final int FETCHED_CHUNKS = 8;

    private final DatabaseClient database;

    public CountsReader(DatabaseClient database) {
        this.database = database;
    }

    /**
     * The statement that reads the counts of days from a query for date, issued and used, in which a date may come more than once.
     *
     * @param obstacle an expression that is empty if the counts can be relied on, in the same snapshot
     */
    public static String dayCountsSql(String counts, String obstacle) {
        // After grouping, the outer query moves days beyond our calendar to its ends, where tokens may be already.
        return """
            SELECT {obstacle} AS obstacle,
                   coalesce(array_agg(day ORDER BY day), '{}') AS days,
                   coalesce(array_agg(issued ORDER BY day), '{}') AS issued,
                   coalesce(array_agg(used ORDER BY day), '{}') AS used
            FROM (
                SELECT (CASE date WHEN 'infinity' THEN '9999-12-31'
                                  WHEN '-infinity' THEN '0001-01-01'
                                  ELSE date END - DATE '1970-01-01')::bigint AS day,
                       sum(issued)::bigint AS issued,
                       sum(used)::bigint AS used
                FROM ({counts}) AS counts
                GROUP BY 1
            ) AS days""".replace("{counts}", counts).replace("{obstacle}", obstacle);
    }

    /**
     * The statement that reads the counts of users from a query for user_id, issued and used, with one row for each user.
     *
     * @param obstacle an expression that is empty if the counts can be relied on, in the same snapshot
     */
    public static String userCountsSql(String counts, String obstacle) {
        // The last years of PostgreSQL overflow when microseconds are counted from 1970. Chunks keep a million users from being in memory twice.
        return """
            SELECT obstacle, user_ids, joined_micros, issued, used
            FROM (SELECT {obstacle} AS obstacle) AS reliance
            LEFT JOIN (
                SELECT chunk,
                       array_agg(user_id ORDER BY user_id) AS user_ids,
                       array_agg(joined_micros ORDER BY user_id) AS joined_micros,
                       array_agg(issued ORDER BY user_id) AS issued,
                       array_agg(used ORDER BY user_id) AS used
                FROM (
                    SELECT counts.user_id::bigint AS user_id,
                           (extract(epoch FROM CASE users.joined_at WHEN 'infinity' THEN '9999-12-31 23:59:59.999999'
                                                                    WHEN '-infinity' THEN '0001-01-01'
                                                                    ELSE users.joined_at END
                                               - TIMESTAMP '2000-01-01') * 1000000)::bigint AS joined_micros,
                           counts.issued::bigint AS issued,
                           counts.used::bigint AS used,
                           (row_number() OVER (ORDER BY counts.user_id) - 1) / 4096 AS chunk
                    FROM ({counts}) AS counts
                    LEFT JOIN users ON users.id = counts.user_id
                ) AS users
                GROUP BY chunk
            ) AS chunks ON obstacle = ''
            ORDER BY chunk""".replace("{counts}", counts).replace("{obstacle}", obstacle);
    }

    public CheckedCounts<List<DayCounts>> dayCounts(String sql) {
        return database.execute("day tallies", client -> {
            try (var rows = client.createNamedQuery("days", sql).execute()) {
                return rows.map(CountsReader::readDayCounts).findFirst().orElseThrow();
            }
        });
    }

    private static CheckedCounts<List<DayCounts>> readDayCounts(DbRow row) {
        var obstacle = row.column("obstacle").getString();
        return new CheckedCounts<>(obstacle, obstacle.isEmpty() ? readDays(row) : List.of());
    }

    private static List<DayCounts> readDays(DbRow row) {
        var days = toLongs(row.column("days").get(Array.class));
        var issued = toLongs(row.column("issued").get(Array.class));
        var used = toLongs(row.column("used").get(Array.class));
        return IntStream.range(0, days.length)
                .mapToObj(i -> new DayCounts(LocalDate.ofEpochDay(days[i]), issued[i], used[i]))
                .toList();
    }

    public CheckedCounts<PackedUserCounts> userCounts(String sql) {
        var query = new SqlQuery("user tallies", sql);
        return database.query(query.name(), connection -> readUserCounts(connection, query));
    }

    /** Only in a transaction does the driver fetch some rows at a time. */
    private static CheckedCounts<PackedUserCounts> readUserCounts(Connection connection, SqlQuery query) throws SQLException {
        var counts = new PackedUserCounts.Builder();
        var obstacles = new HashSet<String>();
        connection.setAutoCommit(false);
        query.forEach(connection, FETCHED_CHUNKS, CountsReader::readChunk, chunk -> {
            obstacles.add(chunk.obstacle);
            chunk.counts.forEach(counts::add);
        });
        connection.commit();
        return new CheckedCounts<>(String.join("", obstacles), counts.build());
    }

    private static CheckedCounts<List<UserCounts>> readChunk(ResultSet row) throws SQLException {
        var ids = row.getArray("user_ids");
        return new CheckedCounts<>(row.getString("obstacle"), ids == null ? List.of() : readUsers(toLongs(ids), row));
    }

    private static List<UserCounts> readUsers(Long[] userIds, ResultSet row) throws SQLException {
        var joined = toLongs(row.getArray("joined_micros"));
        var issued = toLongs(row.getArray("issued"));
        var used = toLongs(row.getArray("used"));
        return IntStream.range(0, userIds.length)
                .mapToObj(i -> new UserCounts(userIds[i], Optional.ofNullable(joined[i]).map(TimestampSql::ofMicros), issued[i], used[i]))
                .toList();
    }

    private static Long[] toLongs(Array array) {
        try {
            return (Long[]) array.getArray();
        } catch (SQLException failure) {
            throw new IllegalStateException("The array cannot be read", failure);
        }
    }

    /**
     * Counts, and whether they can be relied on.
     *
     * @param obstacle why they cannot be relied on; empty if they can
     * @param counts nothing if they cannot be relied on
     */
    public record CheckedCounts<T>(String obstacle, T counts) {}
}
