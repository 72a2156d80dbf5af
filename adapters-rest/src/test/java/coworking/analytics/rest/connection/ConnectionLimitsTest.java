package coworking.analytics.rest.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients may not do for long: send a request slowly, leave an answer unread, hold many connections. */
class ConnectionLimitsTest {

    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: space\r\n\r\n";
    private static final int MAX_CONNECTIONS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final ConnectionLimits LIMITS = new ConnectionLimits(MAX_CONNECTIONS, 10, 1_000, Duration.ofMillis(1_500),
            Duration.ofMillis(1_500));

    /** More than the buffers of both ends of a connection on loopback. */
    private static final byte[] LONG_ANSWER = new byte[64 * 1_048_576];

    private final List<Socket> sockets = new ArrayList<>();
    private WebServer server;

    @BeforeEach
    void start() {
        server = WebServer.builder()
                .host("127.0.0.1")
                .protocolsDiscoverServices(false)
                .connectionSelectors(List.of(new GuardedProtocol(Http1Config.create(), LIMITS, "late".getBytes(US_ASCII),
                        "full".getBytes(US_ASCII))))
                .routing(HttpRouting.builder()
                        .get("/", (request, response) -> response.send("ok"))
                        .get("/long", (request, response) -> response.send(LONG_ANSWER))
                        .get("/slow", (request, response) -> {
                            Thread.sleep(Duration.ofSeconds(4));
                            response.send("slow");
                        }))
                .build().start();
    }

    @AfterEach
    void stop() throws IOException {
        for (var socket : sockets) {
            socket.close();
        }
        server.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"G", "GET / HTTP/1.1", "GET / HTTP/1.1\r\nHost: space\r\n", "GET / HTTP/1.1\r\nHost: space\r\nX-Header: v"})
    void aHeadThatDoesNotEndInTimeEndsTheConnectionWithAWord(String begin) throws IOException {
        assertThat(readAll(connect(begin))).isEqualTo("late");
    }

    /** A byte now and then does not buy time. */
    @Test
    void aHeadThatDripsEndsTheConnection() throws Exception {
        var socket = connect("GET / HTTP/1.1\r\nX: ");
        for (var i = 0; i < 10; i++) {
            Thread.sleep(300);
            try {
                socket.getOutputStream().write('x');
            } catch (SocketException closed) {
                return;
            }
        }
        assertThat(readAll(socket)).isIn("late", "");
    }

    @Test
    void aBodyThatDoesNotComeEndsTheConnectionAfterTheAnswer() throws IOException {
        assertThat(readAll(connect("GET / HTTP/1.1\r\nHost: space\r\nContent-Length: 1000\r\n\r\nx"))).startsWith("HTTP/1.1 200")
                .doesNotContain("late");
    }

    @Test
    void anIdleConnectionAndASlowAnswerAreNoRequestThatDrips() throws Exception {
        var socket = connect("");
        Thread.sleep(3_000);
        socket.getOutputStream().write("GET /slow HTTP/1.1\r\nHost: space\r\n\r\n".getBytes(US_ASCII));
        assertThat(readStatusLine(socket)).isEqualTo("HTTP/1.1 200 OK");
    }

    @Test
    void aReaderWhoDoesNotReadIsCutOff() throws Exception {
        var socket = connect("GET /long HTTP/1.1\r\nHost: space\r\n\r\n");
        Thread.sleep(5_000);

        assertThat(countAll(socket)).isLessThan(LONG_ANSWER.length);
    }

    @Test
    void aReaderWhoReadsSlowlyGetsAllOfIt() throws Exception {
        var socket = connect("GET /long HTTP/1.1\r\nHost: space\r\n\r\n");
        assertThat(socket.getInputStream().readNBytes(1_000_000)).hasSize(1_000_000);
        Thread.sleep(700);

        assertThat(socket.getInputStream().readNBytes(LONG_ANSWER.length - 1_000_000)).hasSize(LONG_ANSWER.length - 1_000_000);
    }

    @Test
    void theConnectionThatHasWaitedLongestMakesPlace() throws Exception {
        var first = connect(REQUEST);
        assertThat(readStatusLine(first)).isEqualTo("HTTP/1.1 200 OK");
        for (var i = 1; i < MAX_CONNECTIONS + 3; i++) {
            Thread.sleep(50);
            assertThat(readStatusLine(connect(REQUEST))).isEqualTo("HTTP/1.1 200 OK");
        }
        readAll(first);
        assertThat(first.getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void connectionsWithARequestToAnswerAreNotClosedForOthers() throws Exception {
        var busy = new ArrayList<Socket>();
        for (var i = 0; i < MAX_CONNECTIONS; i++) {
            busy.add(connect("GET /slow HTTP/1.1\r\nHost: space\r\n\r\n"));
        }
        Thread.sleep(500);

        assertThat(readAll(connect(REQUEST))).isIn("full", "");
        for (var socket : busy) {
            assertThat(readStatusLine(socket)).isEqualTo("HTTP/1.1 200 OK");
        }
        assertThat(readStatusLine(connect(REQUEST))).isEqualTo("HTTP/1.1 200 OK");
    }

    @Test
    void unfinishedRequestsCannotFillAHeap() {
        assertThat(ConnectionLimits.forHeapOf(128L * 1_048_576).maxConnections()).isEqualTo(512);
        assertThat(ConnectionLimits.forHeapOf(1_048_576).maxConnections()).isEqualTo(64);
        assertThat(ConnectionLimits.forHeapOf(Long.MAX_VALUE).maxConnections()).isEqualTo(4_096);
    }

    private Socket connect(String bytes) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        sockets.add(socket);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.getOutputStream().write(bytes.getBytes(US_ASCII));
        return socket;
    }

    private static String readStatusLine(Socket socket) throws IOException {
        return new String(socket.getInputStream().readNBytes("HTTP/1.1 200 OK".length()), US_ASCII);
    }

    /** What comes until the server closes the connection. */
    private static String readAll(Socket socket) throws IOException {
        var text = new StringBuilder();
        try {
            for (var next = socket.getInputStream().read(); next >= 0; next = socket.getInputStream().read()) {
                text.append((char) next);
            }
        } catch (SocketTimeoutException open) {
            throw new AssertionError("The connection is still open after " + text, open);
        } catch (SocketException reset) {
            return text.toString();
        }
        return text.toString();
    }

    private static long countAll(Socket socket) throws IOException {
        var count = 0L;
        var buffer = new byte[65_536];
        try {
            for (var read = socket.getInputStream().read(buffer); read >= 0; read = socket.getInputStream().read(buffer)) {
                count += read;
            }
        } catch (SocketException reset) {
            return count;
        }
        return count;
    }
}
