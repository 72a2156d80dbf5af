package coworking.analytics.replay;

import static coworking.analytics.replay.ReplayStubServer.DAILY_USAGE_BODY;
import static coworking.analytics.replay.ReplayStubServer.HTML;
import static coworking.analytics.replay.ReplayStubServer.JSON;
import static coworking.analytics.replay.ReplayStubServer.USER_VISITS_BODY;
import static coworking.analytics.replay.ReplayStubServer.original;
import static coworking.analytics.replay.ReplayStubServer.page;
import static coworking.analytics.replay.ReplayStubServer.raw;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.replay.ReplayStubServer.StubRequest;
import coworking.analytics.replay.ReplayStubServer.StubResponder;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayCommandTest {

    private static final String DAILY = "GET /api/reports/daily_usage";
    private static final String VISITS = "GET /api/reports/user_visits";

    // ---- what is the same

    @Test
    void twoThatAnswerAlikeHaveNoDifference() {
        var run = ReplayRun.builtIn(original(), original());

        assertThat(run.status()).isZero();
        assertThat(run.out()).containsExactly("from answered: 20 with 200, 13 with 404, 12 with 405", "45 requests, 0 differences");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void whatTheContractLeavesOpenIsNoDifference() {
        assertThat(ReplayRun.builtIn(original(), anew()).out()).last().isEqualTo("45 requests, 0 differences");
    }

    /** The same answers with other pages for mistakes, other orders and frames, and more headers. */
    private static StubResponder anew() {
        return (asked, out) -> {
            var path = asked.target().split("\\?", 2)[0];
            var problem = "{\"status\":404}\n";
            if (!ReplayRequest.ORIGINAL_PATHS.contains(path)) {
                ReplayStubServer.write(out, asked, "404 Not Found", "application/problem+json", problem, "Vary: Accept-Encoding");
            } else if (asked.method().equals("OPTIONS")) {
                ReplayStubServer.write(out, asked, "200 OK", HTML, "", "allow: GET,HEAD", "Allow: OPTIONS");
            } else if (!List.of("GET", "HEAD").contains(asked.method())) {
                ReplayStubServer.write(out, asked, "405 Nope", "application/problem+json", problem, "Allow: GET, HEAD, OPTIONS, GET");
            } else if (asked.toString().equals(DAILY)) {
                raw("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nTransfer-Encoding: chunked\r\nETag: \"1\"\r\n\r\n"
                        + "a;x=1\r\n" + DAILY_USAGE_BODY.substring(0, 10) + "\r\n" + Integer.toHexString(DAILY_USAGE_BODY.length() - 10)
                        + "\r\n"
                        + DAILY_USAGE_BODY.substring(10)
                        + "\r\n0\r\nTrailer: 1\r\n\r\n").respond(asked, out);
            } else if (asked.toString().equals(VISITS)) {
                raw("HTTP/1.0 200\r\nContent-Type:application/json\r\n\r\n" + USER_VISITS_BODY).respond(asked, out);
            } else {
                out.write("HTTP/1.1 103 Early Hints\r\nLink: </>\r\n\r\n".getBytes(ISO_8859_1));
                original().respond(asked, out);
            }
        };
    }

    @Test
    void aDatabaseThatIsAwayFromBothIsNoDifferenceButSeen() {
        var away = original().except(DAILY, page("500 INTERNAL SERVER ERROR", HTML, "<title>500</title>"))
                .except("GET /readiness_check", page("500 INTERNAL SERVER ERROR", HTML, "failed"));
        var awayAnew = original().except(DAILY, page("500 Internal Server Error", "application/problem+json", "{}"))
                .except("GET /readiness_check", page("500 Internal Server Error", HTML, "failed"));

        assertThat(ReplayRun.builtIn(away, awayAnew).out())
                .containsExactly("from answered: 16 with 200, 13 with 404, 12 with 405, 4 with 500", "45 requests, 0 differences");
    }

    @Test
    void requestsGoOutAsTheyAreAndAskForThePlainBytes() {
        try (var service = new ReplayStubServer((asked, out) -> original().respond(
                new StubRequest(asked.method(), asked.target().replaceFirst("^/base", ""), asked.headers()), out))) {
            var run = ReplayRun.of("--from=" + service.url() + "/base/", "--to", service.url() + "/base");

            assertThat(run.lastLine()).isEqualTo("45 requests, 0 differences");
            assertThat(service.receivedRequests()).extracting(StubRequest::toString).contains("GET /base/health_check?a=%ZZ",
                    "GET /base/HEALTH_CHECK",
                    "GET /base/api/reports/user_visits/", "DELETE /base/readiness_check", "OPTIONS /base/nowhere", "GET /base/");
            assertThat(service.receivedRequests()).allSatisfy(asked -> assertThat(asked.headers())
                    .containsEntry("Host", "127.0.0.1:" + service.port()).doesNotContainKey("Accept-Encoding"));
            assertThat(service.receivedRequests()).extracting(asked -> asked.headers().getOrDefault("Accept", "")).contains("*/*",
                    "application/xml");
        }
    }

    // ---- what is not

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "GET /health_check | 200 OK | text/html | ok | Content-Type: from text/html; charset=utf-8, to text/html",
            "GET /nowhere | 200 OK | text/html | ok | status: from 404, to 200",
            "POST /health_check | 403 Forbidden | text/html | no | status: from 405, to 403",
            "HEAD /health_check | 200 OK | text/html; charset=utf-8 | 'ok ' | Content-Length: from 2, to 3",
            "OPTIONS /health_check | 200 OK | text/html; charset=utf-8 | '' | Allow: from GET, HEAD, OPTIONS, to none",
            "PUT /health_check | 405 Not Allowed | text/html; charset=utf-8 | '' | Allow: from GET, HEAD, OPTIONS, to none"})
    void aDifferenceIsNamedWithBothSides(String request, String status, String type, String body, String difference) {
        var run = ReplayRun.ofRequest(request, original(), original().except(request, page(status, type, body)));

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.differences()).containsExactly(request, "  " + difference);
        assertThat(run.lastLine()).isEqualTo("1 request, 1 difference");
    }

    @Test
    void amongManyTheDifferentOnesAreCounted() {
        var run = ReplayRun.builtIn(original(), original()
                .except("GET /health_check/", page("200 OK", HTML, "ok"))
                .except("OPTIONS /readiness_check", page("200 OK", HTML, "", "Allow: GET, HEAD")));

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).containsExactly(
                "OPTIONS /readiness_check", "  Allow: from GET, HEAD, OPTIONS, to GET, HEAD",
                "GET /health_check/", "  status: from 404, to 200",
                "from answered: 20 with 200, 13 with 404, 12 with 405", "45 requests, 2 differences");
    }

    @Test
    void ofTheFailedPagesOnlyThatOfReadinessIsRead() {
        var failed = page("500 INTERNAL SERVER ERROR", HTML, "failed");
        var run = ReplayRun.ofRequest("GET /readiness_check", original().except("GET /readiness_check", failed),
                original().except("GET /readiness_check", page("500 Internal Server Error", HTML, "failed\n")));

        assertThat(run.differences()).containsExactly("GET /readiness_check",
                "  body: from 6 bytes, to 7 bytes; first difference at byte 7",
                "    from: failed", "    to:   failed\\n");
    }

    @Test
    void aRedirectionIsNotFollowed() {
        var run = ReplayRun.ofRequest(DAILY, original(),
                original().except(DAILY, page("308 Permanent Redirect", HTML, "", "Location: https://space.example/")));

        assertThat(run.differences()).containsExactly(DAILY, "  status: from 200, to 308 (Location: https://space.example/)");
    }

    @Test
    void anUnrequestedCodingIsADifference() {
        var run = ReplayRun.ofRequest("GET /health_check", original(),
                original().except("GET /health_check", page("200 OK", HTML, "ok", "Content-Encoding: br")));

        assertThat(run.status()).isEqualTo(1);
        // It is still taken for a service, and then compared.
        assertThat(run.differences()).containsExactly("GET /health_check", "  Content-Encoding: from none, to br");
    }

    @Test
    void whatComesFromOthersCannotWriteOnTheTerminal() {
        var run = ReplayRun.ofRequest(DAILY, original(),
                original().except(DAILY, page("200 OK", "a\u001b[2Jb\u0080", "{\"2023-02-07\u001b\":1}\n")));

        assertThat(run.out()).contains("  Content-Type: from application/json, to a\\x1B[2Jb\\x80");
        assertThat(String.join("", run.out())).matches("[ -~]*");
    }

    // ---- reports

    @Test
    void ofDailyUsageTheDaysThatDifferAreNamed() {
        var run = ReplayRun.ofRequest(DAILY, days("{\"2023-02-05\":1,\"2023-02-07\":12,\"2023-02-08\":3,\"+10000-01-01\":1}\n"),
                days("{\"2023-02-06\":9,\"2023-02-07\":13,\"2023-02-08\":3,\"+10000-01-01\":2}\n"));

        assertThat(run.differences()).containsExactly(DAILY,
                "  body: from 65 bytes, to 65 bytes; first difference at byte 12",
                "    from: {\"2023-02-05\":1,\"2023-02-07\":12,\"2023-02-08\":3,\"+10000-01-0...",
                "    to:   {\"2023-02-06\":9,\"2023-02-07\":13,\"2023-02-08\":3,\"+10000-01-0...",
                "  days only in from: 1: 2023-02-05",
                "  days only in to: 1: 2023-02-06",
                "  days that differ: 2: 2023-02-07 (from 12, to 13), +10000-01-01 (from 1, to 2)");
    }

    @Test
    void ofUserVisitsTheFirstUsersAreNamedAndAllAreCounted() {
        var many = new StringBuilder("{");
        for (int user = 1; user <= 12; user++) {
            many.append('"').append(user).append("\":{\"joined_at\":\"None\",\"visits\":").append(user).append("},");
        }
        var run = ReplayRun.ofRequest(VISITS, visits(many + "\"13\":{\"joined_at\":\"None\",\"visits\":1}}\n"),
                visits("{\"2\":{\"joined_at\":\"None\",\"visits\":3},\"13\":{\"visits\":1,\"joined_at\":\"None\"}}\n"));

        assertThat(run.out()).contains("  users only in from: 11: 1, 3, 4, ...",
                "  users that differ: 2: 2 (from {\"joined_at\":\"None\",\"visits\":2}, to {\"joined_at\":\"None\",\"visits\":3}),"
                        + " 13 (from {\"joined_at\":\"None\",\"visits\":1}, to {\"visits\":1,\"joined_at\":\"None\"})");
    }

    @Test
    void aMissingLineEndIsADifferenceInWriting() {
        var run = ReplayRun.ofRequest(DAILY, original(), days(DAILY_USAGE_BODY.strip()));

        assertThat(run.differences()).containsExactly(DAILY, "  body: from 33 bytes, to 32 bytes; first difference at byte 33",
                "    from: {\"2023-02-07\":12,\"2023-02-08\":3}\\n", "    to:   {\"2023-02-07\":12,\"2023-02-08\":3}",
                "  its days are the same: only their notation differs");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{\"10\":1,\"9\":1} | to has 9 after 10",
            "{\"9\":1,\"9\":1} | to has 9 after 9",
            "{\"nine\":1} | to has an invalid key: nine",
            "[1,2] | to is not a JSON object",
            "{\"9\":[[[[1]]]]} | to is not JSON: ",
            "{\"9\":{\"vis | to is not JSON: "})
    void usersThatAreNoneAreSaidToBeIncomparable(String body, String why) {
        assertThat(ReplayRun.ofRequest(VISITS, original(), visits(body)).out())
                .anyMatch(line -> line.startsWith("  its users cannot be compared: " + why));
    }

    private static StubResponder days(String body) {
        return original().except(DAILY, page("200 OK", JSON, body));
    }

    private static StubResponder visits(String body) {
        return original().except(VISITS, page("200 OK", JSON, body));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 32, 33, 65_535, 65_536, 65_537, 131_073, 50_000_000})
    void oneByteIsFoundWhereverItIs(int at) {
        var length = Math.max(at + 100, 200);
        var run = ReplayRun.ofRequest("GET /health_check?" + at, original().except("GET /health_check?" + at, zeros(length, at, '0')),
                original().except("GET /health_check?" + at, zeros(length, at, '1')));

        var before = "0".repeat(Math.min(at - 1, 32));
        var dots = at > 33 ? "..." : "";
        assertThat(run.differences()).containsExactly("GET /health_check?" + at,
                "  body: from " + length + " bytes, to " + length + " bytes; first difference at byte " + at,
                "    from: " + dots + before + "0" + "0".repeat(47) + "...",
                "    to:   " + dots + before + "1" + "0".repeat(47) + "...");
    }

    @Test
    void aBodyThatGoesOnIsTheLongerOne() {
        var run = ReplayRun.ofRequest("GET /health_check?", original().except("GET /health_check?", zeros(65_536, 1, '0')),
                original().except("GET /health_check?", zeros(200_000, 1, '0')));

        assertThat(run.differences()).contains("  body: from 65536 bytes, to 200000 bytes; first difference at byte 65537",
                "    from: ..." + "0".repeat(32), "    to:   ..." + "0".repeat(80) + "...");
    }

    /** A long body of zeros with another byte somewhere, counted from 1. */
    static StubResponder zeros(int length, int at, char other) {
        return (asked, out) -> {
            out.write(("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + length + "\r\n\r\n").getBytes(ISO_8859_1));
            writeZeros(out, at - 1);
            out.write(other);
            writeZeros(out, length - at);
        };
    }

    private static void writeZeros(OutputStream out, int count) throws IOException {
        var piece = "0".repeat(8_192).getBytes(ISO_8859_1);
        for (int left = count; left > 0; left -= piece.length) {
            out.write(piece, 0, Math.min(left, piece.length));
        }
    }

    // ---- data that changes

    @Test
    void dataThatChangedBetweenTheTwoAnswersIsNoDifference() {
        var reads = new AtomicInteger();
        var run = ReplayRun.ofRequest(DAILY, original(), original().except(DAILY, (asked, out) -> page("200 OK", JSON,
                reads.incrementAndGet() == 1 ? "{\"2023-02-07\":13}\n" : DAILY_USAGE_BODY).respond(asked, out)));

        assertThat(run.status()).isZero();
        assertThat(run.out()).containsExactly("from answered: 1 with 200", "the same only after a retry, because the data changed: 1",
                "1 request, 0 differences");
    }

    @Test
    void anAnswerThatTheOtherGivesOneLookLaterIsThatOfChangedData() {
        var from = new AtomicInteger();
        var to = new AtomicInteger();
        var run = ReplayRun.ofRequest(DAILY, counting(from, 0), counting(to, 1));

        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("the same only after a retry, because the data changed: 1");
        assertThat(from).hasValue(2);
    }

    @Test
    void anAnswerThatTheOtherGaveBeforeIsAnOldOne() {
        var run = ReplayRun.ofRequest(DAILY, counting(new AtomicInteger(), 1), counting(new AtomicInteger(), 0));

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).contains("  different in each of 5 attempts; the last one:",
                "  days that differ: 1: 2023-02-07 (from 7, to 6)", "1 request, 1 difference");
    }

    /** Has one more visit each time it is asked. */
    private static StubResponder counting(AtomicInteger asked, int ahead) {
        return original().except(DAILY,
                (question, out) -> page("200 OK", JSON, "{\"2023-02-07\":" + (asked.incrementAndGet() + ahead) + "}\n").respond(question,
                        out));
    }

    @Test
    void whatIsNotSafeIsSentOnce() {
        try (var from = new ReplayStubServer(original());
                var to = new ReplayStubServer(original().except("POST /health_check", page("200 OK", HTML, "ok")))) {
            var run = ReplayRun.withInput("POST /health_check\nGET /health_check", "--from", from.url(), "--to", to.url(), "--all-methods",
                    "-");

            assertThat(run.differences()).containsExactly("POST /health_check", "  status: from 405, to 200");
            assertThat(to.receivedRequests()).extracting(StubRequest::toString).containsExactly("GET /health_check", "POST /health_check",
                    "GET /health_check");
            assertThat(to.receivedRequests().get(1).headers()).containsEntry("Content-Length", "0");
        }
    }

    // ---- services that do not answer

    @Test
    void whoSaysNothingIsWaitedForAndNamed() {
        try (var from = new ReplayStubServer(original());
                var to = new ReplayStubServer(original().except(DAILY, (asked, out) -> sleep()))) {
            var run = ReplayRun.withInput(DAILY, "--from", from.url(), "--to", to.url(), "--timeout", "1", "-");

            assertThat(run.status()).isEqualTo(1);
            assertThat(run.out()).containsExactly(DAILY, "  to: no data for 1 s", "1 request, 1 difference");
        }
    }

    @Test
    void whoStopsInTheMiddleOfItsAnswerIsWaitedForAndNamed() {
        try (var to = new ReplayStubServer(original());
                var from = new ReplayStubServer(original().except(DAILY, (asked, out) -> {
                    out.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 33\r\n\r\n{".getBytes(ISO_8859_1));
                    sleep();
                }))) {
            assertThat(ReplayRun.withInput(DAILY, "--from", from.url(), "--to", to.url(), "--timeout", "1", "-").out())
                    .containsExactly(DAILY, "  from: no data for 1 s", "1 request, 1 difference");
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(20_000);
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "HTTP/1.1 200 OK\\r\\nContent-Length: 34\\r\\n\\r\\n{ | the body ended after 1 of 34 bytes",
            "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n2\\r\\n{} | the body ended after 2 bytes",
            "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n2\\r\\n{}\\r\\n | the body ended after 2 bytes",
            "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n2\\r\\n{}{}\\r\\n | a chunk is longer than its size",
            "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nx\\r\\n | a chunk has no size",
            "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: gzip\\r\\n\\r\\n | unexpected Transfer-Encoding: gzip",
            "HTTP/1.1 200 OK\\r\\nContent-Length: 3\\r\\nContent-Length: 4\\r\\n\\r\\nabcd | invalid Content-Length",
            "HTTP/1.1 200 OK\\r\\nContent-Length: -1\\r\\n\\r\\n | invalid Content-Length",
            "HTTP/1.1 200 OK\\r\\nContent-Le | it closed the connection before the response",
            "HTTP/1.1 200 OK\\r\\nno header\\r\\n\\r\\n | a header line is malformed",
            "HTTP/2 200\\r\\n\\r\\n | the response is not HTTP/1.1",
            "SSH-2.0-OpenSSH\\r\\n | the response is not HTTP/1.1"})
    void whoseAnswerIsNoneIsNamedWithTheReason(String answer, String reason) {
        var run = ReplayRun.ofRequest(DAILY, original(), original().except(DAILY, raw(answer.replace("\\r", "\r").replace("\\n", "\n"))));

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).containsExactly(DAILY, "  to: " + reason, "1 request, 1 difference");
    }

    @Test
    void headersWithoutAnEndEndTheAnswer() {
        var run = ReplayRun.ofRequest(DAILY, original(), original().except(DAILY, (asked, out) -> {
            out.write("HTTP/1.1 200 OK\r\n".getBytes(ISO_8859_1));
            for (int header = 0; header < 1_000_000; header++) {
                out.write("X-More: and more\r\n".getBytes(ISO_8859_1));
            }
        }));

        assertThat(run.out()).contains("  to: the headers are too long");
    }

    @Test
    void whoGoesAwayInTheMiddleIsGivenUp() {
        var alive = new AtomicReference<>(Boolean.TRUE);
        var run = ReplayRun.builtIn(original(), (asked, out) -> {
            if (asked.toString().equals("DELETE /health_check")) {
                alive.set(Boolean.FALSE);
            }
            if (alive.get()) {
                original().respond(asked, out);
            }
        });

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).containsExactly("DELETE /health_check", "  to: it closed the connection before the response",
                "GET /readiness_check", "  to: it closed the connection before the response", "from answered: 3 with 200, 2 with 405",
                "stopped after 2 unanswered requests in a row; not sent: 38", "7 requests, 2 differences");
    }

    @Test
    void whoCannotBeReachedIsNamedBeforeAnythingIsAsked() throws IOException {
        int free;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        try (var service = new ReplayStubServer(original())) {
            var run = ReplayRun.of("--from", service.url(), "--to", "http://127.0.0.1:" + free);
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.err()).containsExactly("--to http://127.0.0.1:" + free + " is unavailable: it refuses the connection");
            assertThat(ReplayRun.of("--from", "http://nowhere.invalid", "--to", service.url()).err())
                    .containsExactly("--from http://nowhere.invalid is unavailable: unknown host nowhere.invalid");
        }
    }

    @Test
    void whatIsNoSuchServiceIsAskedNothingElse() {
        try (var from = new ReplayStubServer(original()); var to = new ReplayStubServer(page("200 OK", HTML, "<title>Welcome</title>"))) {
            var run = ReplayRun.of("--from", from.url(), "--to", to.url());

            assertThat(run.status()).isEqualTo(1);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).containsExactly(
                    "--to " + to.url() + " is not this service: it answers GET /health_check with 200, but not with ok");
            assertThat(to.receivedRequests()).hasSize(1);
            assertThat(ReplayRun.of("--from", from.url() + "/elsewhere", "--to", from.url()).err()).containsExactly(
                    "--from " + from.url() + "/elsewhere is not this service: it answers GET /health_check with 404");
        }
    }

    // ---- files

    @Test
    void aFileIsReplayedInPlaceOfWhatIsBuiltIn(@TempDir Path directory) throws IOException {
        var file = Files.writeString(directory.resolve("access.log"), """
                # yesterday
                10.0.0.7 - - [24/Nov/2026:23:59:59 +0000] "GET /api/reports/user_visits?b=%ZZ HTTP/1.1" 200 97 "-" "curl/8"

                10.0.0.7 - - [24/Nov/2026:23:59:59 +0000] "GET /api/reports/user_visits?b=%ZZ HTTP/1.1" 200 97 "-" "curl/8"
                10.0.0.7 - - [24/Nov/2026:23:59:59 +0000] "GET /wp-login.php HTTP/1.1" 404 97 "-" "curl/8"
                HEAD /health_check
                PATCH /health_check
                """);
        try (var service = new ReplayStubServer(original())) {
            var run = ReplayRun.of("--from", service.url(), file.toString(), "--to", service.url());

            assertThat(run.status()).isZero();
            assertThat(run.out()).containsExactly("left out: 1 repeated, 1 of other methods than GET, HEAD and OPTIONS (--all-methods takes"
                    + " them), 1 for other paths than the four (--all-paths takes them)", "from answered: 2 with 200",
                    "2 requests, 0 differences");
            assertThat(service.receivedRequests()).extracting(StubRequest::toString).doesNotContain("GET /wp-login.php",
                    "PATCH /health_check");
            assertThat(ReplayRun.of("--from", service.url(), file.toString(), "--to", service.url(), "--all-methods", "--all-paths").out())
                    .containsExactly("left out: 1 repeated", "from answered: 2 with 200, 1 with 404, 1 with 405",
                            "4 requests, 0 differences");
        }
    }

    @Test
    void aFileThatCannotBeReadIsWrongUse(@TempDir Path directory) {
        try (var service = new ReplayStubServer(original())) {
            assertThat(ReplayRun.of("--from", service.url(), "--to", service.url(), directory + "/none")).satisfies(run -> {
                assertThat(run.status()).isEqualTo(2);
                assertThat(run.err()).first().isEqualTo("There is no file " + directory + "/none");
            });
            assertThat(ReplayRun.of("--from", service.url(), "--to", service.url(), directory.toString()).status()).isEqualTo(2);
            assertThat(ReplayRun.withInput("GET /health_check\nnonsense\n", "--from", service.url(), "--to", service.url(), "-"))
                    .satisfies(run -> {
                        assertThat(run.status()).isEqualTo(2);
                        assertThat(run.err()).contains("  line 2: nonsense");
                    });
            assertThat(service.receivedRequests()).isEmpty();
        }
    }
}
