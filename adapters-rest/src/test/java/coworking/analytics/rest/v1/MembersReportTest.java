package coworking.analytics.rest.v1;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.rest.StubSpaceAnalytics;
import coworking.analytics.rest.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MembersReportTest {

    private final StubSpaceAnalytics analytics = new StubSpaceAnalytics();
    private final TestServer server = new TestServer(analytics);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void membersAreARowPerIntervalAndAStateOfNow() {
        assertThat(get("members?interval=month"))
                .startsWith("{\"data\":[{\"name\":\"2026-03\",\"first_day\":\"2026-03-01\",\"last_day\":\"2026-03-05\","
                        + "\"joined\":12,\"cumulative\":972,\"partial\":true}],")
                .contains("\"interval\":\"month\"}", "\"warnings\":[],"
                        + "\"members_now\":{\"active\":900,\"inactive\":75,\"undated\":3}}");
        assertThat(analytics.calls).singleElement().asString().endsWith(" MONTH");
    }

    private String get(String report) {
        var answer = server.get("/api/v1/reports/" + report);
        assertThat(answer.statusCode()).as(report).isEqualTo(200);
        return new String(answer.body(), UTF_8);
    }
}
