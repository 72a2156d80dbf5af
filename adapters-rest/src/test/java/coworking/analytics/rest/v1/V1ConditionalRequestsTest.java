package coworking.analytics.rest.v1;

import static coworking.analytics.domain.time.SpaceClock.UTC_ONLY;
import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.application.port.in.SpaceAnalytics.ResultMetadata;
import coworking.analytics.domain.fact.MemberVisits;
import coworking.analytics.rest.StubSpaceAnalytics;
import coworking.analytics.rest.TestServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who has an answer of v1 already is not sent it again, and who takes gzip gets that. */
class V1ConditionalRequestsTest {

    private static final String USERS = "/api/v1/reports/user-visits";

    private final StubSpaceAnalytics analytics = new StubSpaceAnalytics();
    private final TestServer server = new TestServer(analytics);

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @MethodSource("coworking.analytics.rest.v1.request.ParameterErrorsTest#resources")
    void anAnswerThatTheCallerHasIsNotSentAgain(String resource) {
        for (var format : new String[]{"json", "csv", "tsv", "ndjson"}) {
            var url = "/api/v1/" + resource + "?format=" + format;
            var tag = tag(server.get(url));
            for (var known : List.of(tag, "W/" + tag, "\"other\", " + tag, "*", " * ")) {
                for (var method : List.of("GET", "HEAD")) {
                    var answer = server.send(method, url, "If-None-Match", known);
                    assertThat(answer.statusCode()).as(known).isEqualTo(304);
                    assertThat(answer.body()).isEmpty();
                    assertThat(tag(answer)).isEqualTo(tag);
                    assertThat(answer.headers().map()).doesNotContainKey("content-type").containsKeys("cache-control", "vary",
                            "x-request-id");
                }
            }
            assertThat(server.get(url, "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
            assertThat(server.get(url, "If-None-Match", tag.replace("\"", "")).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void anAnswerStandsThoughTheClockGoesOn() {
        var tags = new HashSet<String>();
        for (var format : List.of("json", "csv")) {
            tags.add(tag(server.get(USERS + "?format=" + format)));
            analytics.metadata = new ResultMetadata(Optional.of(StubSpaceAnalytics.RANGE),
                    StubSpaceAnalytics.NOW.plusDays(1).atZone(UTC_ONLY.space()),
                    Optional.of("4712"), false, false,
                    Optional.of(StubSpaceAnalytics.DATA_UNTIL.plusHours(3)), List.of());
            tags.add(tag(server.get(USERS + "?format=" + format)));
        }
        assertThat(tags).hasSize(2);
    }

    @Test
    void whateverMakesADifferenceHasAnotherTag() {
        var tags = new HashSet<String>();
        tags.add(tag(server.get(USERS)));
        tags.add(tag(server.get(USERS + "?format=csv")));
        tags.add(tag(server.get(USERS + "?format=tsv")));
        tags.add(tag(server.get(USERS + "?format=ndjson")));
        tags.add(tag(server.get(USERS + "?sort=id")));
        tags.add(tag(server.get(USERS + "?sort=id&format=csv")));
        tags.add(tag(server.get(USERS, "Accept-Encoding", "gzip")));
        tags.add(tag(server.get(USERS + "?include=name", "Authorization", "Bearer " + TestServer.TOKEN)));
        analytics.metadata = new ResultMetadata(Optional.of(StubSpaceAnalytics.RANGE), StubSpaceAnalytics.NOW.atZone(UTC_ONLY.space()),
                Optional.of("4711"), true,
                true, Optional.of(StubSpaceAnalytics.DATA_UNTIL), List.of());
        tags.add(tag(server.get(USERS)));
        analytics.users = List.of(new MemberVisits(StubSpaceAnalytics.ADA, 10, 5));
        tags.add(tag(server.get(USERS)));
        tags.add(tag(server.get(USERS + "?format=csv")));
        assertThat(tags).hasSize(11);
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "csv", "tsv", "ndjson"})
    void theGzipFormIsTheSameBytesUnderATagOfItsOwn(String format) throws IOException {
        analytics.users = IntStream.range(0, 900).mapToObj(number -> new MemberVisits(StubSpaceAnalytics.ADA, 900, 500)).toList();
        var url = USERS + "?limit=1000&format=" + format;
        var plain = server.get(url);
        var zipped = server.get(url, "Accept-Encoding", "gzip");

        assertThat(zipped.headers().allValues("Content-Encoding")).containsExactly("gzip");
        assertThat(zipped.body()).hasSizeLessThan(plain.body().length / 5);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(zipped.body())).readAllBytes()).isEqualTo(plain.body());
        assertThat(tag(zipped)).isEqualTo(tag(plain).replaceFirst("\"$", "-gzip\""));
        assertThat(server.get(url, "Accept-Encoding", "gzip", "If-None-Match", tag(zipped)).statusCode()).isEqualTo(304);
        assertThat(server.get(url, "Accept-Encoding", "gzip", "If-None-Match", tag(plain)).statusCode()).isEqualTo(200);
        assertThat(plain.headers().map()).doesNotContainKey("content-encoding");
    }

    @ParameterizedTest
    @MethodSource("coworking.analytics.rest.v1.request.ParameterErrorsTest#resources")
    void aHeadHasTheHeadersOfAGetAndNoBody(String resource) {
        for (var format : new String[]{"json", "csv"}) {
            var get = server.get("/api/v1/" + resource + "?format=" + format);
            var head = server.send("HEAD", "/api/v1/" + resource + "?format=" + format);
            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.body()).isEmpty();
            assertThat(head.headers().firstValue("Content-Length")).hasValue(String.valueOf(get.body().length));
            for (var header : List.of("Content-Type", "ETag", "Vary", "Cache-Control", "Content-Disposition", "Link")) {
                assertThat(head.headers().allValues(header)).as(header).isEqualTo(get.headers().allValues(header));
            }
        }
    }

    private static String tag(HttpResponse<byte[]> answer) {
        return answer.headers().firstValue("ETag").orElseThrow();
    }
}
