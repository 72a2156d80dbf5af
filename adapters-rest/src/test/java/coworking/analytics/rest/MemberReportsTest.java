package coworking.analytics.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports with pages: what they ask of the hexagon, every byte of what they answer, and who may see names. */
class MemberReportsTest {

    private static final String USERS = "/api/v1/reports/user-visits";
    private static final String DORMANT = "/api/v1/reports/dormant";
    private static final String BEARER = "Bearer " + TestServer.TOKEN;

    private final StubAnalytics analytics = new StubAnalytics();
    private final TestServer server = new TestServer(analytics);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void userVisitsAreAPageOfUsers() {
        assertThat(get(USERS)).startsWith("{\"data\":[{\"user_id\":7,\"visits\":9,\"issued\":9,\"used\":5,"
                + "\"joined_at\":\"2023-01-20T03:23:39.757813\",\"active\":true},{\"user_id\":4711,\"visits\":6,\"issued\":6,\"used\":0,"
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
            "limit=1000 ! false Optional.empty 1 MOST_VISITS ! 1000", "limit=5000 ! false Optional.empty 1 MOST_VISITS ! 1000",
            "limit=99999999999999999999999 ! false Optional.empty 1 MOST_VISITS ! 1000",
            "cursor=second&limit=1 ! false Optional.empty 1 MOST_VISITS ! 1 Optional[second]",
            "include=total ! false Optional.empty 1 MOST_VISITS ! 100 Optional.empty true"})
    void eachParameterOfUserVisitsReachesTheHexagon(String query, String question, String paging) {
        get(USERS + "?" + query);
        var words = question.split(" ", -1);
        assertThat(analytics.asked).singleElement().asString()
                .contains("VisitsQuestion[countsUsed=" + words[0] + ", isActive=" + words[1] + ", leastVisits=" + words[2] + ", order="
                        + words[3]
                        + ", withNames=false]")
                .contains("Paging[limit=" + paging.split(" ", -1)[0] + ", ");
        if (paging.contains("Optional")) {
            assertThat(analytics.asked.getFirst()).contains("after=" + paging.split(" ", -1)[1]);
        }
        assertThat(analytics.asked.getFirst()).contains("withTotal=" + query.contains("total"));
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
                .containsExactly("<" + USERS + "?limit=1&sort=id&format=" + format + "&cursor=second>; rel=\"next\"");

        var next = first.headers().firstValue("Link").orElseThrow().replaceAll("<(.*)>.*", "$1");
        var second = server.get(next);
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.headers().allValues("Link")).isEmpty();
        assertThat(body(second)).contains("4711").doesNotContain("\"next\"");
        assertThat(analytics.asked).allSatisfy(asked -> assertThat(asked).startsWith("user-visits "));
    }

    @Test
    void theLinkToTheNextPageIsInTheEnvelopeToo() {
        assertThat(get(USERS + "?limit=1&from=2026-03-01&to=2026-03-05&include=total")).endsWith(
                "\"total_count\":750},\"links\":{\"self\":\"/api/v1/reports/user-visits?limit=1&from=2026-03-01&to=2026-03-05&include=total\","
                        + "\"next\":\"/api/v1/reports/user-visits?limit=1&from=2026-03-01&to=2026-03-05&include=total&cursor=second\"}}\n");
    }

    @Test
    void aPageHasThePageBeforeInNoLink() {
        assertThat(get(USERS + "?cursor=second&limit=1")).contains("\"self\":\"/api/v1/reports/user-visits?cursor=second&limit=1\"}")
                .doesNotContain("\"cursor\":");
    }

    @ParameterizedTest
    @CsvSource({"csv, all user-visits", "tsv, all user-visits", "ndjson, all user-visits", "json, user-visits"})
    void withoutALimitOrACursorAllRowsAreExportedAndJsonIsAPage(String format, String asked) {
        get(USERS + "?format=" + format);
        assertThat(analytics.asked).singleElement().asString().startsWith(asked + " ");
    }

    @Test
    void rowsOfUsersInEachFormat() {
        assertThat(get(USERS + "?format=csv")).isEqualTo("""
                user_id,visits,issued,used,joined_at,active\r
                7,9,9,5,2023-01-20T03:23:39.757813,true\r
                4711,6,6,0,,\r
                """);
        assertThat(get(USERS + "?format=tsv")).isEqualTo("""
                user_id\tvisits\tissued\tused\tjoined_at\tactive
                7\t9\t9\t5\t2023-01-20T03:23:39.757813\ttrue
                4711\t6\t6\t0\t\t
                """);
        assertThat(get(USERS + "?format=ndjson&limit=1")).isEqualTo("{\"user_id\":7,\"visits\":9,\"issued\":9,\"used\":5,"
                + "\"joined_at\":\"2023-01-20T03:23:39.757813\",\"active\":true}\n");
    }

    @Test
    void aNameThatASpreadsheetWouldTakeForAFormulaHasAnApostropheInFront() {
        assertThat(body(server.get(USERS + "?include=name&format=csv", "Authorization", BEARER))).isEqualTo("""
                user_id,visits,issued,used,joined_at,active,first_name,last_name\r
                7,9,9,5,2023-01-20T03:23:39.757813,true,Ada,"'=HYPERLINK(""http://evil"")"\r
                4711,6,6,0,,,,\r
                """);
        assertThat(body(server.get(USERS + "?include=name&format=json", "Authorization", BEARER)))
                .contains("\"first_name\":\"Ada\",\"last_name\":\"=HYPERLINK(\\\"http://evil\\\")\"",
                        "\"first_name\":null,\"last_name\":null");
    }

    @ParameterizedTest
    @CsvSource({
            "'', 2.0 3", "factor=1.5, 1.5 3", "factor=100, 100.0 3", "factor=0.001, 0.001 3", "min_visits=2, 2.0 2",
            "min_visits=1000, 2.0 1000"})
    void eachParameterOfDormantReachesTheHexagon(String query, String asked) {
        assertThat(get(DORMANT + "?" + query)).startsWith("{\"data\":[{\"user_id\":7,\"visit_days\":6,\"last_visit\":\"2026-02-22\","
                + "\"median_gap_days\":7.5,\"absent_days\":15,\"joined_at\":\"2023-01-20T03:23:39.757813\",\"active\":true}],");
        assertThat(analytics.asked).singleElement().asString().contains(
                "DormancyQuestion[factor=" + asked.split(" ", -1)[0] + ", leastVisits=" + asked.split(" ", -1)[1] + ", withNames=false]");
    }

    @Test
    void dormantMembersAreExportedToo() {
        assertThat(body(server.get(DORMANT + "?format=csv&include=name", "Authorization", BEARER))).isEqualTo("""
                user_id,visit_days,last_visit,median_gap_days,absent_days,joined_at,active,first_name,last_name\r
                7,6,2026-02-22,7.5,15,2023-01-20T03:23:39.757813,true,Ada,"'=HYPERLINK(""http://evil"")"\r
                """);
        assertThat(analytics.asked).singleElement().asString().startsWith("all dormant ");
    }

    @Test
    void theVisitsOfAUserComeWithWhatIsKnownOfTheUser() {
        assertThat(get("/api/v1/users/7/visits?range=all&limit=5")).startsWith("{\"data\":[{\"token_id\":12,"
                + "\"created_at\":\"2026-02-22T09:10:00.120000\",\"used_at\":\"2026-02-22T09:05:00\"}],\"meta\":{\"query\":{")
                .contains("\"limit\":5,\"include\":[]},")
                .endsWith(",\"total_count\":null,\"user\":{\"user_id\":7,\"joined_at\":\"2023-01-20T03:23:39.757813\",\"active\":true}},"
                        + "\"links\":{\"self\":\"/api/v1/users/7/visits?range=all&limit=5\","
                        + "\"next\":\"/api/v1/users/7/visits?range=all&limit=5&cursor=next\"}}\n");
        assertThat(get("/api/v1/users/7/visits?format=csv"))
                .isEqualTo("token_id,created_at,used_at\r\n12,2026-02-22T09:10:00.120000,2026-02-22T09:05:00\r\n");
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
            assertThat(analytics.asked).isEmpty();
            assertThat(server.get(wanted, "Authorization", BEARER).statusCode()).isEqualTo(200);
            assertThat(server.get(wanted, "Authorization", "bearer  " + TestServer.TOKEN).statusCode()).isEqualTo(200);
            analytics.asked.clear();
        }
    }

    private static void assertRefused(HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().allValues("WWW-Authenticate")).containsExactly("Bearer realm=\"names\"");
        assertThat(body(answer)).contains("\"status\":401").doesNotContain(TestServer.TOKEN.substring(1));
    }

    @Test
    void anAnswerWithNamesIsAnotherOneForEachCaller() {
        assertThat(server.get(USERS + "?include=name", "Authorization", BEARER).headers().allValues("Vary"))
                .containsExactly("Accept, Accept-Encoding, Authorization");
        assertThat(server.get(USERS, "Authorization", BEARER).headers().allValues("Vary")).containsExactly("Accept, Accept-Encoding");
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
