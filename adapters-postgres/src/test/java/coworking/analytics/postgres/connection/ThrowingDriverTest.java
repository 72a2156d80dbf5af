package coworking.analytics.postgres.connection;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import coworking.analytics.application.port.UnavailableException;
import coworking.analytics.application.port.out.LedgerObserver;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of whatever a driver throws in the middle of its work. */
class ThrowingDriverTest {

    private static final String SECRET = "SELECT hunter2";

    private final Connection connection = mock(Connection.class, RETURNS_DEEP_STUBS);
    private final DataSource driver = mock(DataSource.class);
    private DatabaseClient database;

    @BeforeEach
    void connect() throws SQLException {
        when(connection.isValid(anyInt())).thenReturn(true);
        when(driver.getConnection()).thenReturn(connection);
        database = new DatabaseClient(driver, driver, new DatabaseSettings(
                "host", 5432, "name", "user", "hunter2", "prefer", 3, Duration.ofSeconds(1), Duration.ofSeconds(30)),
                LedgerObserver.NO_OP);
    }

    @AfterEach
    void disconnect() {
        database.close();
    }

    @Test
    void anSqlExceptionIsTranslatedWithoutItsMessage() throws SQLException {
        when(connection.prepareStatement(anyString())).thenThrow(new SQLException(SECRET, "XX001"));

        assertThatThrownBy(this::query).isInstanceOf(UnavailableException.class)
                .hasMessage("the database failed with SQLSTATE XX001");
    }

    @Test
    void anUnexpectedExceptionIsTranslatedToo() throws SQLException {
        when(connection.prepareStatement(anyString())).thenThrow(new IllegalStateException(SECRET));

        assertThatThrownBy(this::query).isInstanceOf(UnavailableException.class)
                .hasMessage("the database's answer could not be read");
    }

    @Test
    void aConnectionIsReleasedWhereverTheDriverThrows() throws SQLException {
        when(connection.prepareStatement(anyString())).thenThrow(new SQLException(SECRET, "XX001"));

        for (int moreThanThePoolHolds = 0; moreThanThePoolHolds < 5; moreThanThePoolHolds++) {
            assertThatThrownBy(this::query).hasMessage("the database failed with SQLSTATE XX001");
        }
    }

    @Test
    void aBrokenConnectionIsRetriedOnce() throws SQLException {
        when(connection.prepareStatement(anyString())).thenThrow(new SQLException(SECRET, "08006"));

        assertThatThrownBy(this::query).hasMessage("the database cannot be reached");
        verify(connection, times(2)).prepareStatement("SELECT 1");
    }

    private void query() {
        database.execute("test", client -> {
            try (var rows = client.query("SELECT 1")) {
                return rows.count();
            }
        });
    }
}
