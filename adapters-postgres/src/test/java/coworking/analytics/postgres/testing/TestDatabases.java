package coworking.analytics.postgres.testing;

import coworking.analytics.postgres.connection.DatabaseSettings;
import java.sql.SQLException;
import java.time.Duration;

/** Databases in the states that ledger tests start from, and the settings to reach them. */
public final class TestDatabases {

    /** As the original's psql scripts make them. */
    public static final String TABLES_SQL = """
            CREATE TABLE users (
                id serial CONSTRAINT users_pk PRIMARY KEY,
                first_name varchar(50) NOT NULL,
                last_name varchar(50) NOT NULL,
                joined_at timestamp NOT NULL,
                is_active boolean DEFAULT true NOT NULL);
            CREATE INDEX users_is_active_index ON users (is_active);
            CREATE TABLE tokens (
                id serial CONSTRAINT tokens_pk PRIMARY KEY,
                user_id integer NOT NULL CONSTRAINT tokens_users_id_fk REFERENCES users,
                token varchar(6) NOT NULL,
                created_at timestamp DEFAULT now() NOT NULL,
                used_at timestamp);
            """;

    /** Lets in what real databases hold and the original's tables would not. */
    public static final String DROP_CONSTRAINTS_SQL = """
            ALTER TABLE tokens DROP CONSTRAINT tokens_users_id_fk;
            ALTER TABLE users ALTER joined_at DROP NOT NULL;
            """;

    private TestDatabases() {}

    public static EmbeddedDatabase empty() throws SQLException {
        var database = EmbeddedDatabase.create();
        database.execute(TABLES_SQL + DROP_CONSTRAINTS_SQL);
        return database;
    }

    /** Moves the journal into the roll-ups, as the service does every half a minute. */
    public static void fold(EmbeddedDatabase database) {
        try {
            database.execute("SELECT coworking_analytics.fold()");
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    public static DatabaseSettings settings(EmbeddedDatabase database) {
        return settings(database, database.port());
    }

    public static DatabaseSettings settings(EmbeddedDatabase database, int port) {
        return new DatabaseSettings(
                database.host(), port, database.name(), database.user(), database.password(), "prefer", 6, Duration.ofSeconds(1),
                Duration.ofSeconds(30));
    }
}
