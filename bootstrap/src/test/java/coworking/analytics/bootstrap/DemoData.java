package coworking.analytics.bootstrap;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import javax.sql.DataSource;

/** The made-up members and visits of a space, whose doors and database have clocks that differ by some minutes. */
final class DemoData {

    /** The time from one arrival to the next while the demo runs. */
    static final Duration ARRIVAL_INTERVAL = Duration.ofSeconds(20);

    private final DataSource database;

    DemoData(DataSource database) {
        this.database = database;
    }

    /** Statements that insert three months of visits, which end with a day. The same day gives the same visits. */
    static String visitsUntil(LocalDate lastDay) {
        return """
                SELECT setseed(0.5153);

                INSERT INTO users (first_name, last_name, joined_at, is_active)
                SELECT (ARRAY['Ada', 'Grace', 'Alan', 'Edsger', 'Barbara', 'Donald', 'Frances', 'Tony'])[1 + id % 8],
                       (ARRAY['Archer', 'Baker', 'Carter', 'Dyer', 'Fisher', 'Mason', 'Potter', 'Smith', 'Weaver'])[1 + id % 9],
                       TIMESTAMP '{last_day}' - INTERVAL '152 days' + INTERVAL '8 hours' + random() * INTERVAL '120 days',
                       random() < 0.9
                FROM generate_series(1, 240) AS id;

                INSERT INTO tokens (user_id, token, created_at, used_at)
                SELECT user_id, lpad((random() * 999999)::int::text, 6, '0'), created_at,
                       CASE WHEN random() < 0.7 THEN created_at - (1 + random() * 9) * INTERVAL '1 minute' END
                FROM (
                    SELECT 1 + (random() ^ 2 * 179)::int AS user_id,
                           day + INTERVAL '7 hours' + (random() + random()) * INTERVAL '6 hours' AS created_at
                    FROM generate_series(TIMESTAMP '{last_day}' - INTERVAL '91 days', TIMESTAMP '{last_day}', INTERVAL '1 day') AS day,
                         generate_series(1, CASE WHEN extract(isodow FROM day) > 5 THEN 12 ELSE 40 END)
                ) AS visits;
                """.replace("{last_day}", lastDay.toString());
    }

    /** Inserts three months of visits up to a moment. */
    void insertVisitsUntil(Instant now) throws SQLException {
        var utc = now.atOffset(ZoneOffset.UTC);
        execute(visitsUntil(utc.toLocalDate()) + "DELETE FROM tokens WHERE created_at > '" + utc.toLocalDateTime() + "'");
    }

    /** Inserts a visit of now at a time, until the thread is interrupted or the database is gone. */
    void insertArrivals() {
        try {
            while (true) {
                Thread.sleep(ARRIVAL_INTERVAL);
                execute("""
                        INSERT INTO tokens (user_id, token, created_at, used_at)
                        SELECT 1 + (random() ^ 2 * 179)::int, lpad((random() * 999999)::int::text, 6, '0'), now, now
                        FROM (SELECT now() AT TIME ZONE 'UTC' AS now) AS arrival""");
            }
        } catch (InterruptedException | SQLException end) {
            // The demo is over.
        }
    }

    private void execute(String statements) throws SQLException {
        try (var connection = database.getConnection(); var statement = connection.createStatement()) {
            statement.execute(statements);
        }
    }
}
