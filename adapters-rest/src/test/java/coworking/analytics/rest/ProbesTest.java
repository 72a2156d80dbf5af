package coworking.analytics.rest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.application.port.in.Readiness;
import coworking.analytics.application.port.in.Unavailable;
import io.helidon.health.HealthCheckResponse;
import io.helidon.health.HealthCheckType;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;

class ProbesTest {

    private static final Readiness UNAVAILABLE = () -> {
        throw new Unavailable("The database does not answer", new IllegalStateException("password=hunter2"));
    };
    private static final Readiness BROKEN = () -> {
        throw new IllegalStateException("password=hunter2");
    };

    @Test
    void aServiceThatIsNotReadySaysFailedInTheOriginalsWords() {
        try (var server = new TestServer(StubReports.typical(), UNAVAILABLE)) {
            var answer = server.get(Urls.READINESS);
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.headers().allValues("Content-Type")).containsExactly("text/html; charset=utf-8");
            assertThat(answer.body()).asString(US_ASCII).isEqualTo("failed");
        }
    }

    @Test
    void aHeadToAServiceThatIsNotReadyAnswersTheSameWithoutTheBody() {
        try (var server = new TestServer(StubReports.typical(), UNAVAILABLE); var connection = server.connect()) {
            var answer = connection.request("HEAD", Urls.READINESS).readHead();
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.header("Content-Length")).isEqualTo("6");
            assertThat(connection.request("GET", Urls.HEALTH).read().body()).isEqualTo("ok");
        }
    }

    @Test
    void aCheckThatBreaksHasFailedAndIsLogged() {
        try (var log = new LogCapture(Probe.class); var server = new TestServer(StubReports.typical(), BROKEN)) {
            var answer = server.get(Urls.READINESS);
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).asString(US_ASCII).isEqualTo("failed");
            assertThat(log.records()).singleElement().satisfies(logged -> {
                assertThat(logged.getLevel()).isEqualTo(Level.SEVERE);
                assertThat(logged.getMessage()).isEqualTo("The health check 'ready' broke");
            });
        }
    }

    @Test
    void evenAnErrorOfTheMachineMeansNotReady() {
        Readiness exhausted = () -> {
            throw new OutOfMemoryError("pretended");
        };
        try (var log = new LogCapture(Probe.class); var server = new TestServer(StubReports.typical(), exhausted)) {
            assertThat(server.get(Urls.READINESS).body()).asString(US_ASCII).isEqualTo("failed");
            assertThat(log.records()).hasSize(1);
        }
    }

    @Test
    void theServiceIsHealthyWithoutAskingAnybody() {
        try (var server = new TestServer(StubReports.failing(() -> new IllegalStateException("asked")), BROKEN)) {
            var answer = server.get(Urls.HEALTH);
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
        try (var server = new TestServer(StubReports.typical(), flapping)) {
            assertThat(server.get(Urls.READINESS).statusCode()).isEqualTo(200);
            up.set(false);
            assertThat(server.get(Urls.READINESS).statusCode()).isEqualTo(500);
            up.set(true);
            assertThat(server.get(Urls.READINESS).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void onlyTheReadinessCheckMayTakeTheServiceOutOfService() {
        assertThat(Check.alive().type()).isEqualTo(HealthCheckType.LIVENESS);
        assertThat(Check.ready(UNAVAILABLE).type()).isEqualTo(HealthCheckType.READINESS);
    }

    @Test
    void theReadinessCheckTellsTheReasonButNotTheException() {
        var answer = Check.ready(UNAVAILABLE).call();
        assertThat(answer.status()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(answer.details()).isEqualTo(Map.of("reason", "The database does not answer"));
    }
}
