package coworking.analytics.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.bootstrap.logging.StrictJson;
import coworking.analytics.bootstrap.telemetry.EmfSpecification;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of the packaged service: its metrics, its log, its health, its inside; while all is well and while it is not. */
class ObservabilityIT {

    private static final String DAILY_USAGE = "/api/reports/daily_usage";
    private static final String USER_VISITS = "/api/reports/user_visits";
    private static final String READINESS = "/readiness_check";
    private static final String A_VISIT = """
            INSERT INTO users (first_name, last_name, joined_at) VALUES ('Ada', 'Archer', '2023-01-01');
            INSERT INTO tokens (user_id, token, created_at, used_at) VALUES (1, '1', '2023-03-26', '2023-03-26')""";

    private TestDatabase database;

    @BeforeEach
    void createDatabase() throws SQLException {
        database = TestDatabase.migrated();
        database.execute(A_VISIT);
    }

    /** A real scrape and log are left in target/observed, where the names in dashboards and alarms are looked for. */
    @Test
    void everyMetricThatDashboardsNameIsInAScrape() throws Exception {
        database.install();
        try (var service = ServiceProcess.start(database.environment("APP_FOLD_SECONDS", "1", "APP_USAGE_LOG_SECONDS", "1")).awaitServing()
                .awaitManagement()) {
            service.await("for a fold", () -> scrape(service).sum("coworking_fold_runs_total", "result=nothing") > 0);
            service.await("for the usage log", () -> scrape(service).value("coworking_visits") == 1);
            service.sendToManagement("/diagnosis/heap"); // Which collects garbage, and so gives the pauses their series.
            service.await("for a pause", () -> scrape(service).names().contains("jvm_gc_pause_seconds_count"));
            service.get(DAILY_USAGE);
            service.get(USER_VISITS);
            service.await("for a line that tells of reports",
                    () -> service.out().stream().anyMatch(line -> line.contains("ReportMilliseconds")));
            var text = service.sendToManagement("/metrics").body();
            var scrape = PrometheusScrape.parse(text);

            var observed = Files.createDirectories(Path.of("target", "observed"));
            Files.writeString(observed.resolve("scrape.txt"), text);
            Files.write(observed.resolve("emf.jsonl"), service.out());
            assertThat(scrape.names()).contains(
                    "http_server_requests_seconds_bucket", "http_server_requests_seconds_count", "http_server_requests_seconds_sum",
                    "http_server_response_bytes_total", "coworking_report_answers_total", "coworking_report_checks_total",
                    "coworking_query_seconds_bucket", "coworking_database_up", "coworking_database_outages_total",
                    "hikaricp_connections", "hikaricp_connections_active", "hikaricp_connections_idle", "hikaricp_connections_pending",
                    "hikaricp_connections_max", "hikaricp_connections_timeout_total", "hikaricp_connections_acquire_seconds_count",
                    "hikaricp_connections_acquire_seconds_sum", "hikaricp_connections_acquire_seconds_max",
                    "coworking_ledger_info", "coworking_fold_seconds_count", "coworking_fold_seconds_sum", "coworking_fold_runs_total",
                    "coworking_fold_rows_total", "coworking_journal_rows", "coworking_rollup_lag_seconds", "coworking_audit_differences",
                    "coworking_audit_last_success_timestamp_seconds", "coworking_visits_today", "coworking_visits",
                    "coworking_usage_log_last_success_timestamp_seconds", "jvm_info", "jvm_memory_used_bytes", "jvm_memory_max_bytes",
                    "jvm_gc_pause_seconds_count", "jvm_threads_live_threads", "jvm_classes_loaded_classes", "process_uptime_seconds",
                    "process_cpu_usage", "coworking_build_info", "coworking_aot_cache_in_use", "coworking_log_events_total");
            assertThat(scrape.value("coworking_ledger_info", "ledger=rolled-up")).isEqualTo(1);
            assertThat(scrape.value("coworking_rollup_lag_seconds")).isBetween(0.0, 30.0);
            assertThat(scrape.value("coworking_audit_differences")).isNaN();
            assertThat(scrape.value("coworking_build_info", "version=1.0.0-SNAPSHOT", "revision=unknown")).isEqualTo(1);
            assertThat(scrape.value("coworking_aot_cache_in_use")).isZero();

            ServiceProcess.run(database.environment(), "uninstall");
            service.await("for the tables", () -> scrape(service).value("coworking_ledger_info", "ledger=plain") == 1);
            assertThat(scrape(service).value("coworking_ledger_info", "ledger=rolled-up")).isNaN();
            assertThat(scrape(service).value("coworking_rollup_lag_seconds")).isZero();
            everyLineParses(service);
        }
    }

    @Test
    void requestsAreCountedFromTheFirstOn() throws Exception {
        database.install();
        try (var service = ServiceProcess.start(database.environment()).awaitServing()) {
            service.get(DAILY_USAGE);
            service.get(DAILY_USAGE);
            service.get(USER_VISITS);
            service.get("/health_check");
            service.get("/nowhere");
            service.send(HttpRequest.newBuilder(service.request(DAILY_USAGE).uri()).DELETE().build());
            service.awaitManagement();
            service.await("for the last one", () -> requests(service, "route=" + DAILY_USAGE, "method=other", "status=405") == 1);

            assertThat(requests(service, "route=" + DAILY_USAGE, "method=GET", "status=200")).isEqualTo(2);
            assertThat(requests(service, "route=/health_check", "method=GET", "status=200")).isEqualTo(1);
            assertThat(requests(service, "route=other", "method=GET", "status=404")).isEqualTo(1);
            var scrape = scrape(service);
            assertThat(scrape.value("coworking_report_answers_total", "report=daily_usage", "source=computed")).isEqualTo(1);
            assertThat(scrape.value("coworking_report_answers_total", "report=daily_usage", "source=memory")).isEqualTo(1);
            assertThat(scrape.value("coworking_report_answers_total", "report=user_visits", "source=computed")).isEqualTo(1);
            assertThat(scrape.value("coworking_report_checks_total", "report=daily_usage")).isEqualTo(2);
            assertThat(scrape.value("coworking_query_seconds_count", "query=version")).isEqualTo(3);
            assertThat(scrape.value("coworking_query_seconds_count", "query=daily_usage")).isEqualTo(1);
            assertThat(scrape.value("http_server_response_bytes_total", "route=/health_check")).isBetween(2.0, 500.0);
            assertThat(scrape.value("hikaricp_connections_max", "pool=database")).isEqualTo(6);
        }
    }

    @Test
    void aLostDatabaseMovesTheMetricsAndTheLogOnce() throws Exception {
        try (var stoppable = TestDatabase.stoppable();
                var service = ServiceProcess.start(stoppable.environment("APP_USAGE_LOG_SECONDS", "1")).awaitServing().awaitManagement()) {
            stoppable.execute(A_VISIT);
            assertThat(service.status(DAILY_USAGE)).isEqualTo(200);
            assertThat(scrape(service).value("coworking_database_up")).isEqualTo(1);
            assertThat(service.sendToManagement("/health/ready").statusCode()).isEqualTo(200);
            stoppable.stop();
            for (int i = 0; i < 3; i++) {
                assertThat(service.status(DAILY_USAGE)).isEqualTo(500);
            }
            assertThat(service.sendToManagement("/health/ready")).returns(503, HttpResponse::statusCode).satisfies(
                    answer -> assertThat(answer.body()).contains("\"reason\":\"the database cannot be reached\""));
            assertThat(service.sendToManagement("/health/live").statusCode()).isEqualTo(200);
            service.await("for the figures", () -> lines(service, "no daily usage").stream().anyMatch(
                    line -> Long.valueOf(0).equals(line.get("DatabaseUp")) && line.get("ServerErrors") instanceof Long errors
                            && errors > 0));
            var scrape = scrape(service);
            assertThat(scrape.value("coworking_database_up")).isZero();
            assertThat(scrape.value("coworking_database_outages_total")).isEqualTo(1);
            assertThat(scrape.value("coworking_report_answers_total", "report=daily_usage", "source=failed")).isGreaterThanOrEqualTo(3);
            assertThat(scrape.value("coworking_log_events_total", "level=warn")).isEqualTo(2);
            assertThat(requests(service, "route=" + DAILY_USAGE, "method=GET", "status=500")).isEqualTo(3);

            stoppable.start();
            service.await("for the database's return", () -> service.status(READINESS) == 200);
            assertThat(scrape(service).value("coworking_database_up")).isEqualTo(1);
            assertThat(lines(service, "requests begin to fail")).singleElement().satisfies(line -> assertThat(line)
                    .containsEntry("route", DAILY_USAGE).containsEntry("status", 500L).containsEntry("cache", "failed")
                    .containsKeys("request_id", "duration_ms", "database_ms"));
            assertThat(service.out().stream().filter(line -> line.contains("database unavailable"))).hasSize(1);
            everyLineParses(service);
        }
    }

    @Test
    void theUsageLineCarriesMetricsForCloudWatch() throws Exception {
        try (var service = ServiceProcess.start(database.environment("APP_USAGE_LOG_SECONDS", "1")).awaitServing().awaitManagement()) {
            service.get(DAILY_USAGE);
            service.await("for a line with a request", () -> lines(service, "daily usage").stream()
                    .anyMatch(line -> Long.valueOf(1).equals(line.get("Requests"))));

            assertThat(service.out().stream().filter(line -> line.contains("\"message\":\"daily usage\"")))
                    .allSatisfy(line -> assertThat(EmfSpecification.faults(line)).isEmpty());
            assertThat(lines(service, "daily usage")).anySatisfy(line -> assertThat(line).containsEntry("Visits", 1L)
                    .containsEntry("Requests", 1L).containsEntry("DatabaseUp", 1L).containsKey("ReportMilliseconds"));
        }
    }

    @Test
    void accessLinesNameTheRequestAndProbesHaveNone() throws Exception {
        try (var service = ServiceProcess.start(database.environment("APP_ACCESS_LOG", "all")).awaitServing()) {
            for (var id : List.of("abc-123", "a b\"c", "x".repeat(65))) {
                service.send(HttpRequest.newBuilder(service.request(USER_VISITS).uri()).header("X-Request-Id", id).build());
            }
            assertThat(service.get("/health_check").headers().map()).doesNotContainKey("x-request-id");
            service.get(READINESS);
            service.await("for three lines", () -> lines(service, "request").size() == 3);

            assertThat(lines(service, "request")).allSatisfy(line -> {
                assertThat(line).containsEntry("route", USER_VISITS).containsEntry("method", "GET").containsEntry("status", 200L)
                        .containsEntry("cache", "computed").containsKeys("bytes", "duration_ms", "database_ms");
                assertThat((Double) line.get("database_ms")).isLessThanOrEqualTo((Double) line.get("duration_ms"));
            });
            assertThat(lines(service, "request").getFirst()).containsEntry("request_id", "abc-123");
            assertThat(lines(service, "request").stream().skip(1)).allSatisfy(
                    line -> assertThat((String) line.get("request_id")).matches("[0-9a-f]{16}"));
            everyLineParses(service);
        }
    }

    @Test
    void aMethodThatACallerMadeUpIsNotRepeated() throws Exception {
        try (var service = ServiceProcess.start(database.environment("APP_ACCESS_LOG", "all")).awaitServing()) {
            service.send(
                    HttpRequest.newBuilder(service.request(USER_VISITS).uri()).method("M".repeat(5_000), BodyPublishers.noBody()).build());
            service.await("for its line", () -> lines(service, "request").size() == 1);

            assertThat(lines(service, "request").getFirst()).containsEntry("method", "other").containsEntry("status", 405L);
        }
    }

    @Test
    void countsOfTheLastMinuteAreToldBeforeItStops() throws Exception {
        try (var service = ServiceProcess.start(database.environment()).awaitServing().awaitManagement()) {
            service.get(DAILY_USAGE);
            service.get(DAILY_USAGE);
            service.get(READINESS);
            service.terminate();
            assertThat(service.exitStatus()).isIn(0, 143);

            assertThat(lines(service, "requests")).singleElement().satisfies(line -> assertThat(line)
                    .containsEntry("route", DAILY_USAGE).containsEntry("requests", 2L).containsEntry("status_2xx", 2L)
                    .containsEntry("computed", 2L).containsKeys("bytes", "worst_ms", "mean_ms", "database_ms"));
            everyLineParses(service);
        }
    }

    @Test
    void levelsChangeWhileItRuns() throws Exception {
        try (var service = ServiceProcess.start(database.environment("APP_LOG_LEVEL", "WARN", "APP_USAGE_LOG_SECONDS", "1"))) {
            service.await("for figures, which are no matter of level", () -> !lines(service, "daily usage").isEmpty());
            assertThat(service.out()).noneMatch(line -> line.contains("\"message\":\"serving\""));
            service.await("to be managed", () -> answers(service));
            assertThat(service.sendToManagement("PUT", "/loggers/ROOT", "INFO").body()).contains("\"ROOT\":\"INFO\"",
                    "\"daily_usage\":\"INFO\"");
            service.await("for a line", () -> service.out().stream().anyMatch(line -> line.contains("log level of ROOT is now INFO")));
            assertThat(service.sendToManagement("PUT", "/loggers/ROOT", "LOUD").statusCode()).isEqualTo(400);
        }
    }

    private static boolean answers(ServiceProcess service) {
        try {
            return service.sendToManagement("/health/started").statusCode() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    @Test
    void theInsideCanBeLookedAt(@TempDir Path directory) throws Exception {
        try (var service = ServiceProcess.start(database.environment()).awaitServing().awaitManagement()) {
            assertThat(StrictJson.parseObject(service.sendToManagement("/diagnosis/threads").body())).containsKey("threadDump");
            assertThat(service.sendToManagement("/diagnosis/threads").body()).contains("stall-guard", "\"virtual\"");
            assertThat(service.sendToManagement("/diagnosis/heap").body()).contains("java.lang.String", "Total");
            var recording = directory.resolve("recording.jfr");
            service.downloadFromManagement("/diagnosis/recording?seconds=1", recording);
            assertThat(RecordingFile.readAllEvents(recording)).isNotEmpty();
            assertThat(Files.readString(recording, StandardCharsets.ISO_8859_1)).contains("jdk.CPULoad")
                    .doesNotContain("hunter2", "DB_PASSWORD");
        }
    }

    @Test
    void aTakenManagementPortIsAWarningAndNoEnd() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var service = ServiceProcess.start(database.environment("APP_MANAGEMENT_PORT", String.valueOf(taken.getLocalPort())))
                        .awaitServing()) {
            service.await("for the warning", () -> service.out().stream().anyMatch(line -> line.contains("APP_MANAGEMENT_PORT")));
            assertThat(service.status(DAILY_USAGE)).isEqualTo(200);
            everyLineParses(service);
        }
    }

    @Test
    void aHostThatThereIsNotIsAWarningAndNoEnd() throws Exception {
        try (var service = ServiceProcess.start(database.environment("APP_MANAGEMENT_HOST", "no-such-host.invalid")).awaitServing()) {
            service.await("for the warning", () -> service.out().stream().anyMatch(
                    line -> line.contains("WARN") && line.contains("APP_MANAGEMENT_HOST")));
            assertThat(service.status(DAILY_USAGE)).isEqualTo(200);
            everyLineParses(service);
        }
    }

    @Test
    void nothingOfTracingIsLoadedUnlessThereIsACollector() throws Exception {
        try (var service = ServiceProcess
                .startWithJvmOptions(List.of("-Xlog:class+load"), ServiceProcess.freePort(), database.environment())
                .awaitServing()
                .awaitManagement()) {
            service.get(DAILY_USAGE);
            service.sendToManagement("/metrics");
            assertThat(service.out()).anyMatch(line -> line.contains("io.micrometer"))
                    .noneMatch(line -> line.contains("io.opentelemetry"));
        }
    }

    private static void everyLineParses(ServiceProcess service) {
        assertThat(service.out()).isNotEmpty().allSatisfy(
                line -> assertThat(StrictJson.parseObject(line)).containsKeys("time", "level", "logger", "message"));
        assertThat(service.err()).isEmpty();
        assertThat(service.out().toString()).doesNotContain("hunter2", "Ada", "Archer");
    }

    private static List<Map<String, Object>> lines(ServiceProcess service, String message) {
        return service.out().stream().filter(line -> line.contains("\"message\":\"" + message + "\"")).map(StrictJson::parseObject)
                .toList();
    }

    private static PrometheusScrape scrape(ServiceProcess service) {
        return PrometheusScrape.parse(service.sendToManagement("/metrics").body());
    }

    private static double requests(ServiceProcess service, String... labels) {
        return scrape(service).value("http_server_requests_seconds_count", labels);
    }
}
