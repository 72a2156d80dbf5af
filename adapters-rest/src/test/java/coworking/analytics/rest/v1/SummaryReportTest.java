package coworking.analytics.rest.v1;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.rest.StubSpaceAnalytics;
import coworking.analytics.rest.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SummaryReportTest {

    private final StubSpaceAnalytics analytics = new StubSpaceAnalytics();
    private final TestServer server = new TestServer(analytics);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aSummaryIsARowAndASecondOneOfTheTimeBefore() {
        var current = "{\"period\":\"current\",\"first_day\":\"2026-03-01\",\"last_day\":\"2026-03-05\",\"issued\":40,\"used\":20,\"used_percent\":50,"
                + "\"visiting_members\":12,\"new_members\":3,\"busiest_day\":\"2026-03-01\",\"busiest_day_used\":8,\"busiest_hour\":9,"
                + "\"busiest_hour_used\":6}";
        var before = "{\"period\":\"before\",\"first_day\":\"2026-02-22\",\"last_day\":\"2026-02-26\",\"issued\":0,\"used\":0,\"used_percent\":null,"
                + "\"visiting_members\":0,\"new_members\":0,\"busiest_day\":null,\"busiest_day_used\":null,\"busiest_hour\":null,"
                + "\"busiest_hour_used\":null}";

        assertThat(get("summary")).startsWith("{\"data\":[" + current + "],\"meta\":{").contains(
                "\"definition\":\"/api/v1/metrics#used_tokens\",\"definitions\":{\"issued\":\"/api/v1/metrics#issued_tokens\","
                        + "\"used\":\"/api/v1/metrics#used_tokens\",\"used_percent\":\"/api/v1/metrics#share_used\","
                        + "\"visiting_members\":\"/api/v1/metrics#visiting_members\",\"new_members\":\"/api/v1/metrics#new_members\","
                        + "\"busiest_day\":\"/api/v1/metrics#busiest_day\",\"busiest_hour\":\"/api/v1/metrics#busiest_hour\"}");
        assertThat(get("summary?compare=year")).startsWith("{\"data\":[" + current + "," + before + "],\"meta\":{");
        assertThat(get("summary?compare=previous&format=ndjson")).isEqualTo(current + "\n" + before + "\n");
        assertThat(analytics.calls).satisfiesExactly(
                none -> assertThat(none).endsWith(" NONE"), year -> assertThat(year).endsWith(" YEAR"),
                previous -> assertThat(previous).endsWith(" PREVIOUS"));
    }

    private String get(String report) {
        var answer = server.get("/api/v1/reports/" + report);
        assertThat(answer.statusCode()).as(report).isEqualTo(200);
        return new String(answer.body(), UTF_8);
    }
}
