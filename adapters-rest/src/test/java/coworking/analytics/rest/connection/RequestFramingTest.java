package coworking.analytics.rest.connection;

import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.rest.StubUsageReports;
import coworking.analytics.rest.TestServer;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a request ends, in all ways in which it is told well or badly (RFC 9112): what is in a body is never taken for a request. */
@TestInstance(Lifecycle.PER_CLASS)
class RequestFramingTest {

    private static final String HIDDEN = "GET /nosuch_smuggled HTTP/1.1\r\nHost: space\r\n\r\n";
    private static final String LAST = "GET /health_check HTTP/1.1\r\nHost: space\r\nConnection: close\r\n\r\n";
    private static final int LENGTH = HIDDEN.length();
    private static final String HEX = Integer.toHexString(LENGTH);

    private TestServer server;

    @BeforeAll
    void start() {
        server = new TestServer(StubUsageReports.typical());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /** A request with a body, and the next one after it. */
    record Shape(String request, List<Integer> statuses) {

        Shape(String request, Integer... statuses) {
            this(request, List.of(statuses));
        }

        @Override
        public String toString() {
            return request.replace("\r", "\\r").replace("\n", "\\n").replace(HIDDEN.replace("\r\n", "\\r\\n"), "HIDDEN")
                    .replaceAll("(.{120}).*", "$1...");
        }
    }

    private static Shape rejected(String headersAndBody) {
        return new Shape("POST /health_check HTTP/1.1\r\nHost: space\r\n" + headersAndBody + LAST, 400);
    }

    private static Shape rejectedAs(int status, String headersAndBody) {
        return new Shape("POST /health_check HTTP/1.1\r\nHost: space\r\n" + headersAndBody + LAST, status);
    }

    private static Shape read(String headersAndBody) {
        return new Shape("POST /health_check HTTP/1.1\r\nHost: space\r\n" + headersAndBody + LAST, 405, 200);
    }

    private static Shape answeredAndClosed(String headersAndBody) {
        return new Shape("POST /health_check HTTP/1.1\r\nHost: space\r\n" + headersAndBody + LAST, 405);
    }

    static Stream<Shape> shapes() {
        return Stream.of(contentLengths(), transferEncodings(), chunks(), expectations(), heads()).flatMap(shapes -> shapes);
    }

    private static Stream<Shape> contentLengths() {
        return Stream.of(
                read("Content-Length: " + LENGTH + "\r\n\r\n" + HIDDEN),
                read("content-length: " + LENGTH + "\r\n\r\n" + HIDDEN),
                read("CONTENT-LENGTH:" + LENGTH + "\r\n\r\n" + HIDDEN),
                read("Content-Length: \t" + LENGTH + " \t\r\n\r\n" + HIDDEN),
                read("Content-Length: 000" + LENGTH + "\r\n\r\n" + HIDDEN),
                read("Content-Length: 0\r\n\r\n"),
                read("Content-Length: 000\r\n\r\n"),
                rejected("Content-Length: 0\r\nContent-Length: " + LENGTH + "\r\n\r\n" + HIDDEN),
                rejected("Content-Length: " + LENGTH + "\r\nContent-Length: 0\r\n\r\n" + HIDDEN),
                rejected("Content-Length: " + LENGTH + "\r\nContent-Length: " + LENGTH + "\r\n\r\n" + HIDDEN),
                rejected("Content-Length: " + LENGTH + "\r\nX: 1\r\ncontent-length: 1\r\n\r\n" + HIDDEN),
                rejected("Content-Length: " + LENGTH + ", " + LENGTH + "\r\n\r\n" + HIDDEN),
                rejected("Content-Length: 0, " + LENGTH + "\r\n\r\n" + HIDDEN),
                rejected("Content-Length: +" + LENGTH + "\r\n\r\n" + HIDDEN),
                rejected("Content-Length: -1\r\n\r\n" + HIDDEN),
                rejected("Content-Length: -" + LENGTH + "\r\n\r\n" + HIDDEN),
                rejected("Content-Length: 0x" + HEX + "\r\n\r\n" + HIDDEN),
                rejected("Content-Length: " + LENGTH + ".0\r\n\r\n" + HIDDEN),
                rejected("Content-Length: 4 2\r\n\r\n" + HIDDEN),
                rejected("Content-Length: many\r\n\r\n" + HIDDEN),
                rejected("Content-Length:\r\n\r\n" + HIDDEN),
                rejected("Content-Length: \"" + LENGTH + "\"\r\n\r\n" + HIDDEN),
                rejected("Content-Length: 18446744073709551616\r\n\r\n" + HIDDEN),
                rejected("Content-Length: 99999999999999999999999999\r\n\r\n" + HIDDEN),
                rejected("Content-Length : " + LENGTH + "\r\n\r\n" + HIDDEN),
                rejected("Content-Length: 0\r\n " + LENGTH + "\r\n\r\n" + HIDDEN));
    }

    private static Stream<Shape> transferEncodings() {
        var chunked = HEX + "\r\n" + HIDDEN + "\r\n0\r\n\r\n";
        return Stream.of(
                read("Transfer-Encoding: chunked\r\n\r\n" + chunked),
                read("Transfer-Encoding: Chunked\r\n\r\n" + chunked),
                read("transfer-encoding:CHUNKED \r\n\r\n" + chunked),
                rejected("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked),
                rejected("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n" + chunked),
                rejected("Transfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n0\r\n\r\n" + HIDDEN),
                rejected("Transfer-Encoding: identity\r\n\r\n" + HIDDEN),
                rejected("Transfer-Encoding: identity\r\nContent-Length: " + LENGTH + "\r\n\r\n" + HIDDEN),
                rejected("Transfer-Encoding: x\r\n\r\n" + chunked),
                rejected("Transfer-Encoding: chunked, identity\r\n\r\n" + chunked),
                rejected("Transfer-Encoding: chunked, chunked\r\n\r\n" + chunked),
                rejected("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked),
                rejected("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n" + chunked),
                rejected("Transfer-Encoding: identity\r\nTransfer-Encoding: x\r\n\r\n" + HIDDEN),
                rejectedAs(501, "Transfer-Encoding: gzip, chunked\r\n\r\n" + chunked),
                rejectedAs(501, "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked),
                rejected("Transfer-Encoding: xchunked\r\n\r\n" + chunked),
                rejected("Transfer-Encoding: \"chunked\"\r\n\r\n" + chunked),
                rejected("Transfer-Encoding: chunked;q=1\r\n\r\n" + chunked),
                rejected("Transfer-Encoding:\r\n\r\n" + chunked),
                rejected("Transfer-Encoding: \u000bchunked\r\n\r\n" + chunked),
                rejected("Transfer-Encoding : chunked\r\n\r\n" + chunked),
                rejected("Transfer-Encoding:\r\n chunked\r\n\r\n" + chunked));
    }

    private static Stream<Shape> chunks() {
        return Stream.of(
                read("Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                read("Transfer-Encoding: chunked\r\n\r\n000\r\n\r\n"),
                read("Transfer-Encoding: chunked\r\n\r\n" + HEX.toUpperCase(Locale.ROOT) + "\r\n" + HIDDEN + "\r\n0\r\n\r\n"),
                read("Transfer-Encoding: chunked\r\n\r\n" + HEX + ";a=b\r\n" + HIDDEN + "\r\n0\r\n\r\n"),
                read("Transfer-Encoding: chunked\r\n\r\n" + HEX + ";a=\"b;c\"\r\n" + HIDDEN + "\r\n0;last\r\n\r\n"),
                read("Transfer-Encoding: chunked\r\n\r\n" + HEX + "\r\n" + HIDDEN + "\r\n0\r\nX-Trailer: 1\r\nX-Other: 2\r\n\r\n"),
                read("Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n" + HEX + "\r\n" + HIDDEN + "\r\n0\r\n\r\n"),
                rejected("Transfer-Encoding: chunked\r\n\r\n0x3\r\nabc\r\n0\r\n\r\n" + HIDDEN),
                rejected("Transfer-Encoding: chunked\r\n\r\n-1\r\nabc\r\n0\r\n\r\n" + HIDDEN),
                rejected("Transfer-Encoding: chunked\r\n\r\n+3\r\nabc\r\n0\r\n\r\n" + HIDDEN),
                rejected("Transfer-Encoding: chunked\r\n\r\n 3\r\nabc\r\n0\r\n\r\n" + HIDDEN),
                rejected("Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nabc\r\n0\r\n\r\n" + HIDDEN),
                rejected("Transfer-Encoding: chunked\r\n\r\n100000003\r\nabc\r\n0\r\n\r\n" + HIDDEN),
                rejected("Transfer-Encoding: chunked\r\n\r\n\r\nabc\r\n0\r\n\r\n" + HIDDEN),
                rejected("Transfer-Encoding: chunked\r\n\r\n;a\r\nabc\r\n0\r\n\r\n" + HIDDEN),
                rejected("Transfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n" + HIDDEN),
                rejected("Transfer-Encoding: chunked\r\n\r\n3\r\nabc0\r\n\r\n" + HIDDEN),
                rejected("Transfer-Encoding: chunked\r\n\r\n3;" + "x".repeat(5_000) + "\r\nabc\r\n0\r\n\r\n" + HIDDEN));
    }

    private static Stream<Shape> expectations() {
        return Stream.of(
                answeredAndClosed("Expect: 100-continue\r\nContent-Length: " + LENGTH + "\r\n\r\n" + HIDDEN),
                answeredAndClosed("expect: 100-Continue\r\nContent-Length: " + LENGTH + "\r\n\r\n" + HIDDEN),
                answeredAndClosed("Expect: 100-continue\r\nContent-Length: " + LENGTH + "\r\n\r\n"),
                answeredAndClosed("Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n" + HEX + "\r\n" + HIDDEN + "\r\n0\r\n\r\n"),
                answeredAndClosed("Expect: something\r\nContent-Length: " + LENGTH + "\r\n\r\n" + HIDDEN),
                read("Expect: 100-continue\r\n\r\n"),
                read("Expect: 100-continue\r\nContent-Length: 0\r\n\r\n"));
    }

    private static Stream<Shape> heads() {
        return Stream.of(
                new Shape("\r\n" + LAST, 200),
                new Shape("\r\n\r\n\n" + LAST, 200),
                new Shape("GET /health_check HTTP/1.1\r\nHost: space\r\n\r\n\r\n" + LAST, 200, 200),
                new Shape("GET /health_check HTTP/1.1\r\nHost: space\r\nContent-Length: " + LENGTH + "\r\n\r\n" + HIDDEN + LAST, 200, 200),
                new Shape("HEAD /health_check HTTP/1.1\r\nHost: space\r\nContent-Length: +1\r\n\r\nx" + LAST, 400),
                new Shape("GET /health_check HTTP/1.1\r\nHost: space\r\nA: " + "x".repeat(40_000) + "\r\n\r\n" + LAST, 431),
                new Shape("GET /health_check HTTP/1.1\r\nHost: space\r\n" + "A: b\r\n".repeat(101) + "\r\n" + LAST, 431),
                new Shape("GET /health_check HTTP/1.1\r\nHost: space\r\n" + "A: b\r\n".repeat(99) + "\r\n" + LAST, 200, 200),
                new Shape("GET /health_check HTTP/1.1\r\nHost: space\r\nA: b\u0000c\r\n\r\n" + LAST, 400),
                new Shape("GET /health_check HTTP/1.1\r\nHost: space\r\nA: b\rContent-Length: 3\r\n\r\n" + LAST, 400),
                new Shape("GET /health_check HTTP/1.1\nHost: space\n\n" + LAST, 400));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void whatIsInABodyIsNoRequest(Shape shape) {
        assertThat(statuses(List.of(shape.request()))).isEqualTo(shape.statuses());
    }

    /** In pieces of a byte, as a slow client sends them. A piece cannot take back what was passed on before. */
    @ParameterizedTest
    @MethodSource("shapes")
    void noPieceMakesADifferenceToLaterRequests(Shape shape) {
        if (shape.request().length() < 1_000) {
            var statuses = statuses(shape.request().chars().mapToObj(Character::toString).toList());
            assertThat(statuses).hasSizeLessThanOrEqualTo(shape.statuses().size()).doesNotContain(404);
            if (shape.statuses().size() > 1) {
                assertThat(statuses).isEqualTo(shape.statuses());
            }
        }
    }

    @Test
    void theRequestsBeforeABadOneAreAnswered() {
        var good = "GET /health_check HTTP/1.1\r\nHost: space\r\n\r\n";
        assertThat(statuses(List.of(good + good + "GET / HTTP/1.1\r\nHost: space\r\nContent-Length: x\r\n\r\n" + LAST)))
                .containsExactly(200, 200, 400);
    }

    /** The statuses of all responses until the server closes the connection, which it must. */
    private List<Integer> statuses(List<String> pieces) {
        var statuses = new ArrayList<Integer>();
        try (var connection = server.connect()) {
            try {
                pieces.forEach(connection::write);
            } catch (UncheckedIOException closed) {
                // It was closed after a response that can be read.
            }
            while (true) {
                var response = connection.tryRead();
                if (response.isEmpty()) {
                    return statuses;
                }
                assertThat(response.get().body()).doesNotContain("smuggled");
                statuses.add(response.get().status());
            }
        }
    }
}
