package coworking.analytics.rest.v1;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import coworking.analytics.rest.LenientHttpClient;
import coworking.analytics.rest.LogCapture;
import coworking.analytics.rest.TestServer;
import coworking.analytics.rest.http.ErrorMapper;
import java.lang.management.ManagementFactory;
import java.util.logging.LogRecord;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whatever callers send, in queries, headers, cursors and paths: they get an answer, it is none that blames the service, and it takes no
 * more memory than it may. When one fails, the report names the seed with which it fails again.
 */
class FuzzTest {

    private static final int TRIES = 800;

    /** For one request of up to 64 KiB, by the service and by this test together. */
    private static final long MAX_ALLOCATED_BYTES = 32 * 1_048_576;

    private static final ThreadMXBean MEMORY = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final OpenApiContract CONTRACT = OpenApiContract.read();

    @SuppressWarnings("NullAway.Init")
    private static TestServer server;
    @SuppressWarnings("NullAway.Init")
    private static LenientHttpClient caller;

    @BeforeContainer
    static void start() {
        server = new TestServer(InMemorySpace.analytics());
        caller = server.lenientCaller();
    }

    @AfterContainer
    static void stop() {
        server.close();
    }

    @Property(tries = TRIES)
    void anyQueryIsAnswered(@ForAll("resources") String path, @ForAll("queries") String query) {
        isAnswered(get(path + "?" + query, ""));
    }

    @Property(tries = TRIES)
    void anyHeadersAreAnswered(@ForAll("resources") String path, @ForAll("headers") String headers) {
        isAnswered(get(path + "?include=name&limit=2", headers));
    }

    @Property(tries = TRIES)
    void anyCursorIsAnswered(@ForAll("pages") String path, @ForAll("cursors") String cursor) {
        isAnswered(get(path + "?limit=1&cursor=" + cursor, ""));
    }

    @Property(tries = TRIES)
    void anyMethodOfAnyPathIsAnswered(@ForAll("methods") String method, @ForAll("paths") String path) {
        isAnswered(request(method, path, ""));
    }

    @Property(tries = TRIES)
    void anyBytesAreAnsweredOrHungUpOn(@ForAll("requests") String request) {
        responseTo(request);
    }

    @Example
    void aLotOfAnythingIsAnswered() {
        isAnswered(get("/api/v1/reports/summary?" + "a&".repeat(30_000), ""));
        isAnswered(get("/api/v1/reports/summary?from=" + "%32".repeat(20_000), ""));
        isAnswered(get("/api/v1/reports/summary", "Accept: " + "*/*,".repeat(15_000) + "\r\n"));
        isAnswered(get("/api/v1/reports/summary", "If-None-Match: " + "\"\",".repeat(20_000) + "\r\n"));
        isAnswered(get("/api/v1/reports/summary", "Accept-Encoding: " + " ;q=,".repeat(10_000) + "\r\n"));
    }

    private static String get(String target, String headers) {
        return request("GET", target, headers);
    }

    private static String request(String method, String target, String headers) {
        return method + " " + target + " HTTP/1.1\r\nHost: space\r\nConnection: close\r\n" + headers + "\r\n";
    }

    private static void isAnswered(String request) {
        assertThat(responseTo(request)).matches("(?s)HTTP/1\\.1 \\d{3} .*");
    }

    private static String responseTo(String request) {
        try (var log = new LogCapture(ErrorMapper.class)) {
            var before = MEMORY.getTotalThreadAllocatedBytes();
            var answer = caller.send(request);
            assertThat(MEMORY.getTotalThreadAllocatedBytes() - before).as("bytes allocated").isLessThan(MAX_ALLOCATED_BYTES);
            assertThat(log.records()).extracting(LogRecord::getMessage).isEmpty();
            assertThat(answer).doesNotContain("Exception", "coworking.", "helidon");
            if (request.lines().findFirst().orElse("").endsWith(" HTTP/1.1")) {
                assertThat(answer).doesNotStartWith("HTTP/1.1 5");
            } else {
                assertThat(answer).doesNotMatch("(?s)HTTP/1\\.1 5(?!05 ).*"); // RFC 9110, 15.6.6: 505 for another version of HTTP.
            }
            return answer;
        }
    }

    @Provide
    static Arbitrary<String> resources() {
        return Arbitraries.of(CONTRACT.operations().stream().map(operation -> operation.path().replace("{id}", "7")).toList());
    }

    @Provide
    static Arbitrary<String> pages() {
        return Arbitraries.of("/api/v1/reports/user-visits", "/api/v1/reports/dormant", "/api/v1/users/7/visits");
    }

    @Provide
    static Arbitrary<String> queries() {
        return FuzzInputs
                .queries(CONTRACT.v1().stream().flatMap(operation -> operation.queryParameterNames().stream()).distinct().toList());
    }

    @Provide
    static Arbitrary<String> headers() {
        return FuzzInputs.headers();
    }

    @Provide
    static Arbitrary<String> cursors() {
        return FuzzInputs.cursors(Stream.of("user-visits?limit=1", "user-visits?limit=1&sort=id", "user-visits?limit=2&count=used",
                "dormant?limit=1").map(FuzzTest::cursorOf).toList());
    }

    private static String cursorOf(String question) {
        var answer = JsonMapper.shared().readTree(server.get("/api/v1/reports/" + question).body());
        return answer.at("/links/next").asString().replaceFirst(".*cursor=", "");
    }

    @Provide
    static Arbitrary<String> methods() {
        return Arbitraries.of("GET", "HEAD", "OPTIONS", "POST", "DELETE", "get", "X");
    }

    @Provide
    static Arbitrary<String> paths() {
        return FuzzInputs.paths();
    }

    @Provide
    static Arbitrary<String> requests() {
        return FuzzInputs.requests(Combinators.combine(resources(), headers()).as(FuzzTest::get));
    }
}
