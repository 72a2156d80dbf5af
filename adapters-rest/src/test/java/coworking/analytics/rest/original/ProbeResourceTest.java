package coworking.analytics.rest.original;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.application.port.UnavailableException;
import coworking.analytics.application.port.in.Readiness;
import coworking.analytics.rest.LogCapture;
import coworking.analytics.rest.OriginalUrls;
import coworking.analytics.rest.StubUsageReports;
import coworking.analytics.rest.TestServer;
import coworking.analytics.rest.http.ServiceHealthCheck;
import io.helidon.health.HealthCheckResponse;
import io.helidon.health.HealthCheckType;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;

class ProbeResourceTest {

    private static final Readiness UNAVAILABLE = () -> {
        throw new UnavailableException("The database does not answer", new IllegalStateException("password=hunter2"));
    };
    private static final Readiness BROKEN = () -> {
        throw new IllegalStateException("password=hunter2");
    };

    @Test
    void aServiceThatIsNotReadySaysFailedInTheOriginalsWords() {
        try (var server = new TestServer(StubUsageReports.typical(), UNAVAILABLE)) {
            var answer = server.get(OriginalUrls.READINESS);
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.headers().allValues("Content-Type")).containsExactly("text/html; charset=utf-8");
            assertThat(answer.body()).asString(US_ASCII).isEqualTo("failed");
        }
    }

    @Test
    void aHeadToAServiceThatIsNotReadyAnswersTheSameWithoutTheBody() {
        try (var server = new TestServer(StubUsageReports.typical(), UNAVAILABLE); var connection = server.connect()) {
            var answer = connection.request("HEAD", OriginalUrls.READINESS).readHead();
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.header("Content-Length")).isEqualTo("6");
            assertThat(connection.request("GET", OriginalUrls.HEALTH).read().body()).isEqualTo("ok");
        }
    }

    @Test
    void aCheckThatBreaksHasFailedAndIsLogged() {
        try (var log = new LogCapture(ProbeResource.class); var server = new TestServer(StubUsageReports.typical(), BROKEN)) {
            var answer = server.get(OriginalUrls.READINESS);
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).asString(US_ASCII).isEqualTo("failed");
            assertThat(log.records()).singleElement().satisfies(logged -> {
                assertThat(logged.getLevel()).isEqualTo(Level.SEVERE);
                assertThat(logged.getMessage()).isEqualTo("The health check 'ready' failed");
            });
        }
    }

    @Test
    void evenAnErrorOfTheMachineMeansNotReady() {
        Readiness exhausted = () -> {
            throw new OutOfMemoryError("pretended");
        };
        try (var log = new LogCapture(ProbeResource.class); var server = new TestServer(StubUsageReports.typical(), exhausted)) {
            assertThat(server.get(OriginalUrls.READINESS).body()).asString(US_ASCII).isEqualTo("failed");
            assertThat(log.records()).hasSize(1);
        }
    }

    @Test
    void theServiceIsHealthyWithoutAskingAnybody() {
        try (var server = new TestServer(StubUsageReports.failing(() -> new IllegalStateException("asked")), BROKEN)) {
            var answer = server.get(OriginalUrls.HEALTH);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).asString(US_ASCII).isEqualTo("ok");
        }
    }

    @Test
    void readinessIsAskedAgainForEachProbe() {
        var up = new AtomicBoolean(true);
        Readiness flapping = () -> {
            if (!up.get()) {
                UNAVAILABLE.ensureReady();
            }
        };
        try (var server = new TestServer(StubUsageReports.typical(), flapping)) {
            assertThat(server.get(OriginalUrls.READINESS).statusCode()).isEqualTo(200);
            up.set(false);
            assertThat(server.get(OriginalUrls.READINESS).statusCode()).isEqualTo(500);
            up.set(true);
            assertThat(server.get(OriginalUrls.READINESS).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void onlyTheReadinessCheckMayTakeTheServiceOutOfService() {
        assertThat(ServiceHealthCheck.alive().type()).isEqualTo(HealthCheckType.LIVENESS);
        assertThat(ServiceHealthCheck.ready(UNAVAILABLE).type()).isEqualTo(HealthCheckType.READINESS);
    }

    @Test
    void theReadinessCheckTellsTheReasonButNotTheException() {
        var answer = ServiceHealthCheck.ready(UNAVAILABLE).call();
        assertThat(answer.status()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(answer.details()).isEqualTo(Map.of("reason", "The database does not answer"));
    }
}
