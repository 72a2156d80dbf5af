package coworking.analytics.postgres.schema;

import coworking.analytics.postgres.testing.EmbeddedDatabase;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A migration in a process of its own, which a test can kill. It waits for a sign before it begins. */
final class MigrationProcess implements AutoCloseable {

    private final Process process;

    private MigrationProcess(Process process) {
        this.process = process;
    }

    /** Starts a process that is ready to migrate. */
    static MigrationProcess start(EmbeddedDatabase database) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = List.of(java, "-cp", System.getProperty("java.class.path"), MigrationProcess.class.getName(),
                database.host(), String.valueOf(database.port()), database.name(), database.user(), database.password());
        var process = new MigrationProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
        process.awaitReady();
        return process;
    }

    private void awaitReady() throws IOException {
        if (process.getInputStream().read() != '.') {
            throw new IOException("The process does not start: " + output());
        }
    }

    /** Begins to migrate. */
    MigrationProcess startMigration() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        return this;
    }

    /** Waits for the end and returns everything that the process printed, on either stream. */
    String output() throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** Prints a dot when it is ready, then the report, and any address on the Web that somebody asks for. */
    public static void main(String[] arguments) throws IOException {
        ProxySelector.setDefault(new RecordingProxySelector());
        var database = new EmbeddedDatabase(arguments[0], Integer.parseInt(arguments[1]), arguments[2], arguments[3], arguments[4]);
        System.out.print('.');
        System.out.flush();
        System.in.read();
        System.out.println(new Migrations(database.dataSource()).run());
    }

    private static final class RecordingProxySelector extends ProxySelector {

        @Override
        public List<Proxy> select(URI address) {
            if (!address.getScheme().equals("socket")) {
                System.out.println("somebody asks for " + address);
            }
            return List.of(Proxy.NO_PROXY);
        }

        @Override
        public void connectFailed(URI address, SocketAddress proxy, IOException failure) {}
    }
}
