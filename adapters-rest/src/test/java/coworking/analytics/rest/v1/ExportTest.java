package coworking.analytics.rest.v1;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coworking.analytics.application.port.UnavailableException;
import coworking.analytics.domain.fact.Member;
import coworking.analytics.domain.fact.MemberVisits;
import coworking.analytics.domain.fact.PersonName;
import coworking.analytics.rest.LogCapture;
import coworking.analytics.rest.OriginalUrls;
import coworking.analytics.rest.StubSpaceAnalytics;
import coworking.analytics.rest.TestServer;
import coworking.analytics.rest.http.BufferThenStreamOutput;
import coworking.analytics.rest.http.ErrorMapper;
import coworking.analytics.rest.v1.response.RowsBody;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.zip.GZIPInputStream;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exports that are too long to be held. */
class ExportTest {

    private static final String USERS = "/api/v1/reports/user-visits";
    private static final int LONG_EXPORT_USERS = 20_000;

    private final StubSpaceAnalytics analytics = new StubSpaceAnalytics();
    private final TestServer server = new TestServer(analytics);

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"csv, identity", "csv, gzip", "tsv, identity", "ndjson, gzip"})
    void aLongExportArrivesWholeInChunksAndTheConnectionGoesOn(String format, String coding) throws IOException {
        analytics.exportedUsers = Optional.of(users(LONG_EXPORT_USERS));
        for (int i = 0; i < 2; i++) {
            var answer = server.get(USERS + "?format=" + format, "Accept-Encoding", coding);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().map()).doesNotContainKeys("etag", "content-length");
            assertThat(answer.headers().allValues("Transfer-Encoding")).containsExactly("chunked");
            assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-cache");
            assertThat(answer.headers().allValues("Content-Disposition"))
                    .containsExactly("attachment; filename=\"user-visits_2026-03-01_2026-03-05." + format + "\"");
            var body = coding.equals("gzip") ? new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes() : answer.body();
            assertThat(new String(body, UTF_8)).isEqualTo(expected(format));
        }
    }

    private static String expected(String format) {
        return switch (format) {
            case "csv" -> "user_id,visits,issued,used,joined_at,active\r\n" + rows(",", "\r\n");
            case "tsv" -> "user_id\tvisits\tissued\tused\tjoined_at\tactive\n" + rows("\t", "\n");
            default -> LongStream.range(0, LONG_EXPORT_USERS).mapToObj(id -> "{\"user_id\":" + id + ",\"visits\":9,\"issued\":9,\"used\":5,"
                    + "\"joined_at\":null,\"active\":null}\n").collect(Collectors.joining());
        };
    }

    private static String rows(String separator, String lineEnd) {
        return LongStream.range(0, LONG_EXPORT_USERS).mapToObj(id -> String.join(separator, String.valueOf(id), "9", "9", "5", "", ""))
                .collect(Collectors.joining(lineEnd, "", lineEnd));
    }

    @Test
    void anExportThatIsJustShortEnoughIsHeldAndHasATag() {
        var lineBytes = "10000,9,9,5,,\r\n".length();
        var fitting = (BufferThenStreamOutput.MAX_BUFFERED_BYTES - "user_id,visits,issued,used,joined_at,active\r\n".length()) / lineBytes;
        analytics.exportedUsers = Optional.of(users(10_000, fitting));
        var held = server.get(USERS + "?format=csv");
        assertThat(held.headers().firstValue("ETag")).isPresent();
        assertThat(held.headers().firstValue("Content-Length")).hasValue(String.valueOf(held.body().length));

        analytics.exportedUsers = Optional.of(users(10_000, fitting + 1));
        var streamed = server.get(USERS + "?format=csv");
        assertThat(streamed.headers().firstValue("ETag")).isEmpty();
        assertThat(streamed.body()).hasSize(held.body().length + lineBytes);
    }

    @Test
    void theHeadOfALongExportSaysThatItComesInChunksAndMakesOnlyItsBeginning() {
        var made = new CountingUsers(LONG_EXPORT_USERS);
        analytics.exportedUsers = Optional.of(made);
        try (var connection = server.connect().request("HEAD", USERS + "?format=csv").request("GET", OriginalUrls.HEALTH)) {
            var head = connection.readHead();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("Transfer-Encoding")).isEqualTo("chunked");
            assertThat(head.header("Content-Length")).isEmpty();
            assertThat(head.header("Content-Type")).startsWith("text/csv");
            assertThat(connection.read().body()).isEqualTo("ok");
        }
        assertThat(made.count).isLessThan(LONG_EXPORT_USERS);
    }

    @Test
    void whoHasAnythingAtAllOfALongExportIsSentNothing() {
        var made = new CountingUsers(LONG_EXPORT_USERS);
        analytics.exportedUsers = Optional.of(made);
        assertThat(server.get(USERS + "?format=csv", "If-None-Match", "*").statusCode()).isEqualTo(304);
        assertThat(made.count).isLessThan(LONG_EXPORT_USERS);
    }

    @ParameterizedTest
    @CsvSource({"csv, identity", "csv, gzip", "tsv, identity", "ndjson, identity", "ndjson, gzip", "xlsx, identity", "xlsx, gzip"})
    void aPartOfALongExportCannotBeTakenForTheWhole(String format, String coding) {
        for (var failure : List.of(new UnavailableException("gone", new SQLException()), new IllegalStateException("broken"))) {
            analytics.exportedUsers = Optional.of(users(10 * LONG_EXPORT_USERS, failure));
            try (var log = new LogCapture(RowsBody.class); var alsoLog = new LogCapture(ErrorMapper.class)) {
                assertThatThrownBy(() -> server.get(USERS + "?format=" + format, "Accept-Encoding", coding))
                        .hasCauseInstanceOf(IOException.class);
                assertThat(log.records()).hasSize(failure instanceof UnavailableException ? 0 : 1);
                assertThat(alsoLog.records()).isEmpty();
            }
        }
    }

    @Test
    void aFailureBeforeTheFirstBytesIsAnAnswerLikeAnyOther() {
        analytics.exportedUsers = Optional.of(users(100, new UnavailableException("gone", new SQLException())));
        assertThat(server.get(USERS + "?format=csv").statusCode()).isEqualTo(503);
        analytics.exportedUsers = Optional.of(users(100, new IllegalStateException("broken")));
        try (var log = new LogCapture(ErrorMapper.class)) {
            assertThat(server.get(USERS + "?format=csv").statusCode()).isEqualTo(500);
            assertThat(log.records()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "gzip"})
    void aCallerWhoLeavesIsNoFailureOfTheServiceAndGivesTheTurnBack(String coding) {
        analytics.exportedUsers = Optional.of(users(2_000_000));
        try (var log = new LogCapture(ErrorMapper.class); var alsoLog = new LogCapture(RowsBody.class)) {
            for (int i = 0; i < 5; i++) {
                try (var leaving = server.connect()) {
                    leaving.write("GET " + USERS + "?format=csv HTTP/1.1\r\nHost: space\r\nAccept-Encoding: " + coding + "\r\n\r\n");
                    assertThat(leaving.readHead().status()).isEqualTo(200);
                }
            }
            analytics.exportedUsers = Optional.empty();
            assertThat(server.get(USERS + "?format=csv").statusCode()).isEqualTo(200);
            assertThat(log.records()).isEmpty();
            assertThat(alsoLog.records()).isEmpty();
        }
    }

    /** Half of the heap is what the JVM and the server need; the export is four times as long as all of it. */
    @ParameterizedTest
    @ValueSource(strings = {"identity", "gzip"})
    void aLongWorkbookArrivesWholeInChunks(String coding) throws IOException {
        analytics.exportedUsers = Optional.of(() -> named(LONG_EXPORT_USERS));
        var answer = server.get(USERS + "?format=xlsx&include=name", "Accept-Encoding", coding, "Authorization",
                "Bearer " + TestServer.TOKEN);

        assertThat(answer.headers().map()).doesNotContainKeys("etag", "content-length");
        assertThat(answer.headers().allValues("Content-Disposition"))
                .containsExactly("attachment; filename=\"user-visits_2026-03-01_2026-03-05.xlsx\"");
        var body = coding.equals("gzip") ? new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes() : answer.body();
        try (var workbook = new ReadableWorkbook(new ByteArrayInputStream(body)); var rows = workbook.getFirstSheet().openStream()) {
            var read = rows.toList();
            assertThat(read).hasSize(LONG_EXPORT_USERS + 1);
            assertThat(read.getLast().getCellAsNumber(0)).hasValue(BigDecimal.valueOf(LONG_EXPORT_USERS - 1));
            assertThat(read.getLast().getCellAsDate(4))
                    .hasValue(named(1).next().member().joinedAt().orElseThrow().toLocalDateTime().truncatedTo(ChronoUnit.MILLIS));
            assertThat(read.getLast().getCellText(7)).isEqualTo("King of Lovelace " + (LONG_EXPORT_USERS - 1));
        }
    }

    /** A workbook has the time of its creation in it. */
    @Test
    void theTagOfAWorkbookChangesWithTheDataOnly() throws InterruptedException {
        analytics.exportedUsers = Optional.of(users(3));
        var first = server.get(USERS + "?format=xlsx");
        Thread.sleep(5);
        var again = server.get(USERS + "?format=xlsx");
        var tag = first.headers().firstValue("ETag").orElseThrow();
        assertThat(again.headers().firstValue("ETag")).hasValue(tag);
        assertThat(server.get(USERS + "?format=xlsx", "If-None-Match", tag).statusCode()).isEqualTo(304);

        analytics.exportedUsers = Optional.of(users(4));
        assertThat(server.get(USERS + "?format=xlsx", "If-None-Match", tag).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "ndjson"})
    void aMillionUsersAreExportedInLessMemoryThanTheyTake(String format) throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(java, "-Xmx24m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-cp",
                System.getProperty("java.class.path"), SmallHeapExport.class.getName(), format).redirectErrorStream(true).start();
        try (var output = process.inputReader(UTF_8)) {
            var lines = output.lines().toList();
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(lines).anyMatch(line -> line.matches("1000000 rows, \\d{8,9} bytes"));
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    static Iterable<MemberVisits> users(long count) {
        return users(0, count);
    }

    private static Iterable<MemberVisits> users(long first, long count) {
        return () -> LongStream.range(first, first + count).mapToObj(ExportTest::user).iterator();
    }

    private static Iterable<MemberVisits> users(long count, RuntimeException failure) {
        return () -> LongStream.rangeClosed(0, count).mapToObj(id -> {
            if (id == count) {
                throw failure;
            }
            return user(id);
        }).iterator();
    }

    /** As long as users with names are. */
    static Iterator<MemberVisits> named(long count) {
        var joined = Optional.of(OffsetDateTime.parse("2023-01-20T03:23:39.757813Z"));
        return LongStream.range(0, count).mapToObj(id -> new MemberVisits(
                new Member(id, joined, Optional.of(true), Optional.of(new PersonName("Augusta Ada", "King of Lovelace " + id))), 9, 5))
                .iterator();
    }

    private static MemberVisits user(long id) {
        return new MemberVisits(new Member(id, Optional.empty(), Optional.empty(), Optional.empty()), 9, 5);
    }

    /** Users of whom is known how many were wanted. */
    private static final class CountingUsers implements Iterable<MemberVisits> {

        private final long maxUsers;
        private volatile long count;

        CountingUsers(long most) {
            this.maxUsers = most;
        }

        @Override
        public Iterator<MemberVisits> iterator() {
            return LongStream.range(0, maxUsers).mapToObj(id -> {
                count = id;
                return user(id);
            }).iterator();
        }
    }
}
