package coworking.analytics.rest.original;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coworking.analytics.domain.fact.PackedUserCounts;
import coworking.analytics.domain.fact.UserCounts;
import coworking.analytics.domain.report.UserVisits;
import coworking.analytics.rest.LogCapture;
import coworking.analytics.rest.OriginalUrls;
import coworking.analytics.rest.StubUsageReports;
import coworking.analytics.rest.TestServer;
import coworking.analytics.rest.http.CachedRepresentation;
import coworking.analytics.rest.http.ErrorMapper;
import coworking.analytics.rest.http.ReadOnlyResource;
import coworking.analytics.rest.spi.ExchangeObserver;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Long answers that break off before their end, on either side. */
class TruncatedReportTest {

    @ParameterizedTest
    @ValueSource(strings = {"identity", "gzip"})
    void aPartOfALongReportCannotBeTakenForTheWhole(String coding) {
        var incompressible = new byte[10_000_000];
        new Random(1).nextBytes(incompressible);
        var passes = new AtomicInteger();
        var breaking = new CachedReportResource<>(() -> "report", (String text, OutputStream out) -> {
            out.write(incompressible);
            if (passes.incrementAndGet() > 1) {
                throw new IllegalStateException("broken");
            }
        });
        var server = WebServer.builder().host("127.0.0.1").routing(HttpRouting.builder().any("/", new ReadOnlyResource(breaking))).build()
                .start();
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/")).header("Accept-Encoding", coding);

            assertThatThrownBy(() -> client.send(request.build(), BodyHandlers.ofByteArray())).isInstanceOf(IOException.class);
            assertThat(passes).hasValue(2);
        } finally {
            server.stop();
        }
    }

    /** Its length, tag and coding are known by then, and set. */
    @ParameterizedTest
    @ValueSource(strings = {"identity", "gzip"})
    void aLongReportThatFailsBeforeItsFirstBytesIsAProblemWithNoHeaderOfTheReport(String coding) {
        var passes = new AtomicInteger();
        var breaking = new CachedReportResource<>(() -> "report", (String text, OutputStream out) -> {
            if (passes.incrementAndGet() > 1) {
                throw new IllegalStateException("broken");
            }
            out.write(new byte[10_000_000]);
        });
        try (var log = new LogCapture(ErrorMapper.class);
                var server = new TestServer(StubUsageReports.typical(), () -> {}, ExchangeObserver.NONE,
                        routing -> routing.any("/breaking", new ReadOnlyResource(breaking)))) {
            var answer = server.get("/breaking", "Accept-Encoding", coding);

            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).asString(US_ASCII).startsWith("{").endsWith("\"instance\":\"/breaking\"}\n");
            assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(answer.body().length);
            assertThat(answer.headers().map()).containsOnlyKeys("connection", "content-length", "content-type", "date",
                    "x-content-type-options");
            assertThat(passes).hasValue(2);
            assertThat(log.records()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "gzip"})
    void aCallerWhoLeavesIsNoFailureOfTheService(String coding) {
        var users = new PackedUserCounts.Builder();
        LongStream.rangeClosed(1, 200_000).forEach(id -> users.add(new UserCounts(id * id, Optional.empty(), id, 0)));
        var report = new UserVisits(users.build());
        try (var log = new LogCapture(ErrorMapper.class)) {
            try (var server = new TestServer(new StubUsageReports(StubUsageReports.typical().days(), () -> report))) {
                try (var leaving = server.connect()) {
                    leaving.write(
                            "GET " + OriginalUrls.USER_VISITS + " HTTP/1.1\r\nHost: space\r\nAccept-Encoding: " + coding + "\r\n\r\n");
                    assertThat(leaving.readHead().status()).isEqualTo(200);
                }
                assertThat(server.get(OriginalUrls.USER_VISITS).body()).hasSizeGreaterThan(CachedRepresentation.MAX_BUFFERED_BYTES);
            }
            assertThat(log.records()).isEmpty();
        }
    }
}
