package coworking.analytics.rest.v1;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.rest.StubSpaceAnalytics;
import coworking.analytics.rest.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionReportTest {

    private final StubSpaceAnalytics analytics = new StubSpaceAnalytics();
    private final TestServer server = new TestServer(analytics);

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"'', WEEK 12", "cohort=month&periods=52, MONTH 52", "cohort=week&periods=1, WEEK 1"})
    void retentionIsARowPerCohortAndPeriod(String query, String asked) {
        assertThat(get("retention?" + query))
                .startsWith("{\"data\":[{\"cohort\":\"2026-02\",\"cohort_first_day\":\"2026-02-01\",\"size\":8,"
                        + "\"period\":0,\"members\":8,\"members_percent\":100,\"complete\":true},{\"cohort\":\"2026-02\",\"cohort_first_day\":\"2026-02-01\",\"size\":8,"
                        + "\"period\":1,\"members\":3,\"members_percent\":37.5,\"complete\":false}],")
                .contains("\"definition\":\"/api/v1/metrics#retention\"");
        assertThat(analytics.calls).singleElement().asString().endsWith(" " + asked);
    }

    private String get(String report) {
        var answer = server.get("/api/v1/reports/" + report);
        assertThat(answer.statusCode()).as(report).isEqualTo(200);
        return new String(answer.body(), UTF_8);
    }
}
