package coworking.analytics.rest.management;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.application.port.UnavailableException;
import coworking.analytics.application.port.in.Readiness;
import coworking.analytics.rest.LogCapture;
import coworking.analytics.rest.ManagementApi;
import coworking.analytics.rest.http.ErrorMapper;
import coworking.analytics.rest.spi.ProcessManagement;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ManagementApiTest {

    private final StubProcessManagement management = new StubProcessManagement();
    private volatile Readiness readiness = () -> {};
    private final WebServer server = start();
    private final HttpClient client = HttpClient.newHttpClient();

    private WebServer start() {
        var configuration = WebServer.builder();
        ManagementApi.configure(configuration);
        return configuration.host("127.0.0.1").routing(HttpRouting.builder()
                .addFeature(new ManagementApi(() -> readiness.ensureReady(), management))).build().start();
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop();
    }

    @Test
    void metricsArePrometheusText() {
        var answer = send("GET", "/metrics");
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.body()).isEqualTo("up 1\n");
    }

    @Test
    void healthHasTheShapeOfMicroProfile() {
        assertThat(send("GET", "/health/live")).returns(200, HttpResponse::statusCode).returns(
                "{\"status\":\"UP\",\"checks\":[{\"name\":\"alive\",\"status\":\"UP\",\"data\":{\"database\":\"reachable\",\"age\":7}}]}\n",
                HttpResponse::body);
        assertThat(send("GET", "/health/started").body()).contains("\"name\":\"started\",\"status\":\"UP\"");
        assertThat(send("GET", "/health").body()).contains("\"started\"", "\"alive\"", "\"ready\"");
    }

    @Test
    void whatIsDownIsSaidWithItsReasonAndA503() {
        readiness = () -> {
            throw new UnavailableException("the database does not answer", new IllegalStateException("password=hunter2"));
        };
        for (var path : new String[]{"/health/ready", "/health"}) {
            assertThat(send("GET", path)).returns(503, HttpResponse::statusCode).satisfies(answer -> assertThat(answer.body())
                    .startsWith("{\"status\":\"DOWN\"").contains("\"reason\":\"the database does not answer\"").doesNotContain("hunter2"));
        }
        assertThat(send("GET", "/health/live").statusCode()).isEqualTo(200);
        management.started = false;
        assertThat(send("GET", "/health/started").statusCode()).isEqualTo(503);
    }

    @Test
    void levelsCanBeReadAndSet() {
        assertThat(send("PUT", "/loggers/coworking.analytics", "DEBUG").body()).isEqualTo("{\"coworking.analytics\":\"DEBUG\"}\n");
        assertThat(send("GET", "/loggers").body()).isEqualTo("{\"coworking.analytics\":\"DEBUG\"}\n");
        assertThat(send("PUT", "/loggers/ROOT", "LOUD").statusCode()).isEqualTo(400);
    }

    @Test
    void diagnosisIsSentAsItIsMade() {
        assertThat(send("GET", "/diagnosis/threads").body()).isEqualTo("{}");
        assertThat(send("GET", "/diagnosis/heap").body()).isEqualTo("heap");
        assertThat(send("GET", "/diagnosis/recording").body()).isEqualTo("PT30S");
        assertThat(send("POST", "/diagnosis/recording?seconds=5").body()).isEqualTo("PT5S");
        for (var wrong : new String[]{"0", "121", "x", ""}) {
            assertThat(send("GET", "/diagnosis/recording?seconds=" + wrong).statusCode()).isEqualTo(400);
        }
    }

    @Test
    void oneDiagnosisAtATime() throws Exception {
        management.holdUp = new CountDownLatch(1);
        var first = client.sendAsync(request("GET", "/diagnosis/heap", ""), BodyHandlers.ofString());
        management.begun.await();

        assertThat(send("GET", "/diagnosis/threads").statusCode()).isEqualTo(409);
        management.holdUp.countDown();
        assertThat(first.get().body()).isEqualTo("heap");
        assertThat(send("GET", "/diagnosis/threads").statusCode()).isEqualTo(200);
    }

    @Test
    void aDiagnosisThatFailsIsA500() {
        management.failing = true;
        try (var log = new LogCapture(ErrorMapper.class)) {
            assertThat(send("GET", "/diagnosis/threads").statusCode()).isEqualTo(500);
            assertThat(log.records()).hasSize(1);
        }
    }

    private HttpResponse<String> send(String method, String path) {
        return send(method, path, "");
    }

    private HttpResponse<String> send(String method, String path, String body) {
        try {
            return client.send(request(method, path, body), BodyHandlers.ofString(UTF_8));
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(method + " " + path, failure);
        }
    }

    private HttpRequest request(String method, String path, String body) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)).build();
    }

    private static final class StubProcessManagement implements ProcessManagement {

        private final Map<String, String> levels = new TreeMap<>();
        private final CountDownLatch begun = new CountDownLatch(1);
        private volatile CountDownLatch holdUp = new CountDownLatch(0);
        private volatile boolean started = true;
        private volatile boolean failing;

        @Override
        public boolean isStarted() {
            return started;
        }

        @Override
        public Map<String, Object> healthDetails() {
            var details = new LinkedHashMap<String, Object>();
            details.put("database", "reachable");
            details.put("age", 7);
            return details;
        }

        @Override
        public void writeMetrics(OutputStream out) throws IOException {
            out.write("up 1\n".getBytes(UTF_8));
        }

        @Override
        public Map<String, String> logLevels() {
            return levels;
        }

        @Override
        public boolean setLogLevel(String logger, String level) {
            var isLevel = level.equals("DEBUG");
            if (isLevel) {
                levels.put(logger, level);
            }
            return isLevel;
        }

        @Override
        public void writeThreadDump(OutputStream out) throws IOException {
            if (failing) {
                throw new IllegalStateException("No space left");
            }
            out.write("{}".getBytes(UTF_8));
        }

        @Override
        public void writeHeapHistogram(OutputStream out) throws IOException {
            begun.countDown();
            try {
                holdUp.await();
            } catch (InterruptedException ended) {
                throw new IOException(ended);
            }
            out.write("heap".getBytes(UTF_8));
        }

        @Override
        public void writeFlightRecording(Duration length, OutputStream out) throws IOException {
            out.write(length.toString().getBytes(UTF_8));
        }
    }
}
