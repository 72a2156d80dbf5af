package coworking.analytics.rest.v1;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.rest.StubSpaceAnalytics;
import coworking.analytics.rest.TestServer;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DailyUsageReportTest {

    private static final String META = "\"as_of\":\"2026-03-09T10:15:30.250000+00:00\",\"version\":\"4711\",\"source\":\"rollup\",\"data_until\":\"2026-03-09T10:12:07.003000+00:00\",\"time_zone\":\"UTC\",\"partial\":false";
    private static final String DAYS = "\"query\":{\"from\":\"2026-03-01\",\"to\":\"2026-03-05\",\"range\":";
    private static final String ALL = "FixedRange[from=Optional[2026-03-01], to=Optional[2026-03-05]] 00:00 2026-03-09T10:15:30.250";

    private final StubSpaceAnalytics analytics = new StubSpaceAnalytics();
    private final TestServer server = new TestServer(analytics);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void dailyUsageIsARowPerIntervalWithWhatItIsComparedWith() {
        assertThat(get("daily-usage?from=2026-03-01&to=2026-03-05&compare=previous")).isEqualTo("{\"data\":["
                + "{\"name\":\"2026-03-01\",\"first_day\":\"2026-03-01\",\"last_day\":\"2026-03-01\",\"value\":4,\"before_first_day\":\"2026-02-22\","
                + "\"before_last_day\":\"2026-02-26\",\"before\":3,\"change_percent\":33.33,\"partial\":false},"
                + "{\"name\":\"2026-03-02\",\"first_day\":\"2026-03-02\",\"last_day\":\"2026-03-05\",\"value\":0,\"before_first_day\":null,"
                + "\"before_last_day\":null,\"before\":null,\"change_percent\":null,\"partial\":true}],"
                + "\"meta\":{" + DAYS + "null,\"day_start\":\"00:00\",\"metric\":\"used\",\"interval\":\"day\",\"fill\":\"zero\","
                + "\"compare\":\"previous\"}," + META + ",\"definition\":\"/api/v1/metrics#used_tokens\","
                + "\"definitions\":{\"value\":\"/api/v1/metrics#used_tokens\"},\"warnings\":[],\"total_value\":4},"
                + "\"links\":{\"self\":\"/api/v1/reports/daily-usage?from=2026-03-01&to=2026-03-05&compare=previous\"}}\n");
        assertThat(analytics.calls).containsExactly("daily-usage " + ALL + " USED DAY ZERO PREVIOUS");
    }

    @Test
    void membersHaveNoTotalBecauseTheSameComeAgain() {
        assertThat(get("daily-usage?metric=members")).contains("\"total_value\":null",
                "\"definition\":\"/api/v1/metrics#visiting_members\"");
    }

    @ParameterizedTest
    @CsvSource({
            "metric=issued, ISSUED DAY ZERO NONE", "metric=members, MEMBERS DAY ZERO NONE", "metric=used, USED DAY ZERO NONE",
            "interval=week, USED WEEK ZERO NONE", "interval=month, USED MONTH ZERO NONE", "interval=day, USED DAY ZERO NONE",
            "fill=none, USED DAY NONE NONE", "fill=zero, USED DAY ZERO NONE",
            "compare=year, USED DAY ZERO YEAR", "compare=none, USED DAY ZERO NONE", "'', USED DAY ZERO NONE",
            "metric=issued&interval=week&fill=none&compare=year, ISSUED WEEK NONE YEAR"})
    void eachParameterOfDailyUsageReachesTheHexagon(String query, String asked) {
        get("daily-usage?" + query);
        assertThat(analytics.calls).singleElement().asString().endsWith(" " + asked);
    }

    private String get(String report) {
        var answer = server.get("/api/v1/reports/" + report);
        assertThat(answer.statusCode()).as(report).isEqualTo(200);
        return new String(answer.body(), UTF_8);
    }
}
