package coworking.analytics.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coworking.analytics.application.port.out.LedgerObserver;
import coworking.analytics.application.port.out.LedgerOperations;
import coworking.analytics.application.port.out.LedgerSource;
import coworking.analytics.application.tck.InMemoryTokenLedger;
import coworking.analytics.application.tck.StoreChange;
import coworking.analytics.domain.fact.PersonName;
import coworking.analytics.domain.fact.Token;
import coworking.analytics.domain.fact.User;
import coworking.analytics.domain.time.SpaceClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole service on the contract kit's ledger: another store is one implementation of {@link Store}, and nothing else changes. */
@Timeout(60)
class AnotherStoreTest {

    private static final LocalDateTime NINE = LocalDateTime.parse("2026-10-05T09:00:00");

    private final InMemoryTokenLedger ledger = new InMemoryTokenLedger();
    private final HttpClient client = HttpClient.newHttpClient();
    private int port;
    private int managementPort;
    private AnalyticsServer server;

    @BeforeEach
    void start() throws IOException {
        ledger.commit(List.of(
                new StoreChange.PutUser(new User(1, new PersonName("Ada", "Archer"), Optional.of(NINE.minusDays(30)), true)),
                new StoreChange.PutToken(1, new Token(1, "000001", NINE, Optional.of(NINE))),
                new StoreChange.PutToken(2, new Token(1, "000002", NINE.plusDays(1), Optional.of(NINE.plusDays(1))))));
        port = freePort();
        managementPort = freePort();
        var configuration = Configuration.from(Map.of(
                "DB_USER", "unused", "DB_PASSWORD", "", "APP_HOST", "127.0.0.1", "APP_PORT", String.valueOf(port),
                "APP_MANAGEMENT_PORT", String.valueOf(managementPort), "APP_SHUTDOWN_GRACE_SECONDS", "1"));
        server = AnalyticsServer.start(configuration.service(), configuration.telemetry(), new InMemoryStore(ledger));
    }

    @AfterEach
    void stop() {
        server.close();
        client.close();
    }

    @Test
    void theFourUrlsAnswerFromIt() throws Exception {
        assertThat(get("/health_check").body()).isEqualTo("ok");
        assertThat(get("/readiness_check").statusCode()).isEqualTo(200);
        assertThat(get("/api/reports/daily_usage").body()).contains("\"2026-10-05\":1", "\"2026-10-06\":1");
        assertThat(get("/api/reports/user_visits").body()).contains("\"visits\":2");

        ledger.setReachable(false);
        assertThat(get("/readiness_check").statusCode()).isEqualTo(500);
        assertThat(get("/api/reports/daily_usage").statusCode()).isEqualTo(500);
    }

    @Test
    void versionOneAnswersFromIt() throws Exception {
        assertThat(get("/api/v1/reports/daily-usage?from=2026-10-05&to=2026-10-06").body()).contains("2026-10-05");
        for (var report : List.of("summary", "arrivals", "members", "retention", "dormant", "data-quality", "user-visits")) {
            assertThat(get("/api/v1/reports/" + report + "?from=2026-10-01&to=2026-10-31")).as(report)
                    .returns(200, HttpResponse::statusCode);
        }
        assertThat(get("/api/v1/users/1/visits").statusCode()).isEqualTo(200);
    }

    @Test
    void operatorsSeeIt() throws Exception {
        while (!isManagementUp()) {
            Thread.sleep(20);
        }
        assertThat(get(managementPort, "/health").body()).contains("reachable", "a map");
        assertThat(get(managementPort, "/metrics").body()).contains("coworking_ledger_info{ledger=\"in-memory\"} 1");
    }

    @Test
    void commandsThatItDoesNotHaveSaySo() {
        assertThatThrownBy(() -> new InMemoryStore(ledger).rebuild()).isInstanceOf(StoreCommandException.class)
                .hasMessage("This store has no command rebuild.");
    }

    private boolean isManagementUp() throws InterruptedException {
        try {
            return get(managementPort, "/health").statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return get(port, path);
    }

    private HttpResponse<String> get(int ofPort, String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ofPort + path)).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private record InMemoryStore(InMemoryTokenLedger ledger) implements Store {

        private static final LedgerSource SOURCE = new LedgerSource("a map", "in-memory", false);

        @Override
        public OpenStore open(LedgerObserver observer) {
            return new OpenStore(ledger, new Operations(), 3, registry -> {});
        }

        @Override
        public SpaceClock clock() {
            return SpaceClock.UTC_ONLY;
        }

        @Override
        public String systemName() {
            return "in-memory";
        }

        @Override
        public String description() {
            return "in memory";
        }
    }

    private static final class Operations implements LedgerOperations {

        @Override
        public boolean isReachable() {
            return true;
        }

        @Override
        public Optional<LedgerSource> readsFrom() {
            return Optional.of(InMemoryStore.SOURCE);
        }
    }
}
