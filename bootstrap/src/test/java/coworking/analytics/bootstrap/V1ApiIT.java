package coworking.analytics.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The v1 API of the packaged jar, with the demo's data in a real PostgreSQL. */
@TestInstance(Lifecycle.PER_CLASS)
class V1ApiIT {

    private static final String TOKEN = "0123456789abcdef";
    private static final List<String> REPORTS = List.of("daily-usage", "user-visits", "summary", "arrivals", "members", "retention",
            "dormant", "data-quality");

    private TestDatabase database;

    @BeforeAll
    void createDatabase() throws SQLException {
        database = TestDatabase.migrated();
        database.fillWithTheDemo();
        database.install();
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "rolled-up"})
    void everyReportIsAnsweredInEveryFormat(String ledger) throws Exception {
        try (var service = ServiceProcess.start(database.environment("APP_LEDGER", ledger)).awaitServing()) {
            for (var report : REPORTS) {
                for (var format : List.of("json", "csv", "tsv", "ndjson")) {
                    var answer = service.get("/api/v1/reports/" + report + "?to=2026-10-31&format=" + format);
                    assertThat(answer.statusCode()).as(report + answer.body()).isEqualTo(200);
                    assertThat(answer.body().lines().count()).as(report).isPositive();
                }
            }
            assertThat(service.get("/api/v1/users/1/visits").body()).contains("\"user\":{\"user_id\":1,");
            assertThat(service.status("/api/v1/users/999999/visits")).isEqualTo(404);
            assertThat(service.get("/api/v1/reports/daily-usage?interval=month").body())
                    .contains("\"name\":\"2026-08\"", "\"name\":\"2026-10\"");
        }
    }

    @Test
    void v1AndTheOriginalCountTheSame() throws Exception {
        try (var service = ServiceProcess.start(database.environment()).awaitServing()) {
            var days = service.get("/api/reports/daily_usage").body();
            var rows = service.get("/api/v1/reports/daily-usage?format=csv&fill=none").body().lines().skip(1)
                    .map(row -> row.split(",", -1)).map(cells -> "\"" + cells[0] + "\":" + cells[3]).toList();
            assertThat("{" + String.join(",", rows) + "}\n").isEqualTo(days);
        }
    }

    @Test
    void aWalkOverPagesVisitsEveryUserOnceAndNamesAreForThoseWhoMaySeeThem() throws Exception {
        try (var service = ServiceProcess.start(database.environment("APP_NAMES_TOKEN", TOKEN)).awaitServing()) {
            var ids = new ArrayList<String>();
            var next = "/api/v1/reports/user-visits?limit=50&format=csv&include=name";
            assertThat(service.status(next)).isEqualTo(401);
            while (!next.isEmpty()) {
                var page = service.send(request(service, next, "Authorization", "Bearer " + TOKEN));
                assertThat(page.body()).contains(",first_name,last_name\r\n");
                page.body().lines().skip(1).map(row -> row.split(",", -1)[0]).forEach(ids::add);
                next = page.headers().firstValue("Link").map(link -> link.replaceFirst("^<(.*)>.*$", "$1")).orElse("");
            }
            var all = service.get("/api/v1/reports/user-visits?format=csv").body().lines().skip(1)
                    .map(row -> row.split(",", -1)[0]).toList();
            assertThat(ids).hasSizeGreaterThan(100).doesNotHaveDuplicates().isEqualTo(all);
        }
    }

    @Test
    void todayIsTheSpacesOwn() throws Exception {
        for (var zone : List.of("Pacific/Kiritimati", "Etc/GMT+12")) {
            try (var service = ServiceProcess.start(database.environment("APP_TIME_ZONE", zone)).awaitServing()) {
                var before = LocalDate.now(ZoneId.of(zone));
                var answer = service.get("/api/v1/reports/summary?range=7d").body();
                var after = LocalDate.now(ZoneId.of(zone));
                assertThat(List.of(before, after)).anyMatch(today -> answer.contains("\"to\":\"" + today + "\",\"range\":\"7d\""));
            }
        }
    }

    @Test
    void anAnswerAndItsLineInTheLogGoByOneName() throws Exception {
        try (var service = ServiceProcess.start(database.environment("APP_ACCESS_LOG", "all")).awaitServing()) {
            var named = service.send(request(service, "/api/v1/reports/summary", "X-Request-Id", "mine"));
            var nameless = service.get("/api/v1/users/1/visits?foo=1");
            assertThat(named.headers().allValues("X-Request-Id")).containsExactly("mine");
            assertThat(databaseMillis(named)).isPositive();
            service.await("for two lines",
                    () -> service.out().stream().filter(line -> line.contains("\"message\":\"request\"")).count() == 2);

            assertThat(service.out())
                    .anyMatch(line -> line.contains("\"request_id\":\"mine\"") && line.contains("/api/v1/reports/summary"));
            var made = nameless.headers().firstValue("X-Request-Id").orElseThrow();
            assertThat(service.out()).anyMatch(line -> line.contains("\"request_id\":\"" + made + "\"")
                    && line.contains("\"route\":\"/api/v1/users/{id}/visits\"") && line.contains("\"status\":400"));
            assertThat(nameless.body()).contains("\"request_id\":\"" + made + "\"");
        }
    }

    private static double databaseMillis(HttpResponse<String> answer) {
        var timing = answer.headers().firstValue("Server-Timing").orElseThrow();
        return Double.parseDouble(timing.replaceFirst("^db;dur=([0-9.]+), app;dur=[0-9.]+$", "$1"));
    }

    private static HttpRequest request(ServiceProcess service, String path, String header, String value) {
        return HttpRequest.newBuilder(service.request(path).uri()).header(header, value).build();
    }
}
