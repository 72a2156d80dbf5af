package coworking.analytics.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DrainingTest {

    private final TestServer server = new TestServer(StubReports.typical());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aConnectionOutlivesItsAnswersUntilTheServerDrains() {
        try (var connection = server.connect()) {
            assertThat(connection.request("GET", Urls.HEALTH).read().header("Connection")).isEqualTo("keep-alive");
            assertThat(connection.request("GET", Urls.HEALTH).read().header("Connection")).isEqualTo("keep-alive");
        }
        server.drain();

        try (var connection = server.connect()) {
            assertThat(connection.request("GET", Urls.HEALTH).read().header("Connection")).isEqualTo("close");
            assertThat(connection.isAtEnd()).isTrue();
        }
    }
}
