package coworking.analytics.rest.v1;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.rest.StubSpaceAnalytics;
import coworking.analytics.rest.TestServer;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DormantMembersReportTest {

    private static final String DORMANT = "/api/v1/reports/dormant";
    private static final String BEARER = "Bearer " + TestServer.TOKEN;

    private final StubSpaceAnalytics analytics = new StubSpaceAnalytics();
    private final TestServer server = new TestServer(analytics);

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
            "'', 2.0 3", "factor=1.5, 1.5 3", "factor=100, 100.0 3", "factor=0.001, 0.001 3", "min_visits=2, 2.0 2",
            "min_visits=1000, 2.0 1000"})
    void eachParameterOfDormantReachesTheHexagon(String query, String asked) {
        assertThat(get(DORMANT + "?" + query)).startsWith("{\"data\":[{\"user_id\":7,\"visit_days\":6,\"last_visit\":\"2026-02-22\","
                + "\"median_gap_days\":7.5,\"absent_days\":15,\"joined_at\":\"2023-01-20T03:23:39.757813+00:00\",\"active\":true}],");
        assertThat(analytics.calls).singleElement().asString().contains(
                "DormancyCriteria[factor=" + asked.split(" ", -1)[0] + ", minVisits=" + asked.split(" ", -1)[1] + ", withNames=false]");
    }

    @Test
    void dormantMembersAreExportedToo() {
        assertThat(body(server.get(DORMANT + "?format=csv&include=name", "Authorization", BEARER))).isEqualTo("""
                user_id,visit_days,last_visit,median_gap_days,absent_days,joined_at,active,first_name,last_name\r
                7,6,2026-02-22,7.5,15,2023-01-20T03:23:39.757813+00:00,true,Ada,"'=HYPERLINK(""http://evil"")"\r
                """);
        assertThat(analytics.calls).singleElement().asString().startsWith("all dormant ");
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
