package coworking.analytics.rest.v1;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.rest.StubSpaceAnalytics;
import coworking.analytics.rest.TestServer;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameAccessTest {

    private static final String USERS = "/api/v1/reports/user-visits";
    private static final String DORMANT = "/api/v1/reports/dormant";
    private static final String BEARER = "Bearer " + TestServer.TOKEN;

    private final StubSpaceAnalytics analytics = new StubSpaceAnalytics();
    private final TestServer server = new TestServer(analytics);

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {USERS, DORMANT, "/api/v1/users/7/visits"})
    void namesNeedTheTokenInEveryFormat(String url) {
        for (var format : new String[]{"json", "csv", "tsv", "ndjson"}) {
            var wanted = url + "?include=name&format=" + format;
            assertRefused(server.get(wanted));
            assertRefused(server.get(wanted, "Authorization", BEARER.substring(0, BEARER.length() - 1)));
            assertRefused(server.get(wanted, "Authorization", BEARER + "x"));
            assertRefused(server.get(wanted, "Authorization", TestServer.TOKEN));
            assertRefused(server.get(wanted, "Authorization", "Basic " + TestServer.TOKEN));
            assertRefused(server.get(wanted, "Authorization", "Bearer"));
            assertThat(analytics.calls).isEmpty();
            assertThat(server.get(wanted, "Authorization", BEARER).statusCode()).isEqualTo(200);
            assertThat(server.get(wanted, "Authorization", "bearer  " + TestServer.TOKEN).statusCode()).isEqualTo(200);
            analytics.calls.clear();
        }
    }

    @Test
    void anAnswerWithNamesIsAnotherOneForEachCaller() {
        assertThat(server.get(USERS + "?include=name", "Authorization", BEARER).headers().allValues("Vary"))
                .containsExactly("Accept, Accept-Encoding, Authorization");
        assertThat(server.get(USERS, "Authorization", BEARER).headers().allValues("Vary")).containsExactly("Accept, Accept-Encoding");
    }

    private static void assertRefused(HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().allValues("WWW-Authenticate")).containsExactly("Bearer realm=\"names\"");
        assertThat(body(answer)).contains("\"status\":401").doesNotContain(TestServer.TOKEN.substring(1));
    }

    private static String body(HttpResponse<byte[]> answer) {
        return new String(answer.body(), UTF_8);
    }
}
