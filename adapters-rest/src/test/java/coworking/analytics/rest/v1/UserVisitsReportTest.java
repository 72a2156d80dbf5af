package coworking.analytics.rest.v1;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.rest.StubSpaceAnalytics;
import coworking.analytics.rest.TestServer;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserVisitsReportTest {

    private static final String USERS = "/api/v1/reports/user-visits";
    private static final String BEARER = "Bearer " + TestServer.TOKEN;

    private static final String SECOND_PAGE = "AQAAAAAAAAABAAAAAAAAUCEAAAAAAABQJQAAAAAAAAAJAAAAAAAAAAcAAAAAAAAAYyAW1PJlXbpT";
    private static final String SECOND_PAGE_BY_ID = "AQAAAAAAAAABAAAAAAAAUCEAAAAAAABQJQAAAAAAAAAJAAAAAAAAAAcAAAAAAAAAY_0hVwhWaRaK";
    private static final String SECOND_PAGE_OF_DATES = "AQAAAAAAAAAAAAAAAAAAUCEAAAAAAABQJQAAAAAAAAAJAAAAAAAAAAcAAAAAAAAAY4uipyPL5TaM";

    private final StubSpaceAnalytics analytics = new StubSpaceAnalytics();
    private final TestServer server = new TestServer(analytics);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void userVisitsAreAPageOfUsers() {
        assertThat(get(USERS)).startsWith("{\"data\":[{\"user_id\":7,\"visits\":9,\"issued\":9,\"used\":5,"
                + "\"joined_at\":\"2023-01-20T03:23:39.757813+00:00\",\"active\":true},{\"user_id\":4711,\"visits\":6,\"issued\":6,\"used\":0,"
                + "\"joined_at\":null,\"active\":null}],\"meta\":{\"query\":{\"from\":\"2026-03-01\",\"to\":\"2026-03-05\",\"range\":\"all\","
                + "\"day_start\":\"00:00\",\"count\":\"issued\",\"active\":null,\"min_visits\":1,\"sort\":\"-visits\",\"limit\":100,"
                + "\"include\":[]},").endsWith(",\"total_count\":null},\"links\":{\"self\":\"/api/v1/reports/user-visits\"}}\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', value = {
            "'' ! false Optional.empty 1 MOST_VISITS ! 100 Optional.empty false", "count=used ! true Optional.empty 1 MOST_VISITS ! 100",
            "count=issued ! false Optional.empty 1 MOST_VISITS ! 100", "active=true ! false Optional[true] 1 MOST_VISITS ! 100",
            "active=false ! false Optional[false] 1 MOST_VISITS ! 100", "min_visits=2 ! false Optional.empty 2 MOST_VISITS ! 100",
            "min_visits=9223372036854775807 ! false Optional.empty 9223372036854775807 MOST_VISITS ! 100",
            "sort=visits ! false Optional.empty 1 FEWEST_VISITS ! 100", "sort=id ! false Optional.empty 1 ID ! 100",
            "sort=-visits ! false Optional.empty 1 MOST_VISITS ! 100", "limit=1 ! false Optional.empty 1 MOST_VISITS ! 1 ",
            "limit=1000 ! false Optional.empty 1 MOST_VISITS ! 1000",
            "cursor=" + SECOND_PAGE + "&limit=1 ! false Optional.empty 1 MOST_VISITS ! 1 Optional[PageToken[isAllTime=true,",
            "include=total ! false Optional.empty 1 MOST_VISITS ! 100 Optional.empty true"})
    void eachParameterOfUserVisitsReachesTheHexagon(String query, String question, String paging) {
        get(USERS + "?" + query);
        var words = question.split(" ", -1);
        assertThat(analytics.calls).singleElement().asString()
                .contains("UserVisitsCriteria[countsUsed=" + words[0] + ", isActive=" + words[1] + ", minVisits=" + words[2] + ", order="
                        + words[3]
                        + ", withNames=false]")
                .contains("PageRequest[limit=" + paging.split(" ", -1)[0] + ", ");
        if (paging.contains("Optional")) {
            assertThat(analytics.calls.getFirst()).contains("after=" + paging.split(" ", -1)[1]);
        }
        assertThat(analytics.calls.getFirst()).contains("withTotal=" + query.contains("total"));
    }

    @Test
    void visitsAreTheTokensThatCount() {
        assertThat(get(USERS + "?count=used")).contains("\"user_id\":7,\"visits\":5,\"issued\":9,\"used\":5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "csv", "tsv", "ndjson"})
    void aPageLinksToTheNextOneUntilThereIsNone(String format) {
        var first = server.get(USERS + "?limit=1&sort=id&format=" + format);
        assertThat(first.headers().allValues("Link"))
                .containsExactly("<" + USERS + "?limit=1&sort=id&format=" + format + "&cursor=" + SECOND_PAGE_BY_ID + ">; rel=\"next\"");

        var next = first.headers().firstValue("Link").orElseThrow().replaceAll("<(.*)>.*", "$1");
        var second = server.get(next);
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.headers().allValues("Link")).isEmpty();
        assertThat(body(second)).contains("4711").doesNotContain("\"next\"");
        assertThat(analytics.calls).allSatisfy(asked -> assertThat(asked).startsWith("user-visits "));
    }

    @Test
    void theLinkToTheNextPageIsInTheEnvelopeToo() {
        assertThat(get(USERS + "?limit=1&from=2026-03-01&to=2026-03-05&include=total")).endsWith(
                "\"total_count\":750},\"links\":{\"self\":\"/api/v1/reports/user-visits?limit=1&from=2026-03-01&to=2026-03-05&include=total\","
                        + "\"next\":\"/api/v1/reports/user-visits?limit=1&from=2026-03-01&to=2026-03-05&include=total&cursor="
                        + SECOND_PAGE_OF_DATES + "\"}}\n");
    }

    @Test
    void aPageHasThePageBeforeInNoLink() {
        assertThat(get(USERS + "?cursor=" + SECOND_PAGE + "&limit=1"))
                .contains("\"self\":\"/api/v1/reports/user-visits?cursor=" + SECOND_PAGE + "&limit=1\"}")
                .doesNotContain("\"cursor\":");
    }

    @ParameterizedTest
    @CsvSource({"csv, all user-visits", "tsv, all user-visits", "ndjson, all user-visits", "json, user-visits"})
    void withoutALimitOrACursorAllRowsAreExportedAndJsonIsAPage(String format, String asked) {
        get(USERS + "?format=" + format);
        assertThat(analytics.calls).singleElement().asString().startsWith(asked + " ");
    }

    @Test
    void rowsOfUsersInEachFormat() {
        assertThat(get(USERS + "?format=csv")).isEqualTo("""
                user_id,visits,issued,used,joined_at,active\r
                7,9,9,5,2023-01-20T03:23:39.757813+00:00,true\r
                4711,6,6,0,,\r
                """);
        assertThat(get(USERS + "?format=tsv")).isEqualTo("""
                user_id\tvisits\tissued\tused\tjoined_at\tactive
                7\t9\t9\t5\t2023-01-20T03:23:39.757813+00:00\ttrue
                4711\t6\t6\t0\t\t
                """);
        assertThat(get(USERS + "?format=ndjson&limit=1")).isEqualTo("{\"user_id\":7,\"visits\":9,\"issued\":9,\"used\":5,"
                + "\"joined_at\":\"2023-01-20T03:23:39.757813+00:00\",\"active\":true}\n");
    }

    @Test
    void aNameThatASpreadsheetWouldTakeForAFormulaHasAnApostropheInFront() {
        assertThat(body(server.get(USERS + "?include=name&format=csv", "Authorization", BEARER))).isEqualTo("""
                user_id,visits,issued,used,joined_at,active,first_name,last_name\r
                7,9,9,5,2023-01-20T03:23:39.757813+00:00,true,Ada,"'=HYPERLINK(""http://evil"")"\r
                4711,6,6,0,,,,\r
                """);
        assertThat(body(server.get(USERS + "?include=name&format=json", "Authorization", BEARER)))
                .contains("\"first_name\":\"Ada\",\"last_name\":\"=HYPERLINK(\\\"http://evil\\\")\"",
                        "\"first_name\":null,\"last_name\":null");
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
