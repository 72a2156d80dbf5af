package coworking.analytics.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coworking.analytics.domain.UserTallies;
import coworking.analytics.domain.UserTally;
import coworking.analytics.domain.UserVisits;
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

/** Long answers that somebody or something ends before their end. */
class BrokenOffTest {

    @ParameterizedTest
    @ValueSource(strings = {"identity", "gzip"})
    void aPartOfALongReportCannotBeTakenForTheWhole(String coding) {
        var incompressible = new byte[10_000_000];
        new Random(1).nextBytes(incompressible);
        var passes = new AtomicInteger();
        var breaking = new Report<>(() -> "report", (String text, OutputStream out) -> {
            out.write(incompressible);
            if (passes.incrementAndGet() > 1) {
                throw new IllegalStateException("broken");
            }
        });
        var server = WebServer.builder().host("127.0.0.1").routing(HttpRouting.builder().any("/", new Resource(breaking))).build().start();
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/")).header("Accept-Encoding", coding);

            assertThatThrownBy(() -> client.send(request.build(), BodyHandlers.ofByteArray())).isInstanceOf(IOException.class);
            assertThat(passes).hasValue(2);
        } finally {
            server.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "gzip"})
    void aCallerWhoLeavesIsNoFailureOfTheService(String coding) {
        var users = new UserTallies.Builder();
        LongStream.rangeClosed(1, 200_000).forEach(id -> users.add(new UserTally(id * id, Optional.empty(), id, 0)));
        var report = new UserVisits(users.build());
        try (var log = new LogCapture(Failures.class)) {
            try (var server = new TestServer(new StubReports(StubReports.typical().days(), () -> report))) {
                try (var leaving = server.connect()) {
                    leaving.write("GET " + Urls.USER_VISITS + " HTTP/1.1\r\nHost: space\r\nAccept-Encoding: " + coding + "\r\n\r\n");
                    assertThat(leaving.readHead().status()).isEqualTo(200);
                }
                assertThat(server.get(Urls.USER_VISITS).body()).hasSizeGreaterThan(Encoded.MOST_KEPT);
            }
            assertThat(log.records()).isEmpty();
        }
    }
}
