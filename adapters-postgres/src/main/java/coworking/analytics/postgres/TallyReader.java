package coworking.analytics.postgres;

import coworking.analytics.domain.DayTally;
import coworking.analytics.domain.UserTallies;
import coworking.analytics.domain.UserTally;
import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbRow;
import java.sql.Array;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Turns tallies that SQL has counted, wherever it found them, into the domain's, one statement a question.
 *
 * <p>They come as rows of arrays, because DbClient looks at the columns' names and types again for every row. Dates and times come
 * as numbers that PostgreSQL computed, because a {@code java.sql.Timestamp} would pass through this process's time zone and be
 * moved where that zone has a gap.
 */
final class TallyReader {

    private static final long EPOCH_2000 = LocalDateTime.of(2000, 1, 1, 0, 0).toEpochSecond(ZoneOffset.UTC);
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;

    private final Database database;

    TallyReader(Database database) {
        this.database = database;
    }

    /** The statement that reads the tallies of days out of a query for date, issued and used, where a date may come more than once. */
    static String daysFrom(String dates) {
        // Days beyond our calendar are moved to its ends after grouping, and may meet tokens that were there.
        return """
            SELECT coalesce(array_agg(day ORDER BY day), '{}'),
                   coalesce(array_agg(issued ORDER BY day), '{}'),
                   coalesce(array_agg(used ORDER BY day), '{}')
            FROM (
                SELECT (CASE date WHEN 'infinity' THEN '9999-12-31'
                                  WHEN '-infinity' THEN '0001-01-01'
                                  ELSE date END - DATE '1970-01-01')::bigint AS day,
                       sum(issued)::bigint AS issued,
                       sum(used)::bigint AS used
                FROM (%s) AS dates
                GROUP BY 1
            ) AS days""".formatted(dates.indent(4));
    }

    /** The statement that reads the tallies of users out of a query for user_id, issued and used, where a user comes once. */
    static String usersFrom(String tallies) {
        // Microseconds since 2000 are what PostgreSQL itself keeps: its last years overflow when they are counted from 1970.
        // Chunks keep a million users from being in memory twice: the driver fetches a few of them at a time.
        return """
            SELECT array_agg(user_id ORDER BY user_id),
                   array_agg(joined ORDER BY user_id),
                   array_agg(issued ORDER BY user_id),
                   array_agg(used ORDER BY user_id)
            FROM (
                SELECT tally.user_id::bigint,
                       (extract(epoch FROM CASE users.joined_at WHEN 'infinity' THEN '9999-12-31 23:59:59.999999'
                                                                WHEN '-infinity' THEN '0001-01-01'
                                                                ELSE users.joined_at END
                                           - TIMESTAMP '2000-01-01') * 1000000)::bigint AS joined,
                       tally.issued::bigint,
                       tally.used::bigint,
                       (row_number() OVER (ORDER BY tally.user_id) - 1) / 4096 AS chunk
                FROM (%s) AS tally
                LEFT JOIN users ON users.id = tally.user_id
            ) AS tallies
            GROUP BY chunk
            ORDER BY chunk""".formatted(tallies.indent(4));
    }

    List<DayTally> days(String sql) {
        return database.ask("day tallies", client -> {
            try (var rows = client.execute().createNamedQuery("days", sql).execute()) {
                return rows.map(TallyReader::days).findFirst().orElseThrow();
            }
        });
    }

    private static List<DayTally> days(DbRow row) {
        var days = numbers(row, 1);
        var issued = numbers(row, 2);
        var used = numbers(row, 3);
        return IntStream.range(0, days.length)
                .mapToObj(i -> new DayTally(LocalDate.ofEpochDay(days[i]), issued[i], used[i]))
                .toList();
    }

    /** In a transaction, for only there does the driver fetch a few rows at a time. */
    UserTallies users(String sql) {
        return database.ask("user tallies", client -> {
            var transaction = client.transaction();
            try {
                var tallies = users(transaction, sql);
                transaction.commit();
                return tallies;
            } catch (RuntimeException failure) {
                rollBack(transaction, failure);
                throw failure;
            }
        });
    }

    private static UserTallies users(DbExecute transaction, String sql) {
        var tallies = new UserTallies.Builder();
        try (var chunks = transaction.createNamedQuery("users", sql).execute()) {
            chunks.forEach(chunk -> add(chunk, tallies));
        }
        return tallies.build();
    }

    private static void add(DbRow chunk, UserTallies.Builder tallies) {
        var userIds = numbers(chunk, 1);
        var joined = numbers(chunk, 2);
        var issued = numbers(chunk, 3);
        var used = numbers(chunk, 4);
        for (int i = 0; i < userIds.length; i++) {
            tallies.add(new UserTally(userIds[i], time(joined[i]), issued[i], used[i]));
        }
    }

    private static void rollBack(io.helidon.dbclient.DbTransaction transaction, RuntimeException failure) {
        try {
            transaction.rollback();
        } catch (RuntimeException further) {
            failure.addSuppressed(further);
        }
    }

    private static Long[] numbers(DbRow row, int column) {
        try {
            return (Long[]) row.column(column).get(Array.class).getArray();
        } catch (SQLException failure) {
            throw new IllegalStateException("Unreadable array", failure);
        }
    }

    private static Optional<LocalDateTime> time(@Nullable Long micros) {
        return Optional.ofNullable(micros).map(since2000 -> LocalDateTime.ofEpochSecond(
                EPOCH_2000 + Math.floorDiv(since2000, MICROS_PER_SECOND),
                (int) Math.floorMod(since2000, MICROS_PER_SECOND) * NANOS_PER_MICRO,
                ZoneOffset.UTC));
    }
}
