package coworking.analytics.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.application.port.in.SpaceAnalytics.About;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each report on the space as a whole: what it asks of the hexagon, and every byte of what it answers. */
class SpaceReportsTest {

    private static final String MOMENT = "\"as_of\":\"2026-03-09T10:15:30.250000\",\"version\":\"4711\",\"source\":\"rollup\",\"partial\":false";
    private static final String DAYS = "\"query\":{\"from\":\"2026-03-01\",\"to\":\"2026-03-05\",\"range\":";
    private static final String ALL = "Between[from=Optional[2026-03-01], to=Optional[2026-03-05]] 00:00 2026-03-09T10:15:30.250";

    private final StubAnalytics analytics = new StubAnalytics();
    private final TestServer server = new TestServer(analytics);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void dailyUsageIsARowPerIntervalWithWhatItIsComparedWith() {
        assertThat(get("daily-usage?from=2026-03-01&to=2026-03-05&compare=previous")).isEqualTo("{\"data\":["
                + "{\"name\":\"2026-03-01\",\"from\":\"2026-03-01\",\"to\":\"2026-03-01\",\"value\":4,\"before_from\":\"2026-02-22\","
                + "\"before_to\":\"2026-02-26\",\"before\":3,\"change_percent\":33.333333333333336,\"partial\":false},"
                + "{\"name\":\"2026-03-02\",\"from\":\"2026-03-02\",\"to\":\"2026-03-05\",\"value\":0,\"before_from\":null,"
                + "\"before_to\":null,\"before\":null,\"change_percent\":null,\"partial\":true}],"
                + "\"meta\":{" + DAYS + "null,\"day_start\":\"00:00\",\"metric\":\"used\",\"interval\":\"day\",\"fill\":\"zero\","
                + "\"compare\":\"previous\"}," + MOMENT + ",\"definition\":\"/api/v1/metrics#used_tokens\","
                + "\"definitions\":{\"value\":\"/api/v1/metrics#used_tokens\"},\"warnings\":[],\"total_value\":4},"
                + "\"links\":{\"self\":\"/api/v1/reports/daily-usage?from=2026-03-01&to=2026-03-05&compare=previous\"}}\n");
        assertThat(analytics.asked).containsExactly("daily-usage " + ALL + " USED DAY ZERO PREVIOUS");
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
        assertThat(analytics.asked).singleElement().asString().endsWith(" " + asked);
    }

    @ParameterizedTest
    @CsvSource({
            "range=7d, LAST_7_DAYS 00:00", "range=28d, LAST_28_DAYS 00:00", "range=30d, LAST_30_DAYS 00:00",
            "range=91d, LAST_91_DAYS 00:00",
            "range=12mo, LAST_12_MONTHS 00:00", "range=mtd, MONTH_TO_DATE 00:00", "range=qtd, QUARTER_TO_DATE 00:00",
            "range=ytd, YEAR_TO_DATE 00:00", "range=all, ALL 00:00", "'', ALL 00:00", "day_start=04:00, ALL 04:00",
            "range=7d&day_start=23:59, LAST_7_DAYS 23:59",
            "from=2026-03-01, 'Between[from=Optional[2026-03-01], to=Optional.empty] 00:00'",
            "to=2026-03-01, 'Between[from=Optional.empty, to=Optional[2026-03-01]] 00:00'",
            "from=2016-03-05&to=2026-03-05, 'Between[from=Optional[2016-03-05], to=Optional[2026-03-05]] 00:00'",
            "from=0001-01-01&to=0001-01-01, 'Between[from=Optional[0001-01-01], to=Optional[0001-01-01]] 00:00'",
            "from=9999-12-31, 'Between[from=Optional[9999-12-31], to=Optional.empty] 00:00'",
            "from=2024-02-29&to=2024%2D02-29, 'Between[from=Optional[2024-02-29], to=Optional[2024-02-29]] 00:00'"})
    void eachWayToSayWhichDaysReachesTheHexagon(String query, String asked) {
        for (var report : List.of("daily-usage", "summary", "arrivals", "members", "retention", "data-quality", "user-visits", "dormant")) {
            analytics.asked.clear();
            get(report + "?" + query);
            assertThat(analytics.asked).singleElement().asString().startsWith(report + " " + asked + " 2026-03-09T10:15:30.250");
        }
    }

    @Test
    void theQueryIsToldAsItWasUnderstood() {
        assertThat(get("summary?range=7d&day_start=04:30")).contains(DAYS + "\"7d\",\"day_start\":\"04:30\",\"compare\":\"none\"}");
        analytics.about = new About(
                Optional.empty(), StubAnalytics.NOW, Optional.empty(), false, true, List.of("Nobody has come yet."));
        assertThat(get("summary")).contains("\"data\":[]", "\"query\":{\"from\":null,\"to\":null,\"range\":\"all\",", "\"version\":null",
                "\"source\":\"scan\"", "\"partial\":true", "\"warnings\":[\"Nobody has come yet.\"]");
        assertThat(get("summary?from=2026-04-01")).contains("\"query\":{\"from\":\"2026-04-01\",\"to\":null,\"range\":null,");
        assertThat(get("arrivals")).contains("\"data\":[]");
        assertThat(get("arrivals?format=csv").lines()).hasSize(1);
    }

    @Test
    void aSummaryIsARowAndASecondOneOfTheTimeBefore() {
        var current = "{\"period\":\"current\",\"from\":\"2026-03-01\",\"to\":\"2026-03-05\",\"issued\":40,\"used\":20,\"share_used\":0.5,"
                + "\"visiting_members\":12,\"new_members\":3,\"busiest_day\":\"2026-03-01\",\"busiest_day_used\":8,\"busiest_hour\":9,"
                + "\"busiest_hour_used\":6}";
        var before = "{\"period\":\"before\",\"from\":\"2026-02-22\",\"to\":\"2026-02-26\",\"issued\":0,\"used\":0,\"share_used\":null,"
                + "\"visiting_members\":0,\"new_members\":0,\"busiest_day\":null,\"busiest_day_used\":null,\"busiest_hour\":null,"
                + "\"busiest_hour_used\":null}";

        assertThat(get("summary")).startsWith("{\"data\":[" + current + "],\"meta\":{").contains(
                "\"definition\":\"/api/v1/metrics#used_tokens\",\"definitions\":{\"issued\":\"/api/v1/metrics#issued_tokens\","
                        + "\"used\":\"/api/v1/metrics#used_tokens\",\"share_used\":\"/api/v1/metrics#share_used\","
                        + "\"visiting_members\":\"/api/v1/metrics#visiting_members\",\"new_members\":\"/api/v1/metrics#new_members\","
                        + "\"busiest_day\":\"/api/v1/metrics#busiest_day\",\"busiest_hour\":\"/api/v1/metrics#busiest_hour\"}");
        assertThat(get("summary?compare=year")).startsWith("{\"data\":[" + current + "," + before + "],\"meta\":{");
        assertThat(get("summary?compare=previous&format=ndjson")).isEqualTo(current + "\n" + before + "\n");
        assertThat(analytics.asked).satisfiesExactly(
                none -> assertThat(none).endsWith(" NONE"), year -> assertThat(year).endsWith(" YEAR"),
                previous -> assertThat(previous).endsWith(" PREVIOUS"));
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
        assertThat(analytics.asked).satisfiesExactly(
                average -> assertThat(average).endsWith(" true"), total -> assertThat(total).endsWith(" false"));
    }

    @Test
    void membersAreARowPerIntervalAndAStateOfNow() {
        assertThat(get("members?interval=month"))
                .startsWith("{\"data\":[{\"name\":\"2026-03\",\"from\":\"2026-03-01\",\"to\":\"2026-03-05\","
                        + "\"joined\":12,\"cumulative\":972,\"partial\":true}],")
                .contains("\"interval\":\"month\"}", "\"warnings\":[],"
                        + "\"members_now\":{\"active\":900,\"inactive\":75,\"undated\":3}}");
        assertThat(analytics.asked).singleElement().asString().endsWith(" MONTH");
    }

    @ParameterizedTest
    @CsvSource({"'', WEEK 12", "cohort=month&periods=52, MONTH 52", "cohort=week&periods=1, WEEK 1"})
    void retentionIsARowPerCohortAndPeriod(String query, String asked) {
        assertThat(get("retention?" + query)).startsWith("{\"data\":[{\"cohort\":\"2026-02\",\"cohort_from\":\"2026-02-01\",\"size\":8,"
                + "\"period\":0,\"members\":8,\"share\":1,\"complete\":true},{\"cohort\":\"2026-02\",\"cohort_from\":\"2026-02-01\",\"size\":8,"
                + "\"period\":1,\"members\":3,\"share\":0.375,\"complete\":false}],")
                .contains("\"definition\":\"/api/v1/metrics#retention\"");
        assertThat(analytics.asked).singleElement().asString().endsWith(" " + asked);
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

    @ParameterizedTest
    @ValueSource(strings = {"daily-usage", "summary", "arrivals", "members", "retention", "data-quality", "user-visits", "dormant"})
    void everyReportIsTheSameRowsInEveryFormat(String report) {
        var csv = get(report + "?format=csv");
        var tsv = get(report + "?format=tsv");
        var lines = get(report + "?format=ndjson");
        assertThat(csv.replace("\r\n", "\n").replace(',', '\t')).isEqualTo(tsv);
        assertThat(get(report)).startsWith("{\"data\":[" + lines.strip().replace("\n", ",") + "],\"meta\":{\"query\":{");
        assertThat(lines.lines().count()).isEqualTo(csv.lines().count() - 1);
    }

    private String get(String report) {
        var answer = server.get("/api/v1/reports/" + report);
        assertThat(answer.statusCode()).as(report).isEqualTo(200);
        return new String(answer.body(), UTF_8);
    }
}
