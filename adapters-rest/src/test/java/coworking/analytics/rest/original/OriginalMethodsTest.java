package coworking.analytics.rest.original;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.rest.OriginalUrls;
import coworking.analytics.rest.StubUsageReports;
import coworking.analytics.rest.TestServer;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(Lifecycle.PER_CLASS)
class OriginalMethodsTest {

    private TestServer server;

    @BeforeAll
    void start() {
        server = new TestServer(StubUsageReports.typical());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void aGetAnswersTheVeryBytesOfTheOriginal() {
        assertThat(server.get(OriginalUrls.HEALTH).body()).asString(US_ASCII).isEqualTo("ok");
        assertThat(server.get(OriginalUrls.READINESS).body()).asString(US_ASCII).isEqualTo("ok");
        assertThat(server.get(OriginalUrls.DAILY_USAGE).body()).asString(US_ASCII).isEqualTo("{\"2023-02-07\":12,\"2023-02-08\":3}\n");
        assertThat(server.get(OriginalUrls.USER_VISITS).body())
                .asString(US_ASCII)
                .isEqualTo("{\"1\":{\"joined_at\":\"2023-01-20 03:23:39.757813\",\"visits\":6}}\n");
    }

    @ParameterizedTest
    @CsvSource({
            "/health_check, text/html; charset=utf-8",
            "/readiness_check, text/html; charset=utf-8",
            "/api/reports/daily_usage, application/json",
            "/api/reports/user_visits, application/json"})
    void aGetAnswersTheContentTypeOfTheOriginal(String url, String type) {
        var answer = server.get(url);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().allValues("Content-Type")).containsExactly(type);
    }

    @ParameterizedTest
    @MethodSource("coworking.analytics.rest.OriginalUrls#all")
    void noAnswerMayBeTakenForAnotherTypeThanItClaims(String url) {
        assertThat(server.get(url).headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(server.send("DELETE", url).headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(server.send("OPTIONS", url).headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
    }

    @ParameterizedTest
    @MethodSource("coworking.analytics.rest.OriginalUrls#all")
    void aHeadAnswersTheHeadersOfAGetAndNoBody(String url) {
        var get = server.get(url);
        var head = server.send("HEAD", url);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(headersBesidesTheTime(head)).isEqualTo(headersBesidesTheTime(get));
        assertThat(head.headers().firstValue("Content-Length")).hasValue(Integer.toString(get.body().length));
    }

    @ParameterizedTest
    @MethodSource("coworking.analytics.rest.OriginalUrls#all")
    void optionsNamesTheMethodsInAnEmptyPage(String url) {
        var answer = server.send("OPTIONS", url);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(allowed(answer)).containsExactlyInAnyOrder("GET", "HEAD", "OPTIONS");
        assertThat(answer.headers().allValues("Content-Type")).containsExactly("text/html; charset=utf-8");
        assertThat(answer.headers().allValues("Content-Length")).containsExactly("0");
    }

    @ParameterizedTest
    @MethodSource
    void anyOtherMethodIsRefusedWithTheOnesThatAreAllowed(String url, String method) {
        var answer = server.send(method, url);
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(allowed(answer)).containsExactlyInAnyOrder("GET", "HEAD", "OPTIONS");
        assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/problem+json");
        assertThat(answer.body())
                .asString(US_ASCII)
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Method Not Allowed\",\"status\":405,"
                        + "\"detail\":\"This resource can only be read.\",\"instance\":\"" + url + "\"}\n");
    }

    static Stream<Arguments> anyOtherMethodIsRefusedWithTheOnesThatAreAllowed() {
        return OriginalUrls.all()
                .flatMap(url -> Stream.of("POST", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "BREW")
                        .map(method -> Arguments.of(url, method)));
    }

    @ParameterizedTest
    @MethodSource("coworking.analytics.rest.OriginalUrls#all")
    void evenConnectIsRefusedAsAMethod(String url) {
        try (var connection = server.connect()) {
            assertThat(connection.request("CONNECT", url).read().status()).isEqualTo(405);
        }
    }

    private static Set<String> allowed(HttpResponse<byte[]> answer) {
        return Set.of(answer.headers().firstValue("Allow").orElseThrow().split(", "));
    }

    private static HttpHeaders headersBesidesTheTime(HttpResponse<byte[]> answer) {
        return HttpHeaders.of(answer.headers().map(), (name, value) -> !name.equalsIgnoreCase("Date"));
    }
}
