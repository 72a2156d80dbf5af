package coworking.analytics.postgres.schema;

import static coworking.analytics.postgres.testing.DatabaseCatalog.ORIGINAL_ROWS;
import static coworking.analytics.postgres.testing.DatabaseCatalog.ORIGINAL_TOKENS;
import static coworking.analytics.postgres.testing.DatabaseCatalog.ORIGINAL_USERS;
import static coworking.analytics.postgres.testing.DatabaseCatalog.everything;
import static coworking.analytics.postgres.testing.DatabaseCatalog.relations;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import coworking.analytics.postgres.testing.EmbeddedDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ExpectedTableTest {

    @Test
    void refusesWithEveryDifferenceAtOnceAndChangesNothing() throws SQLException {
        var database = original();
        database.execute(
                "ALTER TABLE tokens DROP COLUMN used_at, ALTER created_at TYPE timestamptz; ALTER TABLE users ALTER id TYPE bigint");
        var relations = relations(database);
        var everything = everything(database);

        var failed = refusal(database);

        assertThat(failed.reason()).isEqualTo("the tables differ from what the reports need");
        assertThat(failed.differences()).containsExactly(
                "table users: column id is bigint, expected integer",
                "table tokens: column created_at is timestamp with time zone, expected timestamp without time zone",
                "table tokens: column used_at is missing");
        assertThat(failed).hasMessage(failed.reason() + ": " + String.join("; ", failed.differences()));
        assertThat(relations(database)).isEqualTo(relations);
        assertThat(everything(database)).isEqualTo(everything);
    }

    @Test
    void refusesBeforeItCreatesTheTableThatIsMissing() throws SQLException {
        var database = EmbeddedDatabase.create();
        database.execute("CREATE TABLE users (id integer NOT NULL)");

        assertThat(refusal(database).differences()).hasSize(5);
        assertThat(relations(database)).containsExactly("public.users");
    }

    @TestFactory
    Stream<DynamicTest> refuses() {
        return Stream.of(
                refuses("ALTER TABLE users DROP COLUMN joined_at", "table users: column joined_at is missing"),
                refuses("ALTER TABLE users RENAME is_active TO active", "table users: column is_active is missing"),
                refuses("ALTER TABLE users ALTER is_active DROP DEFAULT, ALTER is_active TYPE integer USING 1",
                        "table users: column is_active is integer, expected boolean"),
                refuses("ALTER TABLE users ALTER first_name TYPE text",
                        "table users: column first_name is text, expected character varying(50)"),
                refuses("ALTER TABLE users ALTER last_name TYPE varchar(40)",
                        "table users: column last_name is character varying(40), expected character varying(50)"),
                refuses("ALTER TABLE users ALTER joined_at TYPE date",
                        "table users: column joined_at is date, expected timestamp without time zone"),
                refuses("ALTER TABLE users DROP CONSTRAINT users_pk CASCADE", "table users: column id is not unique"),
                refuses("ALTER TABLE users DROP CONSTRAINT users_pk CASCADE; CREATE UNIQUE INDEX ON users (id) WHERE is_active",
                        "table users: column id is not unique"),
                refuses("ALTER TABLE users DROP CONSTRAINT users_pk CASCADE; CREATE UNIQUE INDEX ON users (id, last_name)",
                        "table users: column id is not unique"),
                refuses("ALTER TABLE users DROP CONSTRAINT users_pk CASCADE, ALTER id DROP NOT NULL, ADD UNIQUE (id)",
                        "table users: column id may be null"),
                refuses("ALTER TABLE tokens DROP CONSTRAINT tokens_pk, ALTER id DROP NOT NULL", "table tokens: column id may be null"),
                refuses("ALTER TABLE tokens ALTER user_id DROP NOT NULL", "table tokens: column user_id may be null"),
                refuses("ALTER TABLE tokens ALTER created_at DROP NOT NULL", "table tokens: column created_at may be null"),
                refuses("ALTER TABLE tokens ALTER token TYPE char(6)",
                        "table tokens: column token is character(6), expected character varying(6)"),
                refuses("ALTER TABLE tokens ALTER used_at TYPE timestamp(0)",
                        "table tokens: column used_at is timestamp(0) without time zone, expected timestamp without time zone"),
                refuses("ALTER TABLE tokens RENAME TO t; CREATE VIEW tokens AS SELECT * FROM t",
                        "table tokens is a view, expected a table"),
                refuses("ALTER TABLE tokens RENAME TO t; CREATE MATERIALIZED VIEW tokens AS SELECT * FROM t",
                        "table tokens is a materialized view, expected a table"),
                refuses("ALTER TABLE tokens RENAME TO t; CREATE SEQUENCE tokens", "table tokens is a sequence, expected a table"),
                refuses("""
                        ALTER TABLE tokens RENAME TO t; CREATE EXTENSION file_fdw; CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
                        CREATE FOREIGN TABLE tokens (id integer) SERVER files OPTIONS (filename '/dev/null')
                        """, "table tokens is a foreign table, expected a table"),
                refuses("DROP TABLE tokens; CREATE TABLE tokens ()",
                        "table tokens: column id is missing",
                        "table tokens: column user_id is missing",
                        "table tokens: column token is missing",
                        "table tokens: column created_at is missing",
                        "table tokens: column used_at is missing"));
    }

    @TestFactory
    Stream<DynamicTest> accepts() {
        return Stream.of(
                accepts("ALTER TABLE users ADD email text, ADD UNIQUE (email)"),
                accepts("ALTER TABLE users DROP COLUMN first_name; ALTER TABLE users ADD first_name varchar(50)"),
                accepts("ALTER TABLE users ALTER joined_at DROP NOT NULL, ALTER first_name DROP NOT NULL, ALTER is_active DROP NOT NULL"),
                accepts("DROP INDEX users_is_active_index"),
                accepts("ALTER TABLE tokens DROP CONSTRAINT tokens_users_id_fk"),
                accepts("ALTER TABLE users RENAME CONSTRAINT users_pk TO users_pkey"),
                accepts("ALTER TABLE users DROP CONSTRAINT users_pk CASCADE, ADD UNIQUE (id)"),
                accepts("ALTER TABLE tokens DROP CONSTRAINT tokens_pk"),
                accepts("ALTER TABLE tokens ALTER id DROP DEFAULT, ALTER created_at SET DEFAULT clock_timestamp()"),
                accepts("""
                        DROP TABLE tokens;
                        CREATE TABLE tokens (
                            id integer NOT NULL, user_id integer NOT NULL, token varchar(6),
                            created_at timestamp NOT NULL, used_at timestamp
                        ) PARTITION BY RANGE (created_at)
                        """));
    }

    @Test
    void doesNotTrustANotNullThatIsNotYetValidated() throws SQLException {
        var database = original();
        assumeTrue(version(database) >= 18, "PostgreSQL 18 brought NOT NULL constraints that are not valid");
        database.execute("ALTER TABLE tokens ALTER user_id DROP NOT NULL; ALTER TABLE tokens ADD CONSTRAINT n NOT NULL user_id NOT VALID");

        assertThat(refusal(database).differences()).containsExactly("table tokens: column user_id may be null");

        database.execute("ALTER TABLE tokens VALIDATE CONSTRAINT n");
        assertThat(migrate(database).adopted()).contains("tokens");
    }

    private static DynamicTest refuses(String change, String... differences) {
        return dynamicTest(change, () -> {
            var database = original();
            database.execute(change);
            assertThat(refusal(database).differences()).containsExactly(differences);
            assertThat(relations(database)).doesNotContain("public.databasechangelog");
        });
    }

    private static DynamicTest accepts(String change) {
        return dynamicTest(change, () -> {
            var database = original();
            database.execute(change);
            assertThat(migrate(database)).isEqualTo(new Migrations.MigrationReport(List.of(), List.of("users", "tokens")));
        });
    }

    private static MigrationException refusal(EmbeddedDatabase database) {
        return catchThrowableOfType(MigrationException.class, () -> migrate(database));
    }

    private static Migrations.MigrationReport migrate(EmbeddedDatabase database) {
        return new Migrations(database.dataSource()).run();
    }

    private static EmbeddedDatabase original() throws SQLException {
        var database = EmbeddedDatabase.create();
        database.execute(ORIGINAL_USERS + ORIGINAL_TOKENS + ORIGINAL_ROWS);
        return database;
    }

    private static int version(EmbeddedDatabase database) throws SQLException {
        try (var connection = database.connect()) {
            return connection.getMetaData().getDatabaseMajorVersion();
        }
    }
}
