package coworking.analytics.rest.original;

import static coworking.analytics.rest.StubUsageReports.usage;
import static coworking.analytics.rest.StubUsageReports.visits;
import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.domain.fact.UserCounts;
import coworking.analytics.rest.OriginalUrls;
import coworking.analytics.rest.StubUsageReports;
import coworking.analytics.rest.TestServer;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OriginalConditionalRequestsTest {

    private final AtomicLong count = new AtomicLong(1);
    private final TestServer server = new TestServer(new StubUsageReports(
            () -> usage(LocalDate.of(2023, 2, 7), count.get()),
            () -> visits(new UserCounts(1, Optional.empty(), count.get(), 0))));

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @MethodSource("coworking.analytics.rest.OriginalUrls#reports")
    void aReportCarriesAStrongTagAndMayBeKeptButNotTrusted(String url) {
        var answer = server.get(url);
        assertThat(tag(answer)).matches("\"[0-9a-f]{32}\"");
        assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-cache");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', value = {
            "/api/reports/daily_usage ! GET", "/api/reports/daily_usage ! HEAD",
            "/api/reports/user_visits ! GET", "/api/reports/user_visits ! HEAD"})
    void aCallerWhoHasTheReportIsNotSentItAgain(String url, String method) {
        var tag = tag(server.get(url));
        var answer = server.send(method, url, "If-None-Match", "\"other\", W/" + tag);
        assertThat(answer.statusCode()).isEqualTo(304);
        assertThat(answer.body()).isEmpty();
        assertThat(tag(answer)).isEqualTo(tag);
        assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-cache");
        assertThat(answer.headers().allValues("Content-Type")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("coworking.analytics.rest.OriginalUrls#reports")
    void aStarStandsForAnyReport(String url) {
        assertThat(server.get(url, "If-None-Match", "*").statusCode()).isEqualTo(304);
    }

    @ParameterizedTest
    @MethodSource("coworking.analytics.rest.OriginalUrls#reports")
    void listsMaySpanSeveralHeaders(String url) {
        var tag = tag(server.get(url));
        assertThat(server.get(url, "If-None-Match", "\"other\"", "If-None-Match", tag).statusCode()).isEqualTo(304);
    }

    @ParameterizedTest
    @MethodSource("coworking.analytics.rest.OriginalUrls#reports")
    void aReportThatChangedIsSentWithAnotherTag(String url) {
        var before = tag(server.get(url));
        count.set(2);
        var after = server.get(url, "If-None-Match", before);
        assertThat(after.statusCode()).isEqualTo(200);
        assertThat(after.body()).isNotEmpty();
        assertThat(tag(after)).isNotEqualTo(before);
    }

    @Test
    void aConnectionStaysUsableAfterNotModified() {
        try (var connection = server.connect()) {
            connection.write("GET " + OriginalUrls.DAILY_USAGE + " HTTP/1.1\r\nHost: space\r\nIf-None-Match: *\r\n\r\n").request("GET",
                    OriginalUrls.HEALTH);
            assertThat(connection.read().status()).isEqualTo(304);
            assertThat(connection.read().body()).isEqualTo("ok");
        }
    }

    private static String tag(HttpResponse<byte[]> answer) {
        return answer.headers().firstValue("ETag").orElseThrow();
    }
}
