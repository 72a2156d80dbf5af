package coworking.analytics.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole, as an operator and a caller meet it: the packaged jar, real HTTP, a real PostgreSQL that can go away. */
class ServiceIT {

    private static final String DAILY_USAGE = "/api/reports/daily_usage";
    private static final String USER_VISITS = "/api/reports/user_visits";
    private static final String READINESS = "/readiness_check";

    private TestDatabase database;

    @BeforeEach
    void createDatabase() throws SQLException {
        database = TestDatabase.migrated();
    }

    @Test
    void migratesAnEmptyDatabaseAndServesIt() throws Exception {
        database = TestDatabase.empty();
        migrate();

        try (var service = ServiceProcess.start(database.environment()).awaitServing()) {
            assertThat(service.get("/health_check").body()).isEqualTo("ok");
            assertThat(service.get(READINESS).body()).isEqualTo("ok");
            assertThat(service.get(DAILY_USAGE).body()).isEqualTo("{}\n");
            assertThat(service.get(USER_VISITS).body()).isEqualTo("{}\n");

            database.execute("""
                    INSERT INTO users (id, first_name, last_name, joined_at) VALUES (9, 'Ada', 'Archer', '2023-03-26 02:30:00.5');
                    INSERT INTO users (id, first_name, last_name, joined_at) VALUES (10, 'Grace', 'Baker', '2023-01-20 03:23:39');
                    INSERT INTO tokens (user_id, token, created_at, used_at) VALUES
                        (10, '000001', '2023-03-26 02:30:00', '2023-03-25 23:59:00'), (9, '000002', '2023-03-26 23:59:59.999999', NULL)""");

            assertThat(service.get(DAILY_USAGE).body()).isEqualTo("{\"2023-03-26\":1}\n");
            assertThat(service.get(USER_VISITS).body()).isEqualTo("{\"9\":{\"joined_at\":\"2023-03-26 02:30:00.500000\",\"visits\":1},"
                    + "\"10\":{\"joined_at\":\"2023-01-20 03:23:39\",\"visits\":1}}\n");
        }
    }

    /** The search reads files of each jar. On half a core, it cost each start a third of a second and more. */
    @Test
    void startsWithoutSearchingItsJarsForServicesOfHelidon() throws Exception {
        var jvm = List.of("-Xlog:class+load");
        try (var service = ServiceProcess.startWithJvmOptions(jvm, ServiceProcess.freePort(), database.environment()).awaitServing()) {
            assertThat(service.get(DAILY_USAGE).statusCode()).isEqualTo(200);
            service.awaitManagement();
            assertThat(loadedClasses(service, "io.helidon.webserver.LoomServer ")).isNotEmpty();
            assertThat(loadedClasses(service, "io.helidon.metadata.MetadataFileImpl ")).isEmpty();
            assertThat(loadedClasses(service, "io.helidon.service.registry.ServiceLoader__ServiceDescriptor ")).isEmpty();
        }
    }

    private static List<String> loadedClasses(ServiceProcess service, String name) {
        return service.out().stream().filter(line -> line.contains(name)).toList();
    }

    @Test
    void timesDoNotMoveWhateverTheTimeZoneOfTheProcess() throws Exception {
        database.execute(
                """
                INSERT INTO users (id, first_name, last_name, joined_at) VALUES (1, 'Ada', 'Archer', '2023-03-26 02:30:00');
                INSERT INTO tokens (user_id, token, created_at, used_at) VALUES (1, '000001', '2023-03-26 02:30:00', '2023-03-26 02:30:00')""");

        for (var zone : List.of("Europe/Berlin", "America/Sao_Paulo", "Pacific/Kiritimati")) {
            try (var service = ServiceProcess.start(database.environment("TZ", zone)).awaitServing()) {
                assertThat(service.get(DAILY_USAGE).body()).isEqualTo("{\"2023-03-26\":1}\n");
                assertThat(service.get(USER_VISITS).body())
                        .isEqualTo("{\"1\":{\"joined_at\":\"2023-03-26 02:30:00\",\"visits\":1}}\n");
                assertThat(service.get(DAILY_USAGE).headers().firstValue("Date")).get().asString().endsWith("GMT");
            }
        }
    }

    @Test
    void startsWithoutItsDatabaseAndFindsItLater() throws Exception {
        try (var stoppable = stopped(); var service = ServiceProcess.start(stoppable.environment()).awaitServing()) {
            assertThat(service.get("/health_check").body()).isEqualTo("ok");
            assertThat(service.get(READINESS)).satisfies(answer -> {
                assertThat(answer.statusCode()).isEqualTo(500);
                assertThat(answer.body()).isEqualTo("failed");
            });
            assertThat(service.status(DAILY_USAGE)).isEqualTo(500);

            stoppable.start();
            service.await("for the database's return", () -> service.status(READINESS) == 200);
            assertThat(service.status(DAILY_USAGE)).isEqualTo(200);
        }
    }

    @Test
    void losesItsDatabaseAndFindsItAgainWithALogLineForEach() throws Exception {
        try (var stoppable = TestDatabase.stoppable(); var service = ServiceProcess.start(stoppable.environment()).awaitServing()) {
            assertThat(service.status(USER_VISITS)).isEqualTo(200);
            stoppable.stop();
            for (int i = 0; i < 5; i++) {
                assertThat(service.status(READINESS)).isEqualTo(500);
                assertThat(service.status(USER_VISITS)).isEqualTo(500);
            }
            stoppable.start();
            service.await("for the database's return", () -> service.status(READINESS) == 200);
            assertThat(service.status(USER_VISITS)).isEqualTo(200);

            assertThat(service.out().stream().filter(line -> line.contains("database unavailable"))).hasSize(1);
            assertThat(service.out().stream().filter(line -> line.contains("database available again"))).hasSize(1);
        }
    }

    @Test
    void failsQuicklyOnADatabaseThatAcceptsAndSaysNothing() throws Exception {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var service = ServiceProcess.start(database.environment("DB_PORT", String.valueOf(silent.getLocalPort()))).awaitServing()) {
            for (var path : List.of(READINESS, DAILY_USAGE, USER_VISITS)) {
                var begin = Instant.now();
                assertThat(service.status(path)).isEqualTo(500);
                assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(2));
            }
            assertThat(service.status("/health_check")).isEqualTo(200);
        }
    }

    @Test
    void logsTheDailyUsageAtItsInterval() throws Exception {
        database.execute("""
                INSERT INTO users (id, first_name, last_name, joined_at) VALUES (1, 'Ada', 'Archer', '2023-01-01');
                INSERT INTO tokens (user_id, token, created_at, used_at) VALUES (1, '000001', '2023-03-26', '2023-03-26')""");

        try (var service = ServiceProcess.start(database.environment("APP_USAGE_LOG_SECONDS", "1")).awaitServing()) {
            service.await("for two lines", () -> usageLines(service).size() >= 2);
            assertThat(usageLines(service)).allSatisfy(line -> assertThat(line)
                    .contains("\"message\":\"daily usage\",\"total_visits\":1,\"total_days\":1,\"visits\":{\"2023-03-26\":1},"));
        }
    }

    private static List<String> usageLines(ServiceProcess service) {
        return service.out().stream().filter(line -> line.contains("\"logger\":\"daily_usage\"")).toList();
    }

    @Test
    void aRunningRequestIsAnsweredAfterSigterm() throws Exception {
        database.execute("ALTER TABLE tokens RENAME TO slow; CREATE VIEW tokens AS SELECT slow.* FROM pg_sleep(3), slow");

        try (var service = ServiceProcess.start(database.environment()).awaitServing(); var http = HttpClient.newHttpClient()) {
            var answer = http.sendAsync(service.request(DAILY_USAGE), HttpResponse.BodyHandlers.ofString());
            service.await("for the request to reach the database", this::aReportIsBeingRead);
            service.terminate();

            assertThat(answer.get().statusCode()).isEqualTo(200);
            assertThat(answer.get().body()).isEqualTo("{}\n");
            assertThat(service.exitStatus()).isIn(0, 143);
            assertThat(service.out()).anyMatch(line -> line.contains("\"message\":\"stopping\""));
            assertThat(service.out()).last().asString().contains("\"message\":\"stopped\"");
            assertThat(String.join("\n", service.out()) + String.join("\n", service.err())).doesNotContain("Exception", "\tat ");
            assertThat(sessionsOfTheService()).isZero();
        }
    }

    @Test
    void aTakenPortIsNamedInOneLineWithAWayOut() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var service = ServiceProcess.start(taken.getLocalPort(), database.environment())) {
            assertThat(service.exitStatus()).isEqualTo(1);
            assertThat(service.err()).singleElement().asString()
                    .contains("127.0.0.1:" + taken.getLocalPort(), "APP_PORT=" + (taken.getLocalPort() + 1));
            assertThat(service.out()).isEmpty();
        }
    }

    @Test
    void wrongSettingsAreNumberedAndEndTheProcessWithTwo() throws Exception {
        try (var service = ServiceProcess.start(Map.of("DB_PORT", "none", "DB_PASSWORD", "hunter2"))) {
            assertThat(service.exitStatus()).isEqualTo(2);
            assertThat(service.err()).hasSize(3).element(2).asString().contains("2. DB_USERNAME");
            assertThat(service.err().toString()).doesNotContain("hunter2");
        }
    }

    @Test
    void anUnknownCommandExplainsTheKnownOnesAndEndsTheProcessWithTwo() throws Exception {
        for (var arguments : List.of(new String[]{"server"}, new String[]{"serve", "--fast"}, new String[]{"--port=1"})) {
            try (var service = ServiceProcess.start(database.environment(), arguments)) {
                assertThat(service.exitStatus()).isEqualTo(2);
                assertThat(service.err()).first().asString().contains("'" + String.join(" ", arguments) + "'");
                assertThat(service.err()).anyMatch(line -> line.startsWith("Usage:"));
            }
        }
    }

    @Test
    void helpIsNoError() throws Exception {
        try (var service = ServiceProcess.start(Map.of(), "help")) {
            assertThat(service.exitStatus()).isZero();
            assertThat(service.out()).first().asString().startsWith("Usage:");
        }
    }

    @Test
    void checkSaysWhetherTheDatabaseIsReady() throws Exception {
        database = TestDatabase.empty();
        try (var check = ServiceProcess.start(database.environment(), "check")) {
            assertThat(check.exitStatus()).isEqualTo(1);
            assertThat(check.err()).containsExactly("not ready: a table is missing");
        }
        migrate();
        try (var check = ServiceProcess.start(database.environment(), "check")) {
            assertThat(check.exitStatus()).isZero();
            assertThat(check.out()).as("a warning may follow, of this machine's time zone").startsWith("ready");
        }
        try (var stopped = stopped(); var check = ServiceProcess.start(stopped.environment(), "check")) {
            assertThat(check.exitStatus()).isEqualTo(1);
            assertThat(check.err()).containsExactly("not ready: the database cannot be reached");
        }
    }

    @Test
    void rollupsAreInstalledFoldedAuditedRebuiltAndTakenAwayUnderARunningService() throws Exception {
        database.execute("INSERT INTO users (first_name, last_name, joined_at) VALUES ('Ada', 'Archer', '2023-01-20')");
        assertThat(command("audit", 1)).containsExactly("the roll-ups are not installed");

        try (var service = ServiceProcess.start(database.environment("APP_FOLD_SECONDS", "1")).awaitServing()) {
            assertThat(command("install", 0)).containsExactly("installed and filled");
            assertThat(command("install", 0)).containsExactly("already installed");
            service.await("to read the roll-ups", () -> service.out().stream().anyMatch(line -> line.contains("reading the roll-ups")));
            database.execute("INSERT INTO tokens (user_id, token, created_at, used_at) VALUES (1, '1', '2023-02-07', '2023-02-07')");
            assertThat(service.get(DAILY_USAGE).body()).isEqualTo("{\"2023-02-07\":1}\n");
            awaitNone("SELECT count(*) FROM coworking_analytics.journal");
            assertThat(service.get(DAILY_USAGE).body()).isEqualTo("{\"2023-02-07\":1}\n");
            assertThat(command("audit", 0)).containsExactly("no difference");

            database.execute("ALTER TABLE tokens DISABLE TRIGGER USER; DELETE FROM tokens; ALTER TABLE tokens ENABLE ALWAYS TRIGGER"
                    + " coworking_analytics_changed");
            assertThat(command("audit", 1)).hasSize(6).first().asString().startsWith("the roll-ups are not relied on: ");
            assertThat(command("rebuild", 0)).containsExactly("rebuilt");
            assertThat(service.get(DAILY_USAGE).body()).isEqualTo("{}\n");

            assertThat(command("uninstall", 0)).containsExactly("uninstalled");
            database.execute("INSERT INTO tokens (user_id, token, created_at, used_at) VALUES (1, '1', '2023-02-08', '2023-02-07')");
            assertThat(service.get(DAILY_USAGE).body()).isEqualTo("{\"2023-02-08\":1}\n");
        }
    }

    /** What a command says, on either stream. */
    private List<String> command(String command, int status) throws Exception {
        try (var process = ServiceProcess.start(database.environment(), command)) {
            assertThat(process.exitStatus()).as(() -> process.err().toString()).isEqualTo(status);
            return Stream.concat(process.out().stream(), process.err().stream()).toList();
        }
    }

    private void awaitNone(String count) throws InterruptedException {
        for (var left = 300; count(count) > 0 && left > 0; left--) {
            Thread.sleep(100);
        }
        assertThat(count(count)).isZero();
    }

    @Test
    void anyCharacterMayStandInTheEnvironmentWithoutALocale() throws Exception {
        database.execute("CREATE DATABASE \"r\u00f6l\u00e9 \u20ac\"");
        var check = new ProcessBuilder("sh", "-c",
                "DB_NAME=$(printf 'r\\303\\266l\\303\\251 \\342\\202\\254') exec \"$0\" -jar \"$1\" check",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), System.getProperty("service.jar"));
        check.environment().clear();
        check.environment().putAll(database.environment("PATH", "/usr/bin:/bin", "LC_ALL", "C"));
        var process = check.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();

        assertThat(process.errorReader().readAllAsString()).isEqualTo("not ready: a table is missing\n");
    }

    private void migrate() throws IOException {
        try (var migration = ServiceProcess.start(database.environment(), "migrate")) {
            assertThat(migration.exitStatus()).as(() -> migration.err().toString()).isZero();
            assertThat(migration.out()).hasSize(1);
        }
    }

    private static TestDatabase stopped() throws IOException {
        var database = TestDatabase.stoppable();
        database.stop();
        return database;
    }

    private boolean aReportIsBeingRead() {
        return count("""
                SELECT count(*) FROM pg_stat_activity
                WHERE datname = current_database() AND state = 'active' AND query LIKE '%array_agg%' AND pid <> pg_backend_pid()""") > 0;
    }

    private long sessionsOfTheService() {
        return count("""
                SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'coworking-analytics'""");
    }

    private long count(String sql) {
        try (var connection = database.connect(); var statement = connection.createStatement(); var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
