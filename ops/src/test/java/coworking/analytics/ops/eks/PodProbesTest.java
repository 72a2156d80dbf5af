package coworking.analytics.ops.eks;

import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.ops.ServiceProgram;
import io.fabric8.kubernetes.api.model.Probe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The probes, asked of the service as the Deployment starts it, but without a database and on a free port. */
class PodProbesTest {

    private static final Manifests MANIFESTS = Manifests.base();

    @Test
    void withoutADatabaseAPodIsAliveAndNotReadyAndStopsWithinItsGrace() throws Exception {
        var port = freePort();
        var environment = new HashMap<>(PodRules.environment(MANIFESTS, MANIFESTS.service()));
        environment.put("APP_HOST", "127.0.0.1");
        environment.put("APP_PORT", String.valueOf(port));
        environment.put("DB_HOST", "127.0.0.1");
        environment.put("DB_PORT", String.valueOf(freePort()));
        var service = ServiceProgram.start(environment, MANIFESTS.service().getArgs().toArray(String[]::new));
        try (var client = HttpClient.newHttpClient()) {
            awaitStart(client, port);

            assertThat(status(client, port, MANIFESTS.service().getLivenessProbe())).isEqualTo(200);
            assertThat(status(client, port, MANIFESTS.service().getReadinessProbe())).isEqualTo(500);

            service.destroy();
            assertThat(service.waitFor(Integer.parseInt(environment.get("APP_SHUTDOWN_GRACE_SECONDS")), TimeUnit.SECONDS)).isTrue();
        } finally {
            service.destroyForcibly();
        }
    }

    /** As the kubelet does: so many attempts, so many seconds apart. */
    private static void awaitStart(HttpClient client, int port) throws InterruptedException {
        var probe = MANIFESTS.service().getStartupProbe();
        for (int attempt = 0; attempt < probe.getFailureThreshold(); attempt++) {
            try {
                assertThat(status(client, port, probe)).isEqualTo(200);
                return;
            } catch (IOException notYet) {
                Thread.sleep(Duration.ofSeconds(probe.getPeriodSeconds()));
            }
        }
        throw new AssertionError("it did not start within what the startup probe allows");
    }

    private static int status(HttpClient client, int port, Probe probe) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + probe.getHttpGet().getPath()))
                .timeout(Duration.ofSeconds(10)).build();
        return client.send(request, BodyHandlers.discarding()).statusCode();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
