package coworking.analytics.bootstrap;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as an operator types it: the packaged jar, in a process of its own, with nothing in its environment. */
class ReplayCommandIT {

    private static final String USER_VISITS = "/api/reports/user_visits";
    private static final Map<String, String> NOTHING = Map.of();
    private static final int USER_COUNT = 1_000_000;

    /** For hundreds of megabytes on a loaded machine. */
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private static final String WRITE = """
            INSERT INTO tokens (user_id, token, created_at, used_at)
            VALUES (1, '000000', '2026-11-25 09:00', '2026-11-25 09:00')""";

    @Test
    void theServiceAnswersTheSameFromItsRollUpsAsFromTheTablesWhileTheyAreWrittenTo() throws Exception {
        var database = TestDatabase.migrated();
        database.fillWithTheDemo();
        database.install();
        try (var writer = Executors.newSingleThreadScheduledExecutor();
                var plain = ServiceProcess.start(database.environment("APP_LEDGER", "plain")).awaitServing();
                var rolledUp = ServiceProcess.start(database.environment("APP_LEDGER", "rolled-up")).awaitServing()) {
            assertThat(replay(0, "--from", url(plain), "--to", url(rolledUp)))
                    .containsExactly("from answered: 20 with 200, 13 with 404, 12 with 405", "45 requests, 0 differences");

            var writing = writer.scheduleAtFixedRate(() -> write(database), 0, 250, TimeUnit.MILLISECONDS);
            assertThat(replay(0, "--from", url(plain), "--to", url(rolledUp))).last().isEqualTo("45 requests, 0 differences");
            assertThat(writing.isDone()).as("a write failed").isFalse();
            writing.cancel(false);

            ServiceProcess.run(database.environment(), "uninstall");
            assertThat(replay(1, "--from", url(plain), "--to", url(rolledUp)))
                    .contains("GET /api/reports/daily_usage", "  status: from 200, to 500").last()
                    .isEqualTo("45 requests, 8 differences");
        }
    }

    private static void write(TestDatabase database) {
        try {
            database.execute(WRITE);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void oneUserOfAMillionIsFoundInAFewMegabytes() throws Exception {
        var from = server(HttpServer.create(), "/", exchange -> sendUsers(exchange, 0));
        var to = server(HttpServer.create(), "/", exchange -> sendUsers(exchange, 777_777));
        try {
            var jvm = List.of("@" + System.getProperty("jvm.options"), "-Xmx16m");
            var printed = replay(1, jvm, "--from", url("http", from), "--to", url("http", to), requests("GET " + USER_VISITS).toString());

            assertThat(printed).contains("GET " + USER_VISITS, "  users that differ: 1: 777777"
                    + " (from {\"joined_at\":\"2023-01-20 03:23:39.757813\",\"visits\":6},"
                    + " to {\"joined_at\":\"2023-01-20 03:23:39.757813\",\"visits\":7})");
            assertThat(printed)
                    .anyMatch(line -> line.matches("  body: from \\d{8} bytes, to \\d{8} bytes; first difference at byte \\d{8}"));
        } finally {
            from.stop(0);
            to.stop(0);
        }
    }

    private static void sendUsers(HttpExchange exchange, int visitor) throws IOException {
        if (exchange.getRequestURI().getPath().equals("/health_check")) {
            send(exchange, "ok");
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        try (var out = new BufferedOutputStream(exchange.getResponseBody(), 65_536)) {
            for (int user = 1; user <= USER_COUNT; user++) {
                out.write(((user == 1 ? "{\"" : ",\"") + user + "\":{\"joined_at\":\"2023-01-20 03:23:39.757813\",\"visits\":"
                        + (user == visitor ? 7 : 6) + "}").getBytes(US_ASCII));
            }
            out.write("}\n".getBytes(US_ASCII));
        }
    }

    private static void send(HttpExchange exchange, String body) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(200, body.length());
            exchange.getResponseBody().write(body.getBytes(US_ASCII));
        }
    }

    @Test
    void overTlsOnlyWhoProvesItsNameIsAsked(@TempDir Path directory) throws Exception {
        var store = directory.resolve("store.p12");
        keytool(store, "-genkeypair", "-alias", "space", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=dns:localhost");
        var secured = HttpsServer.create();
        secured.setHttpsConfigurator(new HttpsConfigurator(context(store)));
        var server = server(secured, "/usage/health_check", exchange -> send(exchange, "ok"));
        try {
            var url = url("https", server) + "/usage";
            var trusting = List.of("-Djavax.net.ssl.trustStore=" + store, "-Djavax.net.ssl.trustStorePassword=secret");
            var file = requests("GET /health_check").toString();

            assertThat(replay(0, trusting, "--from", url, "--to", url, file)).last().isEqualTo("1 request, 0 differences");
            assertThat(replay(1, List.of(), "--from", url, "--to", url, file)).singleElement().asString()
                    .startsWith("--from " + url + " is unavailable: TLS failed: ").contains("certification path");
            assertThat(replay(1, trusting, "--from", url.replace("localhost", "127.0.0.1"), "--to", url, file)).singleElement().asString()
                    .contains("is unavailable: TLS failed: ", "127.0.0.1");
        } finally {
            server.stop(0);
        }
    }

    private static void keytool(Path store, String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(words));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", "secret"));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var printed = process.inputReader().readAllAsString();
        assertThat(process.waitFor()).as(printed).isZero();
    }

    private static SSLContext context(Path store) throws GeneralSecurityException, IOException {
        var keys = KeyStore.getInstance(store.toFile(), "secret".toCharArray());
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, "secret".toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    @Test
    void servingLoadsNothingOfIt() throws Exception {
        var settings = Map.of("DB_PORT", "1", "DB_USERNAME", "reader", "DB_PASSWORD", "");
        try (var service = ServiceProcess.startWithJvmOptions(List.of("-Xlog:class+load"), ServiceProcess.freePort(), settings)
                .awaitServing()) {
            assertThat(service.get("/health_check").body()).isEqualTo("ok");
            assertThat(service.out()).anyMatch(line -> line.contains("coworking.analytics.bootstrap.CommandLine "))
                    .noneMatch(line -> line.contains("coworking.analytics.replay."));
        }
    }

    @Test
    void wrongUseEndsWithTwo() throws Exception {
        assertThat(replay(2)).first().isEqualTo("--from is missing: the URL of a running service");
    }

    private static HttpServer server(HttpServer server, String path, HttpHandler handler) throws IOException {
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(path, handler);
        server.start();
        return server;
    }

    private static String url(String scheme, HttpServer server) {
        return scheme + "://localhost:" + server.getAddress().getPort();
    }

    private static String url(ServiceProcess service) {
        return "http://127.0.0.1:" + service.port();
    }

    private static Path requests(String line) throws IOException {
        var file = Files.createTempFile("requests", ".txt");
        file.toFile().deleteOnExit();
        return Files.writeString(file, line);
    }

    private static List<String> replay(int status, String... words) throws IOException {
        return replay(status, List.of(), words);
    }

    /** What it printed, on either stream. */
    private static List<String> replay(int status, List<String> jvmOptions, String... words) throws IOException {
        var command = new ArrayList<>(List.of("replay"));
        command.addAll(List.of(words));
        try (var process = ServiceProcess.startWithJvmOptions(jvmOptions, ServiceProcess.freePort(), NOTHING,
                command.toArray(String[]::new))) {
            var ended = process.exitStatus(TIMEOUT);
            var printed = new ArrayList<>(process.out());
            printed.addAll(process.err());
            assertThat(ended).as(printed::toString).isEqualTo(status);
            return printed;
        }
    }
}
