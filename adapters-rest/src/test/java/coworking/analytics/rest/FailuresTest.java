package coworking.analytics.rest;

import static coworking.analytics.rest.StubReports.failing;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.application.port.in.Unavailable;
import java.sql.SQLException;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FailuresTest {

    private static final String SECRET = "jdbc:postgresql://db/space?password=hunter2";

    private LogCapture log;

    @BeforeEach
    void capture() {
        log = new LogCapture(Failures.class);
    }

    @AfterEach
    void release() {
        log.close();
    }

    @ParameterizedTest
    @MethodSource("coworking.analytics.rest.Urls#reports")
    void aReportThatIsUnavailableSaysWhyAndNothingMore(String url) {
        try (var server = new TestServer(failing(FailuresTest::unavailable))) {
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
    @MethodSource("coworking.analytics.rest.Urls#reports")
    void thatAReportIsUnavailableIsNotLoggedForEachCaller(String url) {
        try (var server = new TestServer(failing(FailuresTest::unavailable))) {
            server.get(url);
            assertThat(log.records()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("coworking.analytics.rest.Urls#reports")
    void aFailureThatNobodyExpectedTellsTheCallerNothing(String url) {
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
    @MethodSource("coworking.analytics.rest.Urls#reports")
    void aFailureThatNobodyExpectedIsLoggedOnceWithItsCause(String url) {
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
    @MethodSource("coworking.analytics.rest.Urls#reports")
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
    @MethodSource("coworking.analytics.rest.Urls#reports")
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
    @MethodSource("coworking.analytics.rest.Urls#reports")
    void aFailureIsNeitherNotModifiedNorToBeKept(String url) {
        try (var server = new TestServer(failing(FailuresTest::unavailable))) {
            var answer = server.get(url, "If-None-Match", "*");
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.headers().map()).doesNotContainKeys("etag", "cache-control");
        }
    }

    @ParameterizedTest
    @MethodSource("coworking.analytics.rest.Urls#reports")
    void aConnectionStaysUsableAfterAFailureEvenOfAHead(String url) {
        try (var server = new TestServer(failing(FailuresTest::unavailable)); var connection = server.connect()) {
            connection.request("HEAD", url).request("GET", Urls.HEALTH);
            var head = connection.readHead();
            assertThat(head.status()).isEqualTo(500);
            assertThat(head.header("Content-Length")).isNotEqualTo("0");
            assertThat(connection.read().body()).isEqualTo("ok");
        }
    }

    @ParameterizedTest
    @MethodSource("coworking.analytics.rest.Urls#reports")
    void theOtherMethodsDoNotAskForTheReport(String url) {
        try (var server = new TestServer(failing(FailuresTest::unavailable))) {
            assertThat(server.send("OPTIONS", url).statusCode()).isEqualTo(200);
            assertThat(server.send("POST", url).statusCode()).isEqualTo(405);
        }
    }

    private static Unavailable unavailable() {
        return new Unavailable("The database does not answer", new SQLException(SECRET));
    }
}
