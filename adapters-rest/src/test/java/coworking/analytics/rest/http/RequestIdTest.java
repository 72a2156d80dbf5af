package coworking.analytics.rest.http;

import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.rest.OriginalUrls;
import coworking.analytics.rest.StubSpaceAnalytics;
import coworking.analytics.rest.TestServer;
import coworking.analytics.rest.spi.ExchangeObserver;
import coworking.analytics.rest.spi.Route;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** By what name a request goes, in the log and in the answer. */
class RequestIdTest {

    private static final String SUMMARY = "/api/v1/reports/summary";

    private final RequestIdRecorder log = new RequestIdRecorder();
    private final TestServer server = new TestServer(new StubSpaceAnalytics(), log);

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mine", "6f1c9f0e-4a0b-4b2e-9d52-0d1f6a7c3b11", "Root=1-5759e988-bd862e3fe1be46a994272793", "a.b_c:d/e+f=-",
            "0"})
    void aCallersOwnNameForARequestIsKept(String id) {
        assertThat(server.get(SUMMARY, "X-Request-Id", id).headers().allValues("X-Request-Id")).containsExactly(id);
        assertThat(logged()).containsExactly(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "quo\"te", "x\tx", "<b>", "{}",
            "12345678901234567890123456789012345678901234567890123456789012345"})
    void aNameThatDoesNotBelongInALogIsReplaced(String id) {
        var answered = server.get(SUMMARY, "X-Request-Id", id).headers().allValues("X-Request-Id");
        assertThat(answered).singleElement().asString().matches("[0-9a-f]{16}");
        assertThat(logged()).isEqualTo(answered);
    }

    @Test
    void requestsWithoutANameAreGivenDifferentOnes() {
        for (int i = 0; i < 20; i++) {
            server.get(SUMMARY);
        }
        assertThat(logged()).hasSize(20).doesNotHaveDuplicates();
    }

    @Test
    void theOriginalsUrlsKeepTheNameInTheLogToThemselves() {
        assertThat(server.get(OriginalUrls.DAILY_USAGE, "X-Request-Id", "mine").headers().map()).doesNotContainKeys("x-request-id",
                "server-timing");
        assertThat(logged()).containsExactly("mine");
    }

    @Test
    void theTimeInTheDatabaseIsToldApartFromAllOther() {
        log.inDatabase = Duration.ofNanos(1_234_567);
        for (var format : List.of("json", "csv")) {
            assertThat(server.get(SUMMARY + "?format=" + format).headers().firstValue("Server-Timing"))
                    .hasValueSatisfying(timing -> assertThat(timing).matches("db;dur=1\\.235, app;dur=\\d+\\.\\d{3}"));
        }
    }

    /** Requests are told of when their answers have been sent, so perhaps after these arrived. */
    private List<String> logged() {
        server.close();
        return List.copyOf(log.ids);
    }

    /** Asks for the id of each request at its end, as a log does. */
    private static final class RequestIdRecorder implements ExchangeObserver {

        private final List<String> ids = new CopyOnWriteArrayList<>();
        private volatile Duration inDatabase = Duration.ZERO;

        @Override
        public ObservedExchange started(String method, Supplier<String> id, Function<String, Optional<String>> header) {
            return new ObservedExchange() {

                @Override
                public Duration databaseTime() {
                    return inDatabase;
                }

                @Override
                public void ended(Route route, int status, long bytes) {
                    ids.add(id.get());
                }
            };
        }
    }
}
