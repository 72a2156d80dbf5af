package coworking.analytics.rest.v1;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.rest.StubSpaceAnalytics;
import coworking.analytics.rest.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ArrivalsReportTest {

    private final StubSpaceAnalytics analytics = new StubSpaceAnalytics();
    private final TestServer server = new TestServer(analytics);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void arrivalsAreSevenRowsOfTwentyFourHours() {
        assertThat(get("arrivals?metric=average")).startsWith("{\"data\":[{\"weekday\":\"monday\",\"days\":2,"
                + "\"hours\":[0,0,0,0,0,0,0,0,1.5,3,0,0,0,0,0,0,0,0,0,0,0,0,0,0]},{\"weekday\":\"tuesday\",")
                .contains("\"metric\":\"average\"}", "\"definition\":\"/api/v1/metrics#arrivals\"");
        assertThat(get("arrivals?format=csv").split("\r\n", -1)).hasSize(9)
                .startsWith("weekday,days,hour_00,hour_01,hour_02,hour_03,hour_04,hour_05,hour_06,hour_07,hour_08,hour_09,hour_10,hour_11,"
                        + "hour_12,hour_13,hour_14,hour_15,hour_16,hour_17,hour_18,hour_19,hour_20,hour_21,hour_22,hour_23",
                        "monday,2,0,0,0,0,0,0,0,0,1.5,3,0,0,0,0,0,0,0,0,0,0,0,0,0,0");
        assertThat(analytics.calls).satisfiesExactly(
                average -> assertThat(average).endsWith(" true"), total -> assertThat(total).endsWith(" false"));
    }

    private String get(String report) {
        var answer = server.get("/api/v1/reports/" + report);
        assertThat(answer.statusCode()).as(report).isEqualTo(200);
        return new String(answer.body(), UTF_8);
    }
}
