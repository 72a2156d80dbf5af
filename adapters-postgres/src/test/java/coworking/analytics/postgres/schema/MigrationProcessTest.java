package coworking.analytics.postgres.schema;

import static coworking.analytics.postgres.testing.DatabaseCatalog.lines;
import static coworking.analytics.postgres.testing.DatabaseCatalog.relations;
import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.postgres.testing.EmbeddedDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MigrationProcessTest {

    private static final String HOLDERS_OF_THE_LOCK = """
            SELECT pid FROM pg_locks JOIN pg_database d ON d.oid = database
            WHERE datname = current_database() AND locktype = 'advisory' AND granted
            """;
    private static final String WAITING_FOR_A_TABLE = """
            SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%CREATE TABLE%'
            """;
    private static final String WAITING_FOR_THE_LOCK = """
            SELECT pid FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE '%pg_try_advisory_lock%'
            """;

    private EmbeddedDatabase database;

    @BeforeEach
    void createDatabase() throws SQLException {
        database = EmbeddedDatabase.create();
    }

    @Test
    void leavesNoLockBehindWhenItIsKilled() throws Exception {
        try (var migration = MigrationProcess.start(database); var other = database.connect()) {
            createUsersWithoutCommitting(other);
            migration.startMigration();
            await(WAITING_FOR_A_TABLE);
            assertThat(lines(database, HOLDERS_OF_THE_LOCK)).isEqualTo(lines(database, WAITING_FOR_A_TABLE));

            migration.kill();
            other.rollback();
        }
        var start = Instant.now();

        assertThat(new Migrations(database.dataSource()).run().created()).containsExactly("users", "tokens");

        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(10));
        assertThat(lines(database, HOLDERS_OF_THE_LOCK)).isEmpty();
        assertThat(relations(database)).doesNotContain("public.databasechangeloglock");
    }

    @Test
    void waitsForAnotherMigrationAndThenFindsNothingToDo() throws Exception {
        try (var first = MigrationProcess.start(database);
                var second = MigrationProcess.start(database);
                var other = database.connect()) {
            createUsersWithoutCommitting(other);
            first.startMigration();
            await(WAITING_FOR_A_TABLE);
            second.startMigration();
            await(WAITING_FOR_THE_LOCK);
            other.rollback();

            assertThat(first.output()).isEqualTo("created users and tokens");
            assertThat(second.output()).isEqualTo("already up to date");
        }
    }

    @Test
    void letsAnyNumberBeginAtTheSameMoment() throws Exception {
        try (var one = MigrationProcess.start(database); var two = MigrationProcess.start(database)) {
            one.startMigration();
            two.startMigration();

            assertThat(List.of(one.output(), two.output()))
                    .containsExactlyInAnyOrder("created users and tokens", "already up to date");
        }
    }

    @Test
    void printsNothingOfItsOwnAndMakesNoWebRequest() throws IOException {
        try (var migration = MigrationProcess.start(database)) {
            assertThat(migration.startMigration().output()).isEqualTo("created users and tokens");
        }
    }

    private static void createUsersWithoutCommitting(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE users ()");
        }
    }

    private void await(String query) throws SQLException, InterruptedException {
        while (lines(database, query).isEmpty()) {
            Thread.sleep(20);
        }
    }
}
