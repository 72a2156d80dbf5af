package coworking.analytics.rest.v1;

import static coworking.analytics.domain.time.SpaceClock.UTC_ONLY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.application.port.in.SpaceAnalytics.ResultMetadata;
import coworking.analytics.rest.StubSpaceAnalytics;
import coworking.analytics.rest.TestServer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What all reports have in common: their days, the query in the envelope, and the rows in every format. */
class ReportEndpointTest {

    private static final String DAYS = "\"query\":{\"from\":\"2026-03-01\",\"to\":\"2026-03-05\",\"range\":";

    private final StubSpaceAnalytics analytics = new StubSpaceAnalytics();
    private final TestServer server = new TestServer(analytics);

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
            "range=7d, LAST_7_DAYS 00:00", "range=28d, LAST_28_DAYS 00:00", "range=30d, LAST_30_DAYS 00:00",
            "range=91d, LAST_91_DAYS 00:00",
            "range=12mo, LAST_12_MONTHS 00:00", "range=mtd, MONTH_TO_DATE 00:00", "range=qtd, QUARTER_TO_DATE 00:00",
            "range=ytd, YEAR_TO_DATE 00:00", "range=all, ALL 00:00", "'', ALL 00:00", "day_start=04:00, ALL 04:00",
            "range=7d&day_start=23:59, LAST_7_DAYS 23:59",
            "from=2026-03-01, 'FixedRange[from=Optional[2026-03-01], to=Optional.empty] 00:00'",
            "to=2026-03-01, 'FixedRange[from=Optional.empty, to=Optional[2026-03-01]] 00:00'",
            "from=2016-03-05&to=2026-03-05, 'FixedRange[from=Optional[2016-03-05], to=Optional[2026-03-05]] 00:00'",
            "from=0001-01-01&to=0001-01-01, 'FixedRange[from=Optional[0001-01-01], to=Optional[0001-01-01]] 00:00'",
            "from=9999-12-31, 'FixedRange[from=Optional[9999-12-31], to=Optional.empty] 00:00'",
            "from=2024-02-29&to=2024%2D02-29, 'FixedRange[from=Optional[2024-02-29], to=Optional[2024-02-29]] 00:00'"})
    void eachWayToSayWhichDaysReachesTheHexagon(String query, String asked) {
        for (var report : List.of("daily-usage", "summary", "arrivals", "members", "retention", "data-quality", "user-visits", "dormant")) {
            analytics.calls.clear();
            get(report + "?" + query);
            assertThat(analytics.calls).singleElement().asString().startsWith(report + " " + asked + " 2026-03-09T10:15:30.250");
        }
    }

    @Test
    void theQueryIsToldAsItWasUnderstood() {
        assertThat(get("summary?range=7d&day_start=04:30")).contains(DAYS + "\"7d\",\"day_start\":\"04:30\",\"compare\":\"none\"}");
        analytics.metadata = new ResultMetadata(
                Optional.empty(), StubSpaceAnalytics.NOW.atZone(UTC_ONLY.space()), Optional.empty(), false, true,
                Optional.empty(), List.of("Nobody has come yet."));
        assertThat(get("summary")).contains("\"data\":[]", "\"query\":{\"from\":null,\"to\":null,\"range\":\"all\",", "\"version\":null",
                "\"source\":\"scan\"", "\"data_until\":null", "\"partial\":true", "\"warnings\":[\"Nobody has come yet.\"]");
        assertThat(get("summary?from=2026-04-01")).contains("\"query\":{\"from\":\"2026-04-01\",\"to\":null,\"range\":null,");
        assertThat(get("arrivals")).contains("\"data\":[]");
        assertThat(get("arrivals?format=csv").lines()).hasSize(1);
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
