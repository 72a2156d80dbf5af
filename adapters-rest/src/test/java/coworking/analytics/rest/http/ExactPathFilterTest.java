package coworking.analytics.rest.http;

import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.rest.OriginalUrls;
import coworking.analytics.rest.RawConnection.RawResponse;
import coworking.analytics.rest.StubUsageReports;
import coworking.analytics.rest.TestServer;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests go out by hand: no client library sends these paths as they are. */
@TestInstance(Lifecycle.PER_CLASS)
class ExactPathFilterTest {

    private TestServer server;

    @BeforeAll
    void start() {
        server = new TestServer(StubUsageReports.typical());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @MethodSource
    void whatIsNotOneOfTheUrlsIsNotFoundWhateverTheMethod(String path, String method) {
        var answer = request(method, path);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    static Stream<Arguments> whatIsNotOneOfTheUrlsIsNotFoundWhateverTheMethod() {
        return strangePaths()
                .flatMap(path -> Stream.of("GET", "HEAD", "OPTIONS", "POST", "BREW").map(method -> Arguments.of(path, method)));
    }

    private static Stream<String> strangePaths() {
        return Stream.concat(
                Stream.of("/", "/nowhere", "/api", "/api/reports", "/api//reports/daily_usage", "health_check", "space:80", "*", "/%ZZ",
                        "/%"),
                OriginalUrls.all().flatMap(ExactPathFilterTest::variations));
    }

    private static Stream<String> variations(String url) {
        var segment = url.substring(1);
        return Stream.of(
                url + "/", url.toUpperCase(Locale.ROOT), url + ";a=1", ";a=1" + url, "/;a=1" + url, "/./" + segment, "//" + segment,
                "///" + segment, "/x/.." + url, "/.." + url, "/%2e" + url, url + "%20", url + "%00", url + "%", url + "%ZZ", url + "%FF",
                url + "%3Fa=1", url + "\u00e9", url + "|", url + ".json");
    }

    @Test
    void theProblemNamesThePathAsItWasAskedFor() {
        assertThat(request("GET", "/now\"here?secret=1").body())
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,"
                        + "\"detail\":\"There is nothing at this path.\",\"instance\":\"/now\\\"here\"}\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%68ealth_check", "/health%5Fcheck", "/health%5fcheck", "/%72eadiness_check", "/api/reports/daily%5Fusage",
            "/api%2Freports/user_visits"})
    void aPercentEncodedSpellingOfAPathIsThatPath(String path) {
        assertThat(request("GET", path).status()).isEqualTo(200);
        assertThat(request("PUT", path).status()).isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?", "?a=%ZZ", "?a=%", "?;/../\"<>{}|\\^`", "?a=1&a=1?b#%ZZ", "#", "?\u00e9"})
    void theQueryIsIgnored(String query) {
        for (var url : OriginalUrls.all().toList()) {
            assertThat(request("GET", url + query)).as(url).satisfies(answer -> {
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.body()).isEqualTo(request("GET", url).body());
            });
        }
    }

    @Test
    void aQueryMayBeAsLongAsTheOriginalTookIt() {
        assertThat(request("GET", OriginalUrls.HEALTH + "?" + "a".repeat(60_000)).status()).isEqualTo(200);
    }

    @Test
    void aTargetMayNameTheHostAsProxiesDo() {
        assertThat(request("GET", "http://space:5153" + OriginalUrls.DAILY_USAGE + "?a=%ZZ").status()).isEqualTo(200);
        assertThat(request("GET", "http://space/nowhere").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/csv", "image/png;q=1, */*;q=0", "nonsense", ""})
    void whatTheCallerAcceptsIsIgnored(String accept) {
        for (var url : OriginalUrls.all().toList()) {
            assertThat(server.get(url, "Accept", accept).statusCode()).as(url).isEqualTo(200);
        }
    }

    private RawResponse request(String method, String target) {
        try (var connection = server.connect().request(method, target)) {
            return method.equals("HEAD") ? connection.readHead() : connection.read();
        }
    }
}
