package coworking.analytics.rest.original;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.domain.fact.PackedUserCounts;
import coworking.analytics.domain.fact.UserCounts;
import coworking.analytics.domain.report.UserVisits;
import coworking.analytics.rest.OriginalUrls;
import coworking.analytics.rest.StubUsageReports;
import coworking.analytics.rest.TestServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ConcurrentRequestsTest {

    private static final int CALLERS = 200;

    @Test
    void manyCallersAtOnceEachGetAWholeReport() throws Exception {
        var asked = new AtomicLong();
        var reports = new StubUsageReports(StubUsageReports.typical().days(), () -> report(asked.incrementAndGet()));
        try (var server = new TestServer(reports); var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = callers.invokeAll(Collections.nCopies(CALLERS, (Callable<String>) () -> request(server)));
            var bodies = new ArrayList<String>();
            for (Future<String> answer : answers) {
                bodies.add(answer.get());
            }
            var expected = LongStream.rangeClosed(1, CALLERS).mapToObj(nth -> new String(ReportBytes.of(report(nth)), US_ASCII)).toList();
            assertThat(bodies).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void aLongReportArrivesWholeAndTheConnectionGoesOn() {
        var users = new PackedUserCounts.Builder();
        LongStream.rangeClosed(1, 20_000).forEach(id -> users.add(new UserCounts(id, Optional.empty(), id, 0)));
        var report = new UserVisits(users.build());
        try (var server = new TestServer(new StubUsageReports(StubUsageReports.typical().days(), () -> report));
                var connection = server.connect()) {
            for (int i = 0; i < 2; i++) {
                var answer = connection.request("GET", OriginalUrls.USER_VISITS).read();
                assertThat(answer.body()).hasSizeGreaterThan(500_000).isEqualTo(new String(ReportBytes.of(report), US_ASCII));
            }
        }
    }

    private static String request(TestServer server) {
        try (var connection = server.connect().request("GET", OriginalUrls.USER_VISITS)) {
            return connection.read().body();
        }
    }

    private static UserVisits report(long nth) {
        var users = new PackedUserCounts.Builder();
        LongStream.rangeClosed(1, 100).forEach(id -> users.add(new UserCounts(id, Optional.empty(), nth, 0)));
        return new UserVisits(users.build());
    }
}
