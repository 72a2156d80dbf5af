package coworking.analytics.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coworking.analytics.application.port.UnavailableException;
import coworking.analytics.postgres.connection.DatabaseError;
import coworking.analytics.postgres.connection.DatabaseSettings;
import coworking.analytics.postgres.testing.EmbeddedDatabase;
import coworking.analytics.postgres.testing.TestDatabases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The embedded server trusts everybody; these tests make it ask one role for its password. */
class DatabasePasswordTest {

    private static final String SPECIAL_CHARACTERS = " p@ss'w\"o\\r:d/?&%20=#é{}$ ";

    private EmbeddedDatabase database;
    private Path hbaFile;
    private String originalRules;

    @BeforeEach
    void requirePassword() throws Exception {
        database = TestDatabases.empty();
        database.execute("CREATE ROLE \"o'dd role\" LOGIN PASSWORD '" + SPECIAL_CHARACTERS.replace("'", "''") + "'");
        database.execute("GRANT SELECT ON users, tokens TO \"o'dd role\"");
        hbaFile = Path.of(setting("hba_file"));
        originalRules = Files.readString(hbaFile);
        writeRules("host all \"o'dd role\" all scram-sha-256\n" + originalRules);
    }

    @AfterEach
    void restoreTrust() throws Exception {
        writeRules(originalRules);
        database.execute("DROP OWNED BY \"o'dd role\"; DROP ROLE \"o'dd role\"");
    }

    @Test
    void namesAndPasswordsMayContainAnyCharacter() {
        try (var ledger = PostgresTokenLedger.of(settings(SPECIAL_CHARACTERS))) {
            ledger.ensureReadable();
        }
    }

    @Test
    void aWrongPasswordIsReportedButNotShown() {
        try (var ledger = PostgresTokenLedger.of(settings("wr0ng"))) {
            assertThatThrownBy(ledger::ensureReadable)
                    .isInstanceOf(UnavailableException.class)
                    .hasMessage("the database refuses the user name or the password")
                    .hasStackTraceContaining("password authentication failed")
                    .satisfies(failure -> assertThat(DatabaseError.of(failure).detail()).contains("28P01").doesNotContain("wr0ng"));
        }
    }

    private DatabaseSettings settings(String password) {
        return TestDatabases.settings(new EmbeddedDatabase(database.host(), database.port(), database.name(), "o'dd role", password));
    }

    private void writeRules(String text) throws IOException, SQLException {
        Files.writeString(hbaFile, text);
        database.execute("SELECT pg_reload_conf()");
    }

    private String setting(String name) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SHOW " + name)) {
            row.next();
            return row.getString(1);
        }
    }
}
