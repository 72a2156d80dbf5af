package coworking.analytics.rest.http;

import static coworking.analytics.rest.StubUsageReports.failing;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.application.port.UnavailableException;
import coworking.analytics.rest.LogCapture;
import coworking.analytics.rest.OriginalUrls;
import coworking.analytics.rest.TestServer;
import java.sql.SQLException;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorMapperTest {

    private static final String SECRET = "jdbc:postgresql://db/space?password=hunter2";

    private LogCapture log;

    @BeforeEach
    void capture() {
        log = new LogCapture(ErrorMapper.class);
    }

    @AfterEach
    void release() {
        log.close();
    }

    @ParameterizedTest
    @MethodSource("coworking.analytics.rest.OriginalUrls#reports")
    void aReportThatIsUnavailableSaysWhyAndNothingMore(String url) {
        try (var server = new TestServer(failing(ErrorMapperTest::unavailable))) {
            var answer = server.get(url);
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/problem+json");
            assertThat(answer.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
            assertThat(answer.body())
                    .asString(UTF_8)
                    .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Internal Server Error\",\"status\":500,"
                            + "\"detail\":\"The database does not answer\",\"instance\":\"" + url + "\"}\n");
        }
    }

    @ParameterizedTest
    @MethodSource("coworking.analytics.rest.OriginalUrls#reports")
    void thatAReportIsUnavailableIsNotLoggedForEachCaller(String url) {
        try (var server = new TestServer(failing(ErrorMapperTest::unavailable))) {
            server.get(url);
            assertThat(log.records()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("coworking.analytics.rest.OriginalUrls#reports")
    void anUnexpectedFailureRevealsNothing(String url) {
        try (var server = new TestServer(failing(() -> new IllegalStateException(SECRET, new SQLException(SECRET))))) {
            var answer = server.get(url);
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body())
                    .asString(UTF_8)
                    .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Internal Server Error\",\"status\":500,"
                            + "\"detail\":\"The service failed to answer. The failure was logged.\",\"instance\":\"" + url + "\"}\n");
            assertThat(answer.headers().map().toString()).doesNotContain("hunter2");
        }
    }

    @ParameterizedTest
    @MethodSource("coworking.analytics.rest.OriginalUrls#reports")
    void anUnexpectedFailureIsLoggedOnceWithItsCause(String url) {
        var failure = new IllegalStateException(SECRET);
        try (var server = new TestServer(failing(() -> failure))) {
            server.get(url);
            assertThat(log.records()).singleElement().satisfies(logged -> {
                assertThat(logged.getLevel()).isEqualTo(Level.SEVERE);
                assertThat(logged.getMessage()).isEqualTo("GET " + url + " failed");
                assertThat(logged.getThrown()).isSameAs(failure);
            });
        }
    }

    @ParameterizedTest
    @MethodSource("coworking.analytics.rest.OriginalUrls#reports")
    void whereEachRequestFailsOneIsLogged(String url) {
        try (var server = new TestServer(failing(() -> {
            throw new StackOverflowError(SECRET);
        }))) {
            for (int i = 0; i < 20; i++) {
                assertThat(server.get(url).statusCode()).isEqualTo(500);
            }
            assertThat(log.records()).hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("coworking.analytics.rest.OriginalUrls#reports")
    void anErrorOfTheMachineIsAFailureLikeAnyOther(String url) {
        try (var server = new TestServer(failing(() -> {
            throw new StackOverflowError(SECRET);
        }))) {
            var answer = server.get(url);
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).asString(UTF_8).doesNotContain("hunter2");
        }
    }

    @ParameterizedTest
    @MethodSource("coworking.analytics.rest.OriginalUrls#reports")
    void aFailureIsNeitherNotModifiedNorToBeKept(String url) {
        try (var server = new TestServer(failing(ErrorMapperTest::unavailable))) {
            var answer = server.get(url, "If-None-Match", "*");
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.headers().map()).doesNotContainKeys("etag", "cache-control");
        }
    }

    @ParameterizedTest
    @MethodSource("coworking.analytics.rest.OriginalUrls#reports")
    void aConnectionStaysUsableAfterAFailureEvenOfAHead(String url) {
        try (var server = new TestServer(failing(ErrorMapperTest::unavailable)); var connection = server.connect()) {
            connection.request("HEAD", url).request("GET", OriginalUrls.HEALTH);
            var head = connection.readHead();
            assertThat(head.status()).isEqualTo(500);
            assertThat(head.header("Content-Length")).isNotEqualTo("0");
            assertThat(connection.read().body()).isEqualTo("ok");
        }
    }

    @ParameterizedTest
    @MethodSource("coworking.analytics.rest.OriginalUrls#reports")
    void theOtherMethodsDoNotAskForTheReport(String url) {
        try (var server = new TestServer(failing(ErrorMapperTest::unavailable))) {
            assertThat(server.send("OPTIONS", url).statusCode()).isEqualTo(200);
            assertThat(server.send("POST", url).statusCode()).isEqualTo(405);
        }
    }

    private static UnavailableException unavailable() {
        return new UnavailableException("The database does not answer", new SQLException(SECRET));
    }
}
