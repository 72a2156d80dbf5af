package coworking.analytics.rest.http;

import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.rest.OriginalUrls;
import coworking.analytics.rest.StubUsageReports;
import coworking.analytics.rest.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DrainTest {

    private final TestServer server = new TestServer(StubUsageReports.typical());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aConnectionOutlivesItsAnswersUntilTheServerDrains() {
        try (var connection = server.connect()) {
            assertThat(connection.request("GET", OriginalUrls.HEALTH).read().header("Connection")).isEqualTo("keep-alive");
            assertThat(connection.request("GET", OriginalUrls.HEALTH).read().header("Connection")).isEqualTo("keep-alive");
        }
        server.drain();

        try (var connection = server.connect()) {
            assertThat(connection.request("GET", OriginalUrls.HEALTH).read().header("Connection")).isEqualTo("close");
            assertThat(connection.isAtEnd()).isTrue();
        }
    }
}
