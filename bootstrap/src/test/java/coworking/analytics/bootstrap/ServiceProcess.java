package coworking.analytics.bootstrap;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The packaged jar in a process of its own, as an operator would start it. */
final class ServiceProcess implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> out = new CopyOnWriteArrayList<>();
    private final List<String> err = new CopyOnWriteArrayList<>();
    private final Process process;
    private final int port;
    private final @Nullable String managementPort;
    private final List<Thread> readers;

    private ServiceProcess(Process process, int port, @Nullable String managementPort) {
        this.process = process;
        this.port = port;
        this.managementPort = managementPort;
        readers = List.of(
                Thread.startVirtualThread(() -> collect(process.inputReader(), out)),
                Thread.startVirtualThread(() -> collect(process.errorReader(), err)));
    }

    /** Starts a command with nothing in its environment but what is given, on a port of its own. */
    static ServiceProcess start(Map<String, String> environment, String... arguments) throws IOException {
        return start(freePort(), environment, arguments);
    }

    /** Runs a command to its end, which has to be a good one. */
    static void run(Map<String, String> environment, String command) throws IOException {
        try (var process = start(environment, command)) {
            if (process.exitStatus() != 0) {
                throw new AssertionError(command + " failed; printed " + process.out + process.err);
            }
        }
    }

    static ServiceProcess start(int port, Map<String, String> environment, String... arguments) throws IOException {
        return startWithJvmOptions(List.of(), port, environment, arguments);
    }

    /** Starts a command on a JVM that is given options. */
    static ServiceProcess startWithJvmOptions(List<String> jvmOptions, int port, Map<String, String> environment, String... arguments)
            throws IOException {
        var command = new ProcessBuilder(Path.of(javaHome(), "bin", "java").toString());
        command.command().addAll(jvmOptions);
        command.command().addAll(List.of("-jar", System.getProperty("service.jar")));
        command.command().addAll(List.of(arguments));
        command.environment().clear();
        command.environment().put("APP_HOST", "127.0.0.1");
        command.environment().put("APP_PORT", String.valueOf(port));
        command.environment().put("APP_MANAGEMENT_PORT", String.valueOf(freePort()));
        command.environment().putAll(environment);
        return new ServiceProcess(command.start(), port, command.environment().get("APP_MANAGEMENT_PORT"));
    }

    /** Our own, unless the build is for a runtime that it made itself. */
    private static String javaHome() {
        var chosen = System.getProperty("service.java.home", "");
        return chosen.isBlank() ? System.getProperty("java.home") : chosen;
    }

    /** From where no system takes the ports of clients, so that it is still free when the service has started. */
    static int freePort() throws IOException {
        for (int attempt = 1;; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return port;
            } catch (BindException taken) {
                if (attempt == 50) {
                    throw taken;
                }
            }
        }
    }

    int port() {
        return port;
    }

    ServiceProcess awaitServing() {
        await("to serve", () -> out.stream().anyMatch(line -> line.contains("\"message\":\"serving\"")));
        return this;
    }

    /** Its port for operators opens after that for callers. */
    ServiceProcess awaitManagement() {
        await("to be managed", () -> out.stream().anyMatch(line -> line.contains("\"message\":\"managing\"")));
        return this;
    }

    /** Asks on the port for operators. */
    HttpResponse<String> sendToManagement(String method, String path, String body) {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body)).build());
    }

    HttpResponse<String> sendToManagement(String path) {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + path)).build());
    }

    void downloadFromManagement(String path, Path file) throws IOException, InterruptedException {
        var url = URI.create("http://127.0.0.1:" + managementPort + path);
        var _ = http.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofFile(file));
    }

    HttpResponse<String> get(String path) {
        return send(request(path));
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        }
    }

    int status(String path) {
        return get(path).statusCode();
    }

    HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    }

    /** Sends SIGTERM, and goes on listening to what the process prints. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** The exit status, once the process has ended and all it printed is collected. */
    int exitStatus() {
        return exitStatus(TIMEOUT);
    }

    int exitStatus(Duration patience) {
        try {
            if (!process.waitFor(patience)) {
                throw new AssertionError("still running; printed " + out + err);
            }
            for (var reader : readers) {
                reader.join();
            }
            return process.exitValue();
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        }
    }

    List<String> out() {
        return out;
    }

    List<String> err() {
        return err;
    }

    /** Waits until something holds; long enough for a loaded machine, and in vain only where it never will. */
    void await(String what, BooleanSupplier condition) {
        var end = System.nanoTime() + TIMEOUT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain " + what + "; printed " + out + err);
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        }
    }

    private static void collect(BufferedReader reader, List<String> lines) {
        reader.lines().forEach(lines::add);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        http.close();
    }
}
