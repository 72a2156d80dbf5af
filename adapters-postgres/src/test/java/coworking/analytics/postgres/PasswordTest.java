package coworking.analytics.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coworking.analytics.application.port.out.LedgerUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The embedded server trusts everybody; these tests make it ask one role for its password. */
class PasswordTest {

    private static final String ODD = " p@ss'w\"o\\r:d/?&%20=#é{}$ ";

    private EmbeddedDatabase database;
    private Path rules;
    private String lenient;

    @BeforeEach
    void askForThePassword() throws Exception {
        database = Tables.empty();
        database.execute("CREATE ROLE \"o'dd role\" LOGIN PASSWORD '" + ODD.replace("'", "''") + "'");
        database.execute("GRANT SELECT ON users, tokens TO \"o'dd role\"");
        rules = Path.of(setting("hba_file"));
        lenient = Files.readString(rules);
        become("host all \"o'dd role\" all scram-sha-256\n" + lenient);
    }

    @AfterEach
    void trustEverybodyAgain() throws Exception {
        become(lenient);
        database.execute("DROP OWNED BY \"o'dd role\"; DROP ROLE \"o'dd role\"");
    }

    @Test
    void anyCharactersMayStandInNamesAndPasswords() {
        try (var ledger = PostgresTokenLedger.of(settings(ODD))) {
            ledger.ensureReadable();
        }
    }

    @Test
    void aWrongPasswordIsNamedButNotShown() {
        try (var ledger = PostgresTokenLedger.of(settings("wr0ng"))) {
            assertThatThrownBy(ledger::ensureReadable)
                    .isInstanceOf(LedgerUnavailable.class)
                    .hasMessage("the database refuses the user name or the password")
                    .hasStackTraceContaining("password authentication failed")
                    .satisfies(failure -> assertThat(Failure.of(failure).detail()).contains("28P01").doesNotContain("wr0ng"));
        }
    }

    private DatabaseSettings settings(String password) {
        return Tables.settings(new EmbeddedDatabase(database.host(), database.port(), database.name(), "o'dd role", password));
    }

    private void become(String text) throws IOException, SQLException {
        Files.writeString(rules, text);
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
