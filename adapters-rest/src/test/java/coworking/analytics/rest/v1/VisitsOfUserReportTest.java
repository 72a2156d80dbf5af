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

class VisitsOfUserReportTest {

    private static final String SECOND_PAGE_OF_VISITS = "AQAAAAAAAAABAAAAAAAAUCEAAAAAAABQJQAAAABpmsfoAAAAAAcnDgAAAAAAAAAADNVDMdbzNjgo";
    private static final String BEARER = "Bearer " + TestServer.TOKEN;

    private final StubSpaceAnalytics analytics = new StubSpaceAnalytics();
    private final TestServer server = new TestServer(analytics);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theVisitsOfAUserComeWithWhatIsKnownOfTheUser() {
        assertThat(get("/api/v1/users/7/visits?range=all&limit=5")).startsWith("{\"data\":[{\"token_id\":12,"
                + "\"created_at\":\"2026-02-22T09:10:00.120000+00:00\",\"used_at\":\"2026-02-22T09:05:00+00:00\"}],\"meta\":{\"query\":{")
                .contains("\"limit\":5,\"include\":[]},")
                .endsWith(
                        ",\"total_count\":null,\"user\":{\"user_id\":7,\"joined_at\":\"2023-01-20T03:23:39.757813+00:00\",\"active\":true}},"
                                + "\"links\":{\"self\":\"/api/v1/users/7/visits?range=all&limit=5\","
                                + "\"next\":\"/api/v1/users/7/visits?range=all&limit=5&cursor=" + SECOND_PAGE_OF_VISITS + "\"}}\n");
        assertThat(get("/api/v1/users/7/visits?format=csv"))
                .isEqualTo("token_id,created_at,used_at\r\n12,2026-02-22T09:10:00.120000+00:00,2026-02-22T09:05:00+00:00\r\n");
        assertThat(body(server.get("/api/v1/users/7/visits?include=name,total", "Authorization", BEARER)))
                .contains("\"include\":[\"total\",\"name\"]", "\"active\":true,\"first_name\":\"Ada\",\"last_name\":\"=HYPERLINK(");
    }

    @ParameterizedTest
    @ValueSource(strings = {"8", "-1", "0", "07", "+7", "7.0", "x", "9223372036854775807", "9223372036854775808",
            "99999999999999999999999999", "%20",
            "7%2F", "%00", "%F0%9F%98%80"})
    void whatIsNobodysIdIsNotFoundInAnyFormat(String id) {
        for (var format : new String[]{"json", "csv"}) {
            var answer = server.get("/api/v1/users/" + id + "/visits?format=" + format);
            assertThat(answer.statusCode()).as(id).isEqualTo(404);
            assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/problem+json");
            assertThat(body(answer)).contains("\"status\":404");
        }
    }

    private String get(String url) {
        var answer = server.get(url);
        assertThat(answer.statusCode()).as(body(answer)).isEqualTo(200);
        return body(answer);
    }

    private static String body(HttpResponse<byte[]> answer) {
        return new String(answer.body(), UTF_8);
    }
}
