package coworking.analytics.bootstrap;

import coworking.analytics.postgres.Migrations;
import coworking.analytics.postgres.Rollups;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * {@code mvn package}: runs the packaged service once, as it runs in earnest, and has the JVM write down what it loaded and linked.
 * A service that starts with this cache is spared that work.
 */
public final class Training {

    private static final Logger POSTGRES_LOG = Logger.getLogger("io.zonky");

    /** So that the usage log and what the pool does later are seen, too. */
    private static final int ROUNDS = 10;

    /**
     * Left out are the profiles of methods: at the next start the JVM compiles at once all that was ever called often, and half a
     * core has better things to do before its first answer.
     */
    private static final List<String> WITHOUT_PROFILES = List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTRecordTraining");

    /** The JVM writes the cache before it ends, and has a process of its own for that. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final List<String> PATHS = List.of(
            "/health_check", "/readiness_check", "/api/reports/daily_usage", "/api/reports/user_visits");

    /** What operators and their tools ask for. */
    private static final List<String> MANAGEMENT = List.of("/metrics", "/health", "/health/live", "/health/ready", "/loggers");

    private Training() {}

    /** Writes the file that the system property {@code aot.cache} names, from the jar that {@code service.jar} names. */
    public static void main(String[] arguments) {
        try {
            train(Path.of(System.getProperty("aot.cache")), "@" + System.getProperty("jvm.options"));
        } catch (IOException | SQLException | RuntimeException | Error failure) {
            System.err.println("The training run made no AOT cache: " + failure);
            System.err.println("The service runs without one, only slower at first; -Daot.skip builds it so.");
            System.exit(1);
        }
        System.exit(0); // Whatever the database's helpers left running.
    }

    private static void train(Path cache, String options) throws IOException, SQLException {
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        POSTGRES_LOG.setLevel(Level.WARNING);
        Files.deleteIfExists(cache);
        try (var postgres = EmbeddedPostgres.start()) {
            var environment = environment(postgres.getPort());
            Migrations.of(Settings.from(environment).database()).run();
            Demo.fill(postgres);
            Rollups.of(Settings.from(environment).database()).install();
            run(cache, options, environment);
        }
        if (!Files.isRegularFile(cache)) {
            throw new IOException("the JVM ended without writing " + cache);
        }
        System.out.println("AOT cache: " + cache.getFileName() + ", " + Files.size(cache) / 1_048_576 + " MiB");
    }

    private static Map<String, String> environment(int databasePort) {
        return Map.of(
                "DB_PORT", String.valueOf(databasePort), "DB_USERNAME", "postgres", "DB_PASSWORD", "",
                "APP_USAGE_LOG_SECONDS", "1", "APP_FOLD_SECONDS", "1", "APP_SHUTDOWN_GRACE_SECONDS", "5");
    }

    /** The heap is bounded, since a large machine's would have other pointers than a pod's, and the cache would not fit there. */
    private static void run(Path cache, String options, Map<String, String> environment) throws IOException {
        var jvm = new ArrayList<>(List.of(options, "-Xmx128m", "-XX:AOTCacheOutput=" + cache));
        jvm.addAll(WITHOUT_PROFILES);
        try (var service = ServiceProcess.startOn(jvm, ServiceProcess.freePort(), environment).awaitServing()) {
            drive(service);
            service.terminate();
            var status = service.exitStatus(PATIENCE);
            if (status != 0 && status != 143) {
                throw new IOException("exit status " + status + ", printed " + service.out() + service.err());
            }
        }
    }

    private static void drive(ServiceProcess service) {
        service.await("for the database", () -> service.status("/readiness_check") == 200);
        try (var callers = HttpClient.newHttpClient()) {
            for (int round = 0; round < ROUNDS; round++) {
                PATHS.forEach(path -> visit(callers, service, path));
            }
        }
        expect(404, service.status("/nowhere"));
        service.awaitManaging();
        for (int round = 0; round < ROUNDS; round++) {
            MANAGEMENT.forEach(path -> expect(200, service.manage(path).statusCode()));
        }
        expect(200, service.manage("PUT", "/loggers/ROOT", "INFO").statusCode());
        service.await("for the usage log", () -> service.out().stream().anyMatch(line -> line.contains("daily_usage")));
    }

    /** As a browser, as a cache that has the answer already, as a monitor, and as somebody who is mistaken. */
    private static void visit(HttpClient callers, ServiceProcess service, String path) {
        var url = service.request(path).uri();
        var answer = send(callers, HttpRequest.newBuilder(url).header("Accept-Encoding", "gzip"));
        expect(200, answer.statusCode());
        answer.headers().firstValue("ETag").ifPresent(
                tag -> expect(304, send(callers, HttpRequest.newBuilder(url).header("Accept-Encoding", "gzip").header("If-None-Match", tag))
                        .statusCode()));
        expect(200, send(callers, HttpRequest.newBuilder(url)).statusCode());
        expect(200, send(callers, HttpRequest.newBuilder(url).HEAD()).statusCode());
        expect(405, send(callers, HttpRequest.newBuilder(url).DELETE()).statusCode());
    }

    private static HttpResponse<byte[]> send(HttpClient callers, HttpRequest.Builder request) {
        try {
            return callers.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        }
    }

    private static void expect(int status, int answered) {
        if (answered != status) {
            throw new IllegalStateException("answered " + answered + " instead of " + status);
        }
    }
}
