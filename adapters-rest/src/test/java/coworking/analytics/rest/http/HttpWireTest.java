package coworking.analytics.rest.http;

import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.rest.LogCapture;
import coworking.analytics.rest.OriginalUrls;
import coworking.analytics.rest.StubUsageReports;
import coworking.analytics.rest.TestServer;
import coworking.analytics.rest.spi.ExchangeObserver;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http1.Http1Connection;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What only bytes on a connection can show. */
@TestInstance(Lifecycle.PER_CLASS)
class HttpWireTest {

    private TestServer server;

    @BeforeAll
    void start() {
        server = new TestServer(StubUsageReports.typical());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @MethodSource("coworking.analytics.rest.OriginalUrls#all")
    void afterAHeadTheNextAnswerFollowsAtOnce(String url) {
        try (var connection = server.connect().request("HEAD", url).request("GET", url)) {
            var head = connection.readHead();
            var get = connection.read();
            assertThat(head.status()).isEqualTo(200);
            assertThat(get.status()).isEqualTo(200);
            assertThat(head.header("Content-Length")).isEqualTo(Integer.toString(get.body().length())).isNotEqualTo("0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "OPTIONS"})
    void nothingFollowsAnAnswerWithoutABody(String method) {
        try (var connection = server.connect()
                .write(method + " " + OriginalUrls.DAILY_USAGE + " HTTP/1.1\r\nHost: space\r\nConnection: close\r\n\r\n")) {
            assertThat(connection.readHead().status()).isEqualTo(200);
            assertThat(connection.isAtEnd()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "Content-Length: 5\r\n\r\nhello",
            "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"})
    void theBodyOfARefusedRequestIsNotTakenForTheNextOne(String body) {
        try (var connection = server.connect().write("POST " + OriginalUrls.HEALTH + " HTTP/1.1\r\nHost: space\r\n" + body)) {
            assertThat(connection.read().status()).isEqualTo(405);
            assertThat(connection.request("GET", OriginalUrls.HEALTH).read().body()).isEqualTo("ok");
        }
    }

    @Test
    void aLargeBodyIsRefusedLikeASmallOne() {
        try (var connection = server.connect().write(largePut("keep-alive"))) {
            assertThat(connection.read().status()).isEqualTo(405);
            assertThat(connection.request("GET", OriginalUrls.HEALTH).read().body()).isEqualTo("ok");
        }
    }

    @Test
    void aLargeBodyBeforeTheEndOfAConnectionDoesNotCostTheAnswer() {
        try (var connection = server.connect().write(largePut("close"))) {
            assertThat(connection.read().status()).isEqualTo(405);
            assertThat(connection.isAtEnd()).isTrue();
        }
    }

    private static String largePut(String connection) {
        return "PUT " + OriginalUrls.HEALTH + " HTTP/1.1\r\nHost: space\r\nConnection: " + connection
                + "\r\nContent-Length: 10000000\r\n\r\n"
                + "x".repeat(10_000_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "GET /health_check HTTP/1.1\r\nHost: space\r\nConnection: close\r\n\r\n",
            "GET /health_check HTTP/1.1\r\nHost: space\r\nConnection: Close\r\n\r\n",
            "GET /health_check HTTP/1.1\r\nHost: space\r\nConnection: TE, close\r\n\r\n",
            "GET /nowhere HTTP/1.1\r\nHost: space\r\nConnection: close\r\n\r\n",
            "GET //nowhere HTTP/1.1\r\nHost: space\r\nConnection: close\r\n\r\n",
            "POST /health_check HTTP/1.1\r\nHost: space\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello"})
    void aCallerWhoAsksToCloseTheConnectionIsAnsweredAndDisconnected(String request) {
        try (var connection = server.connect().write(request)) {
            assertThat(connection.read().header("Connection")).isEqualTo("close");
            assertThat(connection.isAtEnd()).isTrue();
        }
    }

    @Test
    void noLogAtAnyLevelHasTheHeadersOfARequest() {
        var helidon = Logger.getLogger("io.helidon.webserver.http1.Http1LoggingConnectionListener");
        var before = helidon.getLevel();
        helidon.setLevel(Level.ALL);
        try (var received = new LogCapture(helidon.getName() + ".recv");
                var sent = new LogCapture(helidon.getName() + ".send");
                var talking = new TestServer(StubUsageReports.typical());
                var connection = talking.connect()
                        .write("GET " + OriginalUrls.HEALTH + " HTTP/1.1\r\nHost: space\r\nAuthorization: Bearer secret\r\n\r\n")) {
            assertThat(connection.read().status()).isEqualTo(200);
            assertThat(received.records()).isEmpty();
            assertThat(sent.records()).isEmpty();
        } finally {
            helidon.setLevel(before);
        }
    }

    @Test
    void answersDoNotWaitForTheCallersAcknowledgement() {
        var configuration = WebServer.builder();
        ServerFeature.configure(configuration, ExchangeObserver.NONE);
        assertThat(configuration.connectionOptions()).hasValueSatisfying(options -> assertThat(options.tcpNoDelay()).isTrue());
    }

    @Test
    void requestsSentTogetherAreAnsweredInTurn() {
        try (var connection = server.connect()) {
            OriginalUrls.all().forEach(url -> connection.request("GET", url));
            assertThat(connection.read().body()).isEqualTo("ok");
            assertThat(connection.read().body()).isEqualTo("ok");
            assertThat(connection.read().body()).startsWith("{\"2023-02-07\"");
            assertThat(connection.read().body()).startsWith("{\"1\"");
        }
    }

    @Test
    void aMethodInSmallLettersIsThatMethodAsItWasToTheOriginal() {
        try (var connection = server.connect().request("get", OriginalUrls.HEALTH)) {
            assertThat(connection.read().status()).isEqualTo(200);
        }
    }

    /** Helidon reads HTTP/1.1 only (RFC 9110, 15.6.6); docs/migrating.md says what to set in a proxy. */
    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.0", "HTTP/2.0", "HTTP/9.9"})
    void anotherVersionOfHttpIsRefusedWithAHint(String version) {
        try (var connection = server.connect().write("GET " + OriginalUrls.HEALTH + " " + version + "\r\nHost: space\r\n\r\n")) {
            var answer = connection.read();
            assertThat(answer.status()).isEqualTo(505);
            assertThat(answer.body()).contains("HTTP/1.1 only");
            assertThat(connection.isAtEnd()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "rubbish\r\n\r\n",
            "G@T /health_check HTTP/1.1\r\nHost: space\r\n\r\n",
            "GET /health check HTTP/1.1\r\nHost: space\r\n\r\n",
            "GET /health_check HTTP/1.1\r\n\r\n",
            "GET /health_check HTTP/1.1\r\nHost: one\r\nHost: two\r\n\r\n",
            "GET /health_check HTTP/1.1\r\nHost: space:<b>\r\n\r\n",
            "GET /health_check HTTP/1.1\r\nHost: space\r\nNo colon\r\n\r\n",
            "GET /health_check HTTP/1.1\r\nHost: space\r\nBad(name): 1\r\n\r\n",
            "POST /health_check HTTP/1.1\r\nHost: space\r\nContent-Length: many\r\n\r\n"})
    void anUnreadableRequestIsTheCallersFaultAndTellsNothingOfTheServer(String request) {
        try (var log = new LogCapture(Http1Connection.class); var connection = server.connect().write(request)) {
            var answer = connection.read();
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.body())
                    .startsWith("{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,"
                            + "\"detail\":\"The server cannot accept this request.\"")
                    .doesNotContain("rubbish", "<b>", "helidon", "log");
            assertThat(log.records()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "GET /health_check HTTP/1.1\r\n",
            "GET /health_check HTTP/1.1\r\nHost",
            "GET /health_check HTTP/1.1\r\nHost: space\r\n"})
    void aRequestThatBreaksOffIsTheCallersFault(String beginning) {
        assertThat(server.lenientCaller().send(beginning)).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void aHeaderThatIsTooLongIsTheCallersFault() {
        try (var connection = server.connect()
                .write("GET " + OriginalUrls.HEALTH + " HTTP/1.1\r\nHost: space\r\nX-Long: " + "x".repeat(70_000) + "\r\n\r\n")) {
            assertThat(connection.read().status()).isEqualTo(431);
        }
    }

    @Test
    void aTargetThatIsTooLongIsTheCallersFault() {
        try (var connection = server.connect().request("GET", OriginalUrls.HEALTH + "?" + "x".repeat(70_000))) {
            assertThat(connection.read().status()).isEqualTo(414);
        }
    }

    @Test
    void whatBrowsersAndProxiesPutIntoHeadersIsIgnored() {
        try (var connection = server.connect()
                .write("GET " + OriginalUrls.HEALTH + " HTTP/1.1\r\nHost: my_space:5153\r\nUser-Agent: caf\u00e9\r\nX-Empty:\r\n"
                        + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\nCookie: "
                        + "c".repeat(20_000) + "\r\n\r\n")) {
            assertThat(connection.read().body()).isEqualTo("ok");
        }
    }
}
