package coworking.analytics.postgres;

import coworking.analytics.application.port.out.TokenLedger;
import coworking.analytics.application.port.out.Version;
import coworking.analytics.domain.DayTally;
import coworking.analytics.domain.UserTallies;
import coworking.analytics.domain.UserTally;
import io.helidon.dbclient.DbRow;
import java.sql.Array;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The ledger that reads the two tables as they are, one statement a question.
 *
 * <p>It needs nothing but the right to read. Each answer comes as one row of arrays, because DbClient looks at the columns' names
 * and types again for every row. Dates and times come as numbers that PostgreSQL computed, because a {@code java.sql.Timestamp}
 * would pass through this process's time zone and be moved where that zone has a gap.
 */
public final class PostgresTokenLedger implements TokenLedger, AutoCloseable {

    private static final long EPOCH_2000 = LocalDateTime.of(2000, 1, 1, 0, 0).toEpochSecond(ZoneOffset.UTC);
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;

    private final Database database;

    private PostgresTokenLedger(Database database) {
        this.database = database;
    }

    /** Makes a ledger without connecting: the database may be down, and may come and go. */
    public static PostgresTokenLedger of(DatabaseSettings settings) {
        return new PostgresTokenLedger(new Database(settings));
    }

    // Days beyond our calendar are moved to its ends after grouping, and may meet tokens that were there.
    private static final String DAY_TALLIES = """
            SELECT coalesce(array_agg(day ORDER BY day), '{}'),
                   coalesce(array_agg(issued ORDER BY day), '{}'),
                   coalesce(array_agg(used ORDER BY day), '{}')
            FROM (
                SELECT (CASE date WHEN 'infinity' THEN '9999-12-31'
                                  WHEN '-infinity' THEN '0001-01-01'
                                  ELSE date END - DATE '1970-01-01')::bigint AS day,
                       sum(issued)::bigint AS issued,
                       sum(used)::bigint AS used
                FROM (
                    SELECT created_at::date AS date, count(*) AS issued, count(used_at) AS used
                    FROM tokens
                    GROUP BY 1
                ) AS dates
                GROUP BY 1
            ) AS days""";

    @Override
    public List<DayTally> dayTallies() {
        return theRow("day tallies", DAY_TALLIES, row -> {
            var days = numbers(row, 1);
            var issued = numbers(row, 2);
            var used = numbers(row, 3);
            return IntStream.range(0, days.length)
                    .mapToObj(i -> new DayTally(LocalDate.ofEpochDay(days[i]), issued[i], used[i]))
                    .toList();
        });
    }

    // Microseconds since 2000 are what PostgreSQL itself keeps: its last years overflow when they are counted from 1970.
    private static final String USER_TALLIES = """
            SELECT coalesce(array_agg(user_id ORDER BY user_id), '{}'),
                   coalesce(array_agg(joined ORDER BY user_id), '{}'),
                   coalesce(array_agg(issued ORDER BY user_id), '{}'),
                   coalesce(array_agg(used ORDER BY user_id), '{}')
            FROM (
                SELECT tally.user_id::bigint,
                       (extract(epoch FROM CASE users.joined_at WHEN 'infinity' THEN '9999-12-31 23:59:59.999999'
                                                                WHEN '-infinity' THEN '0001-01-01'
                                                                ELSE users.joined_at END
                                           - TIMESTAMP '2000-01-01') * 1000000)::bigint AS joined,
                       tally.issued,
                       tally.used
                FROM (
                    SELECT user_id, count(*) AS issued, count(used_at) AS used
                    FROM tokens
                    GROUP BY user_id
                ) AS tally
                LEFT JOIN users ON users.id = tally.user_id
            ) AS tallies""";

    @Override
    public UserTallies userTallies() {
        return theRow("user tallies", USER_TALLIES, row -> {
            var userIds = numbers(row, 1);
            var joined = numbers(row, 2);
            var issued = numbers(row, 3);
            var used = numbers(row, 4);
            var tallies = new UserTallies.Builder();
            for (int i = 0; i < userIds.length; i++) {
                tallies.add(new UserTally(userIds[i], time(joined[i]), issued[i], used[i]));
            }
            return tallies.build();
        });
    }

    // No row is asked for, so none is looked for; the table's existence, its locks and the right to read it are checked all the same.
    static final String READABLE = "SELECT 1 FROM tokens LIMIT 0";

    @Override
    public void ensureReadable() {
        database.askQuickly("readiness", client -> {
            try (var rows = client.execute().query(READABLE)) {
                return rows.count();
            }
        });
    }

    /** None: queries leave no mark, and rows that were changed look like rows that were not. */
    @Override
    public Optional<Version> version() {
        return Optional.empty();
    }

    private <T> T theRow(String question, String sql, Function<DbRow, T> reading) {
        return database.ask(question, client -> {
            try (var rows = client.execute().query(sql)) {
                return rows.map(reading).findFirst().orElseThrow();
            }
        });
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

    /** Prepares for the first question, where there is time before it; fails never and promises nothing. */
    public void warmUp() {
        database.warmUp();
    }

    @Override
    public void close() {
        database.close();
    }
}
