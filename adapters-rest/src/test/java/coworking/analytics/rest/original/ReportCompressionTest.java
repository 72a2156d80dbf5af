package coworking.analytics.rest.original;

import static coworking.analytics.rest.StubUsageReports.usage;
import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.domain.fact.PackedUserCounts;
import coworking.analytics.domain.fact.UserCounts;
import coworking.analytics.domain.report.DailyUsage;
import coworking.analytics.domain.report.UserVisits;
import coworking.analytics.rest.OriginalUrls;
import coworking.analytics.rest.StubUsageReports;
import coworking.analytics.rest.TestServer;
import coworking.analytics.rest.http.CachedRepresentation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A short report, which is kept, and a long one, which is streamed: both in both forms, seen from outside. */
@TestInstance(Lifecycle.PER_CLASS)
class ReportCompressionTest {

    private final DailyUsage days = hundredDays();
    private final UserVisits users = users(300_000);
    private TestServer server;

    @BeforeAll
    void start() {
        server = new TestServer(new StubUsageReports(() -> days, () -> users));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @MethodSource("coworking.analytics.rest.OriginalUrls#reports")
    void thePlainFormIsByteExact(String url) {
        for (int i = 0; i < 2; i++) {
            var answer = server.get(url);
            assertThat(Arrays.equals(answer.body(), bytesOf(url))).isTrue();
            assertThat(answer.headers().allValues("Content-Length")).containsExactly(Integer.toString(bytesOf(url).length));
            assertThat(answer.headers().allValues("Content-Encoding")).isEmpty();
            assertThat(answer.headers().allValues("Transfer-Encoding")).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("coworking.analytics.rest.OriginalUrls#reports")
    void theGzipFormIsSmallerAndHoldsTheSameBytes(String url) throws IOException {
        for (int i = 0; i < 2; i++) {
            var answer = zipped(url);
            assertThat(answer.headers().allValues("Content-Encoding")).containsExactly("gzip");
            assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/json");
            assertThat(answer.body().length).isLessThan(bytesOf(url).length / 2);
            assertThat(Arrays.equals(unzipped(answer), bytesOf(url))).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("coworking.analytics.rest.OriginalUrls#reports")
    void everyAnswerDependsOnTheAcceptedCodings(String url) {
        var plain = server.get(url);
        assertThat(varies(plain)).isTrue();
        assertThat(varies(zipped(url))).isTrue();
        assertThat(varies(server.get(url, "If-None-Match", tag(plain)))).isTrue();
        assertThat(varies(zipped(url, "If-None-Match", "*"))).isTrue();
    }

    @ParameterizedTest
    @MethodSource("coworking.analytics.rest.OriginalUrls#reports")
    void eachFormHasATagOfItsOwn(String url) {
        assertThat(tag(server.get(url))).matches("\"[0-9a-f]{32}\"");
        assertThat(tag(zipped(url))).isEqualTo(tag(server.get(url)).replaceFirst("\"$", "-gzip\""));
    }

    @ParameterizedTest
    @MethodSource("coworking.analytics.rest.OriginalUrls#reports")
    void whoHasOneFormIsNotSentThatOneAgain(String url) {
        var plain = tag(server.get(url));
        var zipped = tag(zipped(url));
        assertThat(server.get(url, "If-None-Match", plain).statusCode()).isEqualTo(304);
        assertThat(zipped(url, "If-None-Match", zipped).statusCode()).isEqualTo(304);
        assertThat(tag(zipped(url, "If-None-Match", zipped))).isEqualTo(zipped);
        assertThat(server.get(url, "If-None-Match", zipped).statusCode()).isEqualTo(200);
        assertThat(zipped(url, "If-None-Match", plain).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @MethodSource("coworking.analytics.rest.OriginalUrls#reports")
    void aHeadTellsTheHeadersOfEitherForm(String url) {
        assertThat(headersBesidesTheTime(server.send("HEAD", url))).isEqualTo(headersBesidesTheTime(server.get(url)));
        var zipped = server.send("HEAD", url, "Accept-Encoding", "gzip");
        assertThat(zipped.body()).isEmpty();
        assertThat(headersBesidesTheTime(zipped)).isEqualTo(headersBesidesTheTime(zipped(url)));
    }

    @ParameterizedTest
    @MethodSource("coworking.analytics.rest.OriginalUrls#reports")
    void theConnectionGoesOnAfterEitherForm(String url) {
        try (var connection = server.connect()) {
            for (var method : new String[]{"HEAD", "GET"}) {
                assertThat(connection.request("GET", url).read().body()).endsWith("}\n");
                connection.write(method + " " + url + " HTTP/1.1\r\nHost: space\r\nAccept-Encoding: gzip\r\nIf-None-Match: *\r\n\r\n");
                assertThat(connection.readHead().status()).isEqualTo(304);
            }
            connection.write("HEAD " + url + " HTTP/1.1\r\nHost: space\r\nAccept-Encoding: gzip\r\n\r\n");
            assertThat(connection.readHead().status()).isEqualTo(200);
            assertThat(connection.request("GET", OriginalUrls.HEALTH).read().body()).isEqualTo("ok");
        }
    }

    @Test
    void aTinyReportThatGzipWouldOnlySwellIsSentPlain() {
        try (var tiny = new TestServer(new StubUsageReports(StubUsageReports::usage, () -> users))) {
            var answer = tiny.get(OriginalUrls.DAILY_USAGE, "Accept-Encoding", "gzip");
            assertThat(answer.body()).asString().isEqualTo("{}\n");
            assertThat(answer.headers().allValues("Content-Encoding")).isEmpty();
            assertThat(tag(answer)).isEqualTo(tag(tiny.get(OriginalUrls.DAILY_USAGE)));
            assertThat(varies(answer)).isTrue();
        }
    }

    /** Little as it is that remains of it, the length is not known when a HEAD is answered. */
    @Test
    void aLongReportThatIsShortOnceZippedIsSentInChunksAllTheSame() throws IOException {
        var alike = users(300_000);
        try (var one = new TestServer(new StubUsageReports(() -> days, () -> alike))) {
            var answer = one.get(OriginalUrls.USER_VISITS, "Accept-Encoding", "gzip");
            assertThat(unzipped(answer)).hasSizeGreaterThan(CachedRepresentation.MAX_BUFFERED_BYTES);
            assertThat(headersBesidesTheTime(one.send("HEAD", OriginalUrls.USER_VISITS, "Accept-Encoding", "gzip")))
                    .isEqualTo(headersBesidesTheTime(answer));
        }
    }

    @Test
    void aShortReportIsEncodedOnceForAllWhoAreGivenTheSameInstance() {
        var encodings = new AtomicInteger();
        var current = new DailyUsage[]{days};
        var report = new CachedReportResource<>(() -> current[0], (DailyUsage usage, OutputStream out) -> {
            encodings.incrementAndGet();
            ReportJson.write(usage, out);
        });
        IntStream.range(0, 10).forEach(caller -> report.representation(current[0], caller % 2 == 0));
        assertThat(encodings).hasValue(1);
        assertThat(report.representation(days, true)).isSameAs(report.representation(days, true));

        current[0] = usage(LocalDate.EPOCH, 1);
        report.representation(current[0], false);
        assertThat(encodings).hasValue(2);
    }

    @Test
    void aReportReadAnewIsEncodedAnew() {
        var count = new AtomicInteger();
        try (var changing = new TestServer(new StubUsageReports(() -> usage(LocalDate.EPOCH, count.incrementAndGet()), () -> users))) {
            assertThat(changing.get(OriginalUrls.DAILY_USAGE).body()).asString().isEqualTo("{\"1970-01-01\":1}\n");
            assertThat(changing.get(OriginalUrls.DAILY_USAGE).body()).asString().isEqualTo("{\"1970-01-01\":2}\n");
        }
    }

    private HttpResponse<byte[]> zipped(String url, String... headers) {
        var all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Accept-Encoding";
        all[headers.length + 1] = "gzip";
        return server.get(url, all);
    }

    private byte[] bytesOf(String url) {
        return url.equals(OriginalUrls.DAILY_USAGE) ? ReportBytes.of(days) : ReportBytes.of(users);
    }

    private static byte[] unzipped(HttpResponse<byte[]> answer) throws IOException {
        return new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes();
    }

    private static boolean varies(HttpResponse<byte[]> answer) {
        return answer.headers().allValues("Vary").stream().anyMatch("Accept-Encoding"::equals);
    }

    private static String tag(HttpResponse<byte[]> answer) {
        return answer.headers().firstValue("ETag").orElseThrow();
    }

    private static HttpHeaders headersBesidesTheTime(HttpResponse<byte[]> answer) {
        return HttpHeaders.of(answer.headers().map(), (name, value) -> !name.equalsIgnoreCase("Date"));
    }

    private static DailyUsage hundredDays() {
        var visits = new TreeMap<LocalDate, Long>();
        LongStream.range(0, 100).forEach(day -> visits.put(LocalDate.EPOCH.plusDays(day), day + 1));
        return new DailyUsage(visits);
    }

    private static UserVisits users(int number) {
        var users = new PackedUserCounts.Builder();
        LongStream.rangeClosed(1, number).forEach(id -> users.add(new UserCounts(id, Optional.of(LocalDate.EPOCH.atStartOfDay()), 1, 0)));
        return new UserVisits(users.build());
    }
}
