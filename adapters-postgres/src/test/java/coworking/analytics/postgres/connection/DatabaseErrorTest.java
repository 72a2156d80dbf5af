package coworking.analytics.postgres.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.dbclient.DbClientException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseErrorTest {

    private static final String SECRET = "SELECT 1 FROM secret WHERE password = 'hunter2' jdbc:postgresql://host";

    @ParameterizedTest
    @CsvSource({
            "08006, the database cannot be reached, true", "28P01, the database refuses the user name or the password, true",
            "28000, the database refuses the user name or the password, true", "3D000, there is no database of that name, true",
            "53300, the database has no connection to spare, true", "53100, the database has no resources to spare, false",
            "57P03, the database is starting up or shutting down, true",
            "42P01, a table is missing, false", "42703, a column is missing, false", "42501, the database user may not read a table, false",
            "55P03, another session keeps a table locked, false", "57014, the query took longer than it may, false",
            "XX000, the database failed with SQLSTATE XX000, false"})
    void theReasonDependsOnTheSqlStateAndShowsNoMore(String state, String reason, boolean unreachable) {
        var failure = DatabaseError.of(new DbClientException(SECRET, new SQLException(SECRET, state)));

        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.isUnreachable()).isEqualTo(unreachable);
    }

    @Test
    void theDriversErrorPrevailsOverThePools() {
        var timeout = new SQLTransientConnectionException("timed out", null, new SQLException(SECRET, "28P01"));

        assertThat(DatabaseError.of(timeout).reason()).isEqualTo("the database refuses the user name or the password");
    }

    @Test
    void aPoolTimeoutWithoutACauseMeansNoAnswer() {
        assertThat(DatabaseError.of(new SQLTransientConnectionException("timed out")).reason()).isEqualTo("the database does not answer");
    }

    @Test
    void otherExceptionsAreNotShownEither() {
        assertThat(DatabaseError.of(new IllegalStateException(SECRET)).reason()).isEqualTo("the database's answer could not be read");
    }
}
