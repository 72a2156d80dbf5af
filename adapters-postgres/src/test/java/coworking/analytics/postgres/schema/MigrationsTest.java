package coworking.analytics.postgres.schema;

import static coworking.analytics.postgres.testing.DatabaseCatalog.ORIGINAL_ROWS;
import static coworking.analytics.postgres.testing.DatabaseCatalog.ORIGINAL_TOKENS;
import static coworking.analytics.postgres.testing.DatabaseCatalog.ORIGINAL_USERS;
import static coworking.analytics.postgres.testing.DatabaseCatalog.everything;
import static coworking.analytics.postgres.testing.DatabaseCatalog.relations;
import static coworking.analytics.postgres.testing.DatabaseCatalog.structure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariDataSource;
import coworking.analytics.postgres.testing.EmbeddedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MigrationsTest {

    private static final String SESSION = """
            SELECT concat_ws(' ', current_setting('lock_timeout'), current_setting('search_path'),
                             (SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'advisory'))
            """;

    private EmbeddedDatabase database;

    @BeforeEach
    void createDatabase() throws SQLException {
        database = EmbeddedDatabase.create();
    }

    @Test
    void createsInAnEmptyDatabaseExactlyWhatTheOriginalScriptsCreate() throws SQLException {
        var original = EmbeddedDatabase.create();
        original.execute(ORIGINAL_USERS + ORIGINAL_TOKENS);

        var report = migrate();

        assertThat(report).isEqualTo(new Migrations.MigrationReport(List.of("users", "tokens"), List.of()));
        assertThat(report).hasToString("created users and tokens");
        assertThat(structure(database)).isEqualTo(structure(original));
        assertThat(relations(database)).containsExactly("public.databasechangelog", "public.tokens", "public.users");
    }

    @Test
    void adoptsWhatTheOriginalScriptsMadeWithoutWritingToIt() throws SQLException {
        database.execute(ORIGINAL_USERS + ORIGINAL_TOKENS + ORIGINAL_ROWS);
        var before = everything(database);

        var report = migrate();

        assertThat(report).isEqualTo(new Migrations.MigrationReport(List.of(), List.of("users", "tokens")));
        assertThat(report).hasToString("adopted users and tokens");
        assertThat(everything(database)).isEqualTo(before);
    }

    @Test
    void adoptsUsersAndCreatesTokensWhereOnlyUsersExists() throws SQLException {
        database.execute(ORIGINAL_USERS);

        var report = migrate();

        assertThat(report).isEqualTo(new Migrations.MigrationReport(List.of("tokens"), List.of("users")));
        assertThat(report).hasToString("created tokens, adopted users");
        assertThat(structure(database)).anyMatch(line -> line.startsWith("constraint tokens tokens_users_id_fk"));
    }

    @Test
    void findsNothingToDoTheNextTime() throws SQLException {
        migrate();
        var before = everything(database);

        var report = migrate();

        assertThat(report.isUpToDate()).isTrue();
        assertThat(report).hasToString("already up to date");
        assertThat(everything(database)).isEqualTo(before);
    }

    @Test
    void createsTablesInTheSchemaThatTheSearchPathNames() throws SQLException {
        database.execute("CREATE SCHEMA \"Door system\"");
        database.execute("ALTER DATABASE " + database.name() + " SET search_path = missing, \"Door system\", public");

        assertThat(migrate().created()).containsExactly("users", "tokens");
        assertThat(migrate().isUpToDate()).isTrue();
        assertThat(relations(database))
                .containsExactly("Door system.databasechangelog", "Door system.tokens", "Door system.users");
    }

    @Test
    void adoptsTablesWhereverTheSearchPathFindsThem() throws SQLException {
        database.execute(ORIGINAL_USERS + ORIGINAL_TOKENS);
        database.execute("CREATE SCHEMA analytics");
        database.execute("ALTER DATABASE " + database.name() + " SET search_path = missing, analytics, public");

        assertThat(migrate().adopted()).containsExactly("users", "tokens");
        assertThat(migrate().isUpToDate()).isTrue();
        assertThat(relations(database)).containsExactly("analytics.databasechangelog", "public.tokens", "public.users");
    }

    @Test
    void doesNotSeeTablesThatAQueryWouldNotFind() throws SQLException {
        database.execute("CREATE SCHEMA elsewhere; CREATE TABLE elsewhere.users (); CREATE TABLE elsewhere.tokens ()");

        assertThat(migrate().created()).containsExactly("users", "tokens");
    }

    @Test
    void reportsATableThatWasDroppedAfterItsCreation() throws SQLException {
        migrate();
        database.execute("DROP TABLE tokens");

        var failed = catchThrowableOfType(MigrationException.class, this::migrate);

        assertThat(failed.differences()).containsExactly("table tokens is missing");
    }

    @Test
    void restoresAPooledConnection() throws SQLException {
        try (var pool = poolOfOne()) {
            assertThat(new Migrations(pool).run().created()).isNotEmpty();
            assertIsAsItWas(pool);
        }
    }

    @Test
    void restoresAPooledConnectionAfterAFailure() throws SQLException {
        try (var pool = poolOfOne(); var other = database.connect()) {
            other.setAutoCommit(false);
            execute(other, "CREATE TABLE users ()");
            assertThatExceptionOfType(MigrationException.class).isThrownBy(new Migrations(pool)::run);
            assertIsAsItWas(pool);
        }
    }

    @Test
    void releasesTheLockAfterARefusal() throws SQLException {
        database.execute("CREATE TABLE users ()");
        try (var pool = poolOfOne()) {
            assertThatExceptionOfType(MigrationException.class).isThrownBy(new Migrations(pool)::run);
            assertIsAsItWas(pool);
        }
    }

    @Test
    void restoresTheModeOfAConnectionWhosePoolDoesNot() throws SQLException {
        try (var connection = database.connect()) {
            connection.setAutoCommit(false);
            new MigrationSession(connection, "5s").close();
            assertThat(connection.getAutoCommit()).isFalse();
        }
    }

    private Migrations.MigrationReport migrate() {
        return new Migrations(database.dataSource()).run();
    }

    private HikariDataSource poolOfOne() {
        var pool = new HikariDataSource();
        pool.setDataSource(database.dataSource());
        pool.setMaximumPoolSize(1);
        pool.setAutoCommit(false);
        pool.setConnectionInitSql("SET lock_timeout = '7s'; SET search_path = \"$user\", public");
        return pool;
    }

    private static void assertIsAsItWas(HikariDataSource pool) throws SQLException {
        try (var connection = pool.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(SESSION)) {
            row.next();
            assertThat(row.getString(1)).isEqualTo("7s \"$user\", public 0");
            assertThat(connection.getAutoCommit()).isFalse();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
