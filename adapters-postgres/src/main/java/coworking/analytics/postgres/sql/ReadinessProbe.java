package coworking.analytics.postgres.sql;

import coworking.analytics.postgres.connection.DatabaseClient;

/** Checks that tokens can be read, which is what readiness means for both ledgers. */
public final class ReadinessProbe {

    // It reads no row, but PostgreSQL checks that the table exists, that it is not locked and that the role may read it.
    public static final String READABLE_SQL = "SELECT 1 FROM tokens LIMIT 0";

    private ReadinessProbe() {}

    public static void ensureReadable(DatabaseClient database) {
        database.probe("readiness", client -> {
            try (var rows = client.createNamedQuery("readable", READABLE_SQL).execute()) {
                return rows.count();
            }
        });
    }
}
