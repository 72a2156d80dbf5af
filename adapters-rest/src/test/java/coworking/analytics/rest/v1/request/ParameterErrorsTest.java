package coworking.analytics.rest.v1.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.rest.RawConnection.RawResponse;
import coworking.analytics.rest.StubSpaceAnalytics;
import coworking.analytics.rest.TestServer;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries that nobody understands. They go out by hand: no client library sends some of them as they are. */
@TestInstance(Lifecycle.PER_CLASS)
public class ParameterErrorsTest {

    private static final String V1 = "/api/v1/";
    private static final String DATES = "a date from 0001-01-01 to 9999-12-31, as in 2026-03-01";

    private final StubSpaceAnalytics analytics = new StubSpaceAnalytics();
    private TestServer server;

    @BeforeAll
    void start() {
        server = new TestServer(analytics);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    public static Stream<String> resources() {
        return Stream.of("reports/daily-usage", "reports/user-visits", "reports/summary", "reports/arrivals", "reports/members",
                "reports/retention", "reports/dormant", "reports/data-quality", "users/7/visits", "metrics");
    }

    static Stream<String> withDays() {
        return resources().filter(resource -> !resource.equals("metrics"));
    }

    @ParameterizedTest
    @MethodSource("resources")
    void aParameterThatNobodyKnowsIsNamedWithThoseThatThereAre(String resource) {
        var answer = request(resource + "?foo=1");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.body()).contains(
                "\"title\":\"Bad Request\",\"status\":400,\"code\":\"invalid_parameters\",\"detail\":\"1 parameter is invalid.\","
                        + "\"instance\":\"/api/v1/" + resource + "\",\"request_id\":\"",
                "\"errors\":[{\"parameter\":\"foo\",\"code\":\"unknown_parameter\",\"value\":\"1\",\"reason\":\"is unknown\",\"allowed\":\"")
                .contains("format");
    }

    @Test
    void allFaultsOfARequestAreNamedAtOnceInTheOrderInWhichTheyAreRead() {
        assertThat(errors(
                "reports/daily-usage?foo=1&interval=hour&to=1&metric=&fill=%ZZ&compare=none&compare=none&day_start=24:00&range=8d&format=xml"))
                .containsExactly("format is not an allowed value: json, csv, tsv, ndjson, xlsx",
                        "to is not an allowed value: " + DATES,
                        "range is not an allowed value: 7d, 28d, 30d, 91d, 12mo, mtd, qtd, ytd, all",
                        "day_start is not an allowed value: a time from 00:00 to 23:59, as in 04:00",
                        "range cannot be combined with from or to: range, or from and to, but not both",
                        "metric is empty: used, issued, members",
                        "interval is not an allowed value: day, week, month", "fill is not percent-encoded UTF-8: zero, none",
                        "compare is given 2 times: once, previous, week, month, year, none",
                        "foo is unknown: format, separator, bom, from, to, range, day_start, metric, interval, fill, compare");
    }

    @ParameterizedTest
    @MethodSource("withDays")
    void aDayIsAnIsoDateThatThereIs(String resource) {
        for (var wrong : List.of("", "1", "2026-3-1", "2026-02-30", "2025-02-29", "2026-03-01T00:00", "20260301", "2026-W10", "0000-01-01",
                "+2026-03-01", "-001-01-01", "10000-01-01", "2026-03-01%20", "%202026-03-01", "٢٠٢٦-03-01", "today", "2026-13-01",
                "2026-00-10")) {
            for (var day : List.of("from", "to")) {
                assertThat(errors(resource + "?" + day + "=" + wrong)).as(wrong).singleElement().asString().startsWith(day + " is ")
                        .endsWith(": " + DATES);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("withDays")
    void daysThatContradictEachOtherAreFaults(String resource) {
        assertThat(errors(resource + "?from=2026-03-02&to=2026-03-01")).containsExactly("from is after to: a day not after 2026-03-01");
        assertThat(errors(resource + "?from=2016-03-01&to=2026-03-02"))
                .containsExactly("from is more than ten years before the last day: a day from 2016-03-02 on");
        assertThat(errors(resource + "?from=2014-02-28&to=2024-02-29"))
                .containsExactly("from is more than ten years before the last day: a day from 2014-03-01 on");
        assertThat(request(resource + "?from=2014-03-01&to=2024-02-29").status()).isEqualTo(200);
        assertThat(errors(resource + "?from=2016-03-08")).containsExactly(
                "from is more than ten years before the last day: a day from 2016-03-09 on");
        assertThat(errors(resource + "?range=7d&to=2026-03-02")).containsExactly(
                "range cannot be combined with from or to: range, or from and to, but not both");
        assertThat(errors(resource + "?from=2026-03-02&from=2026-03-02")).containsExactly("from is given 2 times: once, " + DATES);
    }

    @Test
    void theTenYearsEndWithTheDayThatRunsWhereverItBegins() {
        assertThat(request("reports/summary?from=2016-03-08&day_start=10:16").status()).isEqualTo(200);
        assertThat(request("reports/summary?from=2016-03-08&day_start=10:15").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "day_start=4:00", "day_start=04:60", "day_start=04:00:00", "day_start=04-00", "range=7D", "range=8d", "metric=USED",
            "interval=quarter", "fill=1", "compare=before"})
    void whatIsNoneOfTheWordsIsAFault(String query) {
        assertThat(errors("reports/daily-usage?" + query)).singleElement().asString()
                .startsWith(query.substring(0, query.indexOf('=')) + " is not an allowed value: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"reports/user-visits", "reports/dormant", "users/7/visits"})
    void whatHasPagesTakesAPositiveLimitAndACursorThatItCouldHaveGivenOut(String resource) {
        for (var wrong : List.of("0", "-1", "abc", "", "1.5", "1e3", "+1", "%2B1", "0x10", "٣", "1%20", "1001",
                "99999999999999999999999")) {
            assertThat(errors(resource + "?limit=" + wrong)).as(wrong).singleElement().asString().startsWith("limit is ")
                    .endsWith(": a whole number from 1 to 1000");
        }
        for (var wrong : List.of("", "a%20b", "a/b", "%00", "x".repeat(1_025), "é")) {
            assertThat(errors(resource + "?cursor=" + wrong)).as(wrong).singleElement().asString().startsWith("cursor is ");
        }
        for (var wrong : List.of("", "names", "total,total", "total,", ",name", "total;name", "TOTAL", "total,name,total")) {
            assertThat(errors(resource + "?include=" + wrong)).as(wrong).singleElement().asString().startsWith("include is ")
                    .endsWith(": total, name or both, with a comma between or each in a parameter of its own");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "user-visits?count=all", "user-visits?active=yes", "user-visits?active=TRUE", "user-visits?min_visits=0",
            "user-visits?min_visits=-1",
            "user-visits?min_visits=1.0", "user-visits?min_visits=9223372036854775808x", "user-visits?sort=-id", "user-visits?sort=name",
            "dormant?factor=0", "dormant?factor=0.0", "dormant?factor=-1", "dormant?factor=100.1", "dormant?factor=NaN",
            "dormant?factor=Infinity",
            "dormant?factor=1e1", "dormant?factor=1,5", "dormant?factor=.5", "dormant?min_visits=1", "dormant?min_visits=1001",
            "dormant?min_visits=99999999999999999999", "retention?periods=0", "retention?periods=53", "retention?periods=x",
            "retention?cohort=day",
            "arrivals?metric=used", "members?interval=year", "summary?compare=yes"})
    void whatIsOutOfBoundsIsAFault(String query) {
        assertThat(errors("reports/" + query)).singleElement().asString()
                .startsWith(query.substring(query.indexOf('?') + 1, query.indexOf('=')) + " is not an allowed value: ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "daily-usage?colour=red | unknown_parameter | red", "daily-usage?interval=hour | invalid_value | hour",
            "daily-usage?interval= | empty_value | ''", "daily-usage?interval=%C3%28 | invalid_encoding | ",
            "daily-usage?interval=day&interval=week | repeated_parameter | day",
            "daily-usage?range=7d&to=2026-03-02 | conflicting_parameter | 7d",
            "daily-usage?from=2026-03-02&to=2026-03-01 | reversed_range | 2026-03-02",
            "daily-usage?from=2001-01-01 | range_too_long | 2001-01-01",
            "user-visits?cursor=third | foreign_cursor | third", "user-visits?limit=1001 | invalid_value | 1001",
            "user-visits?include=total&include=total | invalid_value | total",
            "user-visits?include=total&include=%C3%28 | invalid_encoding | total",
            "user-visits?sort=%E2%82%AC | invalid_value | €"})
    void everyFaultHasACodeAndSaysWhatWasSent(String query, String code, String value) {
        assertThat(new String(server.get(V1 + "reports/" + query).body(), UTF_8))
                .contains("\"code\":\"" + code + "\",\"value\":" + (value == null ? "null" : "\"" + value + "\""));
    }

    @Test
    void whatIsTooLongToRepeatIsCutBetweenCharacters() {
        var long63 = "x".repeat(63);
        assertThat(request("reports/summary?compare=" + long63 + "%F0%9F%98%80").body()).contains("\"value\":\"" + long63 + "...\"");
        assertThat(request("reports/summary?" + long63 + "%F0%9F%98%80=1").body()).contains("\"parameter\":\"" + long63 + "...\"");
    }

    @Test
    void aListMayComeInOneParameterOrInSeveral() {
        analytics.calls.clear();
        for (var query : List.of("include=total&include=name", "include=name&include=total", "include=total,name",
                "include=total%2Cname")) {
            assertThat(server.get(V1 + "reports/user-visits?" + query, "Authorization", "Bearer " + TestServer.TOKEN).statusCode())
                    .as(query).isEqualTo(200);
        }
        assertThat(analytics.calls).hasSize(4).allMatch(call -> call.equals(analytics.calls.getFirst()));
    }

    @Test
    void aCursorOfAnotherQuestionIsAFaultOfTheCursor() {
        assertThat(errors("reports/user-visits?cursor=third")).containsExactly(
                "cursor does not belong to this query: as in the link to the next page, with the same parameters");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "reports/summary?%ZZ=1 | %ZZ is unknown", "reports/summary?a%=1 | a% is unknown", "reports/summary?=1 | ' is unknown'",
            "reports/summary?from | from is empty", "reports/summary?FROM=2026-03-01 | FROM is unknown",
            "reports/summary?from[]=2026-03-01 | from[] is unknown",
            "reports/summary?compare=%C3%28 | compare is not percent-encoded UTF-8",
            "reports/summary?compare=%4 | compare is not percent-encoded UTF-8",
            "reports/summary?compare=% | compare is not percent-encoded UTF-8",
            "reports/summary?limit=1 | limit is unknown", "reports/daily-usage?cursor=a | cursor is unknown",
            "reports/arrivals?include=name | include is unknown", "metrics?from=2026-03-01 | from is unknown",
            "reports/summary?compare=none;range=7d | compare is not an allowed value",
            "reports/summary?c\"<script> | c\\\"<script> is unknown"})
    void strangeQueriesAreFaultsLikeOthers(String target, String fault) {
        assertThat(errors(target)).singleElement().asString().startsWith(fault);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?", "?&", "?&&compare=none&", "?compare=no%6Ee", "?c%6Fmpare=none"})
    void anotherSpellingOfTheSameIsTheSame(String query) {
        assertThat(request("reports/summary" + query).status()).isEqualTo(200);
    }

    @Test
    void noNumberOfFaultsMakesALongAnswer() {
        var query = IntStream.range(0, 9_000).mapToObj(number -> "p" + number + "=").collect(Collectors.joining("&"));
        var answer = request("reports/summary?" + query);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("\"parameter\":\"p0\"").hasSizeLessThan(10_000);
        assertThat(request("reports/summary?" + "x".repeat(60_000)).body()).hasSizeLessThan(1_000);
    }

    @Test
    void whatIsNotUnderstoodIsNotAsked() {
        analytics.calls.clear();
        resources().forEach(resource -> request(resource + "?foo=1"));
        assertThat(analytics.calls).isEmpty();
    }

    private List<String> errors(String target) {
        var answer = request(target);
        assertThat(answer.status()).as(target).isEqualTo(400);
        var errors = answer.body().substring(answer.body().indexOf("\"errors\":[{"));
        return Stream.of(errors.substring("\"errors\":[{".length(), errors.length() - "}]}\n".length()).split("\\},\\{", -1))
                .map(fault -> fault.replaceFirst(
                        "^\"parameter\":\"(.*)\",\"code\":\"[a-z_]+\",\"value\":(?:null|\".*\"),\"reason\":\"(.*)\",\"allowed\":\"(.*)\"$",
                        "$1 $2: $3"))
                .toList();
    }

    private RawResponse request(String target) {
        try (var connection = server.connect().request("GET", V1 + target)) {
            return connection.read();
        }
    }
}
