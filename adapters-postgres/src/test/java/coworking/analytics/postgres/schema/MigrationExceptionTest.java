package coworking.analytics.postgres.schema;

import static coworking.analytics.postgres.testing.DatabaseCatalog.ORIGINAL_USERS;
import static coworking.analytics.postgres.testing.DatabaseCatalog.relations;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import coworking.analytics.postgres.testing.EmbeddedDatabase;
import java.io.IOException;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MigrationExceptionTest {

    private EmbeddedDatabase database;

    @BeforeEach
    void createDatabase() throws SQLException {
        database = EmbeddedDatabase.create();
    }

    @Test
    void saysThatTheUserMayNotCreateTables() throws SQLException {
        var reader = database.name() + "_reader";
        database.execute("REVOKE CREATE ON SCHEMA public FROM public; CREATE ROLE " + reader + " LOGIN PASSWORD 'secret'");

        var failed = failure(database.withUser(reader));

        assertThat(failed).hasMessage("the database user may not create tables in its schema, or not refer to the table users");
        assertThat(relations(database)).isEmpty();
    }

    @Test
    void reportsAMissingSchema() throws SQLException {
        database.execute("ALTER DATABASE " + database.name() + " SET search_path = missing");

        assertThat(failure(database)).hasMessage("the search_path names no schema that the database user may use");
    }

    @Test
    void saysThatTheDatabaseIsReadOnly() throws SQLException {
        database.execute("ALTER DATABASE " + database.name() + " SET default_transaction_read_only = on");

        assertThat(failure(database)).hasMessage("the database is read-only");
    }

    @Test
    void saysThatTheDatabaseCannotBeReached() throws IOException {
        var nowhere = new EmbeddedDatabase(database.host(), unusedPort(), database.name(), database.user(), "secret");

        assertThat(failure(nowhere)).hasMessage("the database cannot be reached");
    }

    @Test
    void saysThatThereIsNoSuchDatabase() {
        var missing = new EmbeddedDatabase(database.host(), database.port(), "missing", database.user(), database.password());

        assertThat(failure(missing)).hasMessage("there is no database of that name");
    }

    @Test
    void givesUpSoonWhereALongTransactionKeepsATableLocked() throws SQLException {
        database.execute(ORIGINAL_USERS);
        try (var writer = database.connect(); var statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            statement.execute("INSERT INTO users (first_name, last_name, joined_at) VALUES ('Ada', 'Lovelace', now())");
            var start = Instant.now();

            assertThat(failure(database)).hasMessage("another transaction keeps a table locked");

            assertThat(Duration.between(start, Instant.now())).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(15));
            writer.commit();
        }
        assertThat(new Migrations(database.dataSource()).run().created()).containsExactly("tokens");
    }

    private static MigrationException failure(EmbeddedDatabase database) {
        var failed = catchThrowableOfType(MigrationException.class, () -> new Migrations(database.dataSource()).run());
        assertThat(failed.differences()).isEmpty();
        return failed;
    }

    private static int unusedPort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
