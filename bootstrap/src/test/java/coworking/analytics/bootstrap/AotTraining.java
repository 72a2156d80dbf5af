package coworking.analytics.bootstrap;

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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * {@code mvn package}: runs the packaged service once, as it runs in earnest, and has the JVM write down what it loaded and linked.
 * A service that starts with this cache is spared that work.
 */
public final class AotTraining {

    private static final Logger POSTGRES_LOG = Logger.getLogger("io.zonky");

    /** So that the usage log and what the pool does later are seen, too. */
    private static final int ROUNDS = 10;

    /**
     * What is compiled here is compiled again in earnest as soon as it is called, without being profiled first. That shall be what requests
     * need, and not what a start calls now and then: so it takes ten times as many calls as usual to be compiled at all, and, of those that
     * ops/jvm.options ask for before the optimising compiler gets to work, only a quarter, or a build would take minutes.
     */
    private static final List<String> THRESHOLDS = List.of(
            "-XX:Tier3InvocationThreshold=2000", "-XX:Tier3MinInvocationThreshold=1000", "-XX:Tier3CompileThreshold=20000",
            "-XX:Tier4InvocationThreshold=12500", "-XX:Tier4MinInvocationThreshold=1500", "-XX:Tier4CompileThreshold=37500");

    /** Enough to pass the thresholds. */
    private static final int CALLERS = 16;
    private static final int CALLS_PER_CALLER = 1_000;

    /** The JVM writes the cache before it ends, and has a process of its own for that. */
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private static final List<String> API_PATHS = List.of(
            "/health_check", "/readiness_check", "/api/reports/daily_usage", "/api/reports/user_visits",
            "/api/v1/reports/daily-usage?interval=week&compare=previous", "/api/v1/reports/user-visits?limit=10&include=total",
            "/api/v1/reports/user-visits?format=csv", "/api/v1/reports/summary?range=28d", "/api/v1/reports/arrivals?format=tsv",
            "/api/v1/reports/members", "/api/v1/reports/retention?format=ndjson", "/api/v1/reports/dormant",
            "/api/v1/reports/data-quality", "/api/v1/users/1/visits", "/api/v1/metrics");

    /** What operators and their tools ask for. */
    private static final List<String> MANAGEMENT_PATHS = List.of("/metrics", "/health", "/health/live", "/health/ready", "/loggers");

    private AotTraining() {}

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
        // The build of an image may have to do with less than a processor.
        try (var postgres = EmbeddedPostgres.builder().setPGStartupWait(Duration.ofMinutes(1)).start()) {
            var environment = environment(postgres.getPort());
            var store = Configuration.from(environment).store();
            store.migrate();
            new DemoData(postgres.getPostgresDatabase()).insertVisitsUntil(Instant.parse("2026-10-31T23:59:59Z"));
            store.install();
            recordCache(cache, options, environment);
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
    private static void recordCache(Path cache, String options, Map<String, String> environment) throws IOException {
        var jvm = Stream.concat(Stream.of(options, "-Xmx128m", "-XX:AOTCacheOutput=" + cache), THRESHOLDS.stream()).toList();
        try (var service = ServiceProcess.startWithJvmOptions(jvm, ServiceProcess.freePort(), environment).awaitServing()) {
            sendRequests(service);
            service.terminate();
            var status = service.exitStatus(TIMEOUT);
            if (status != 0 && status != 143) {
                throw new IOException("exit status " + status + ", printed " + service.out() + service.err());
            }
        }
    }

    private static void sendRequests(ServiceProcess service) {
        service.await("for the database", () -> service.status("/readiness_check") == 200);
        try (var callers = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            for (int round = 0; round < ROUNDS; round++) {
                API_PATHS.forEach(path -> sendVariants(callers, service, path));
            }
            API_PATHS.stream().filter(path -> !path.startsWith("/api/v1/"))
                    .forEach(path -> sendConcurrently(callers, service.request(path)));
        }
        checkStatus(404, service.status("/nowhere"));
        checkStatus(400, service.status("/api/v1/reports/summary?from=yesterday"));
        service.awaitManagement();
        for (int round = 0; round < ROUNDS; round++) {
            MANAGEMENT_PATHS.forEach(path -> checkStatus(200, service.sendToManagement(path).statusCode()));
        }
        checkStatus(200, service.sendToManagement("PUT", "/loggers/ROOT", "INFO").statusCode());
        service.await("for the usage log", () -> service.out().stream().anyMatch(line -> line.contains("daily_usage")));
    }

    /** As a browser, as a cache with a current copy, as a monitor, and with a wrong method. */
    private static void sendVariants(HttpClient callers, ServiceProcess service, String path) {
        var url = service.request(path).uri();
        var answer = send(callers, HttpRequest.newBuilder(url).header("Accept-Encoding", "gzip"));
        checkStatus(200, answer.statusCode());
        answer.headers().firstValue("ETag").ifPresent(
                tag -> checkStatus(304,
                        send(callers, HttpRequest.newBuilder(url).header("Accept-Encoding", "gzip").header("If-None-Match", tag))
                                .statusCode()));
        checkStatus(200, send(callers, HttpRequest.newBuilder(url)).statusCode());
        checkStatus(200, send(callers, HttpRequest.newBuilder(url).HEAD()).statusCode());
        checkStatus(405, send(callers, HttpRequest.newBuilder(url).DELETE()).statusCode());
    }

    /** Many at once, again and again, as only the frozen URLs are asked. */
    private static void sendConcurrently(HttpClient callers, HttpRequest request) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = Stream.generate(() -> threads.submit(() -> sendRepeatedly(callers, request))).limit(CALLERS).toList();
            for (var caller : all) {
                caller.get();
            }
        } catch (ExecutionException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static Void sendRepeatedly(HttpClient callers, HttpRequest request) throws IOException, InterruptedException {
        for (int call = 0; call < CALLS_PER_CALLER; call++) {
            checkStatus(200, callers.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
        }
        return null;
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

    private static void checkStatus(int status, int answered) {
        if (answered != status) {
            throw new IllegalStateException("answered " + answered + " instead of " + status);
        }
    }
}
