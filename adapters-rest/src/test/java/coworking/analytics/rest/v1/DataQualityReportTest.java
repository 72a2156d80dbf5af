package coworking.analytics.rest.v1;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.rest.StubSpaceAnalytics;
import coworking.analytics.rest.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DataQualityReportTest {

    private final StubSpaceAnalytics analytics = new StubSpaceAnalytics();
    private final TestServer server = new TestServer(analytics);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void dataQualityIsARowPerFindingWithSamples() {
        assertThat(get("data-quality")).startsWith("{\"data\":[{\"finding\":\"used_before_created\",\"count\":3,\"sample_of\":\"tokens\","
                + "\"samples\":[11,12,40]},{\"finding\":\"users_never_seen\",\"count\":0,\"sample_of\":\"users\",\"samples\":[]}],");
        assertThat(get("data-quality?format=tsv"))
                .isEqualTo(("finding count sample_of sample_1 sample_2 sample_3 sample_4 sample_5 sample_6 "
                        + "sample_7 sample_8 sample_9 sample_10 sample_11 sample_12 sample_13 sample_14 sample_15 sample_16 sample_17 sample_18 "
                        + "sample_19 sample_20\nused_before_created 3 tokens 11 12 40" + " ".repeat(17) + "\nusers_never_seen 0 users"
                        + " ".repeat(20)
                        + "\n").replace(' ', '\t'));
    }

    private String get(String report) {
        var answer = server.get("/api/v1/reports/" + report);
        assertThat(answer.statusCode()).as(report).isEqualTo(200);
        return new String(answer.body(), UTF_8);
    }
}
