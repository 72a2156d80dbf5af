package coworking.analytics.bootstrap;

import static java.util.Objects.requireNonNull;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A database for a test of the whole. Most are on the one PostgreSQL that all tests of a JVM share; one that a test stops has a server
 * of its own. All servers begin as copies of one directory, so that no test waits for another initdb or another migration.
 */
final class TestDatabase implements AutoCloseable {

    private static final AtomicInteger CREATED = new AtomicInteger();
    private static final String MIGRATED = "migrated";

    private final Server server;
    private final String name;

    private TestDatabase(Server server, String name) {
        this.server = server;
        this.name = name;
    }

    /** Has no table, and shares its server. */
    static TestDatabase empty() throws SQLException {
        return create("template1");
    }

    /** Has the tables, without a row, and shares its server. */
    static TestDatabase migrated() throws SQLException {
        return create(MIGRATED);
    }

    private static TestDatabase create(String template) throws SQLException {
        var database = new TestDatabase(Shared.SERVER, "test_" + CREATED.incrementAndGet());
        new TestDatabase(Shared.SERVER, "postgres").execute("CREATE DATABASE %s TEMPLATE %s".formatted(database.name, template));
        return database;
    }

    /** Has the tables, without a row, on a server of its own that can be stopped. */
    static TestDatabase stoppable() throws IOException {
        return new TestDatabase(started(copyOfTemplate()), MIGRATED);
    }

    int port() {
        return server.port;
    }

    /** What a service needs to be told to use it, and more. */
    Map<String, String> environment(String... more) {
        var environment = new HashMap<>(Map.of(
                "DB_PORT", String.valueOf(port()), "DB_NAME", name, "DB_USER", "postgres", "DB_PASSWORD", "hunter2"));
        for (int i = 0; i < more.length; i += 2) {
            environment.put(more[i], more[i + 1]);
        }
        return environment;
    }

    /** As the command of that name does. */
    void install() {
        Configuration.from(environment()).store().install();
    }

    Connection connect() throws SQLException {
        return server.running().getDatabase("postgres", name).getConnection();
    }

    void execute(String sql) throws SQLException {
        try (var connection = connect(); var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** With the visits of August to October 2026. */
    void fillWithTheDemo() throws SQLException {
        execute(DemoData.visitsUntil(LocalDate.of(2026, 10, 31)));
    }

    /** Stops its server, with all its sessions. */
    void stop() throws IOException {
        if (server == Shared.SERVER) {
            throw new IllegalStateException("others use this server");
        }
        server.stop();
    }

    /** Starts its server again, with what it held. */
    void start() throws IOException {
        server.start();
    }

    @Override
    public void close() throws IOException {
        if (server != Shared.SERVER) {
            server.remove();
        }
    }

    private static Server started(Path data) throws IOException {
        var server = new Server(data, ServiceProcess.freePort());
        server.start();
        return server;
    }

    private static Path newDirectory() throws IOException {
        return Files.createTempDirectory("coworking-postgres").resolve("data");
    }

    private static Path copyOfTemplate() throws IOException {
        var copy = newDirectory();
        try (var files = Files.walk(Shared.TEMPLATE)) {
            for (var file : (Iterable<Path>) files::iterator) {
                Files.copy(file, copy.resolve(Shared.TEMPLATE.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return copy;
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(file);
            }
        }
    }

    private static final class Shared {

        private static final Path TEMPLATE;
        private static final Server SERVER;

        static {
            try {
                TEMPLATE = template();
                SERVER = started(copyOfTemplate());
            } catch (IOException | SQLException failure) {
                throw new ExceptionInInitializerError(failure);
            }
            Runtime.getRuntime().addShutdownHook(new Thread(Shared::remove, "remove-databases"));
        }

        private static Path template() throws IOException, SQLException {
            var server = started(newDirectory());
            new TestDatabase(server, "postgres").execute("CREATE DATABASE " + MIGRATED);
            Configuration.from(new TestDatabase(server, MIGRATED).environment()).store().migrate();
            server.stop();
            return server.data;
        }

        private static void remove() {
            try {
                SERVER.remove();
                delete(requireNonNull(TEMPLATE.getParent()));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    private static final class Server {

        private final Path data;
        private final int port;
        private Optional<EmbeddedPostgres> running = Optional.empty();

        Server(Path data, int port) {
            this.data = data;
            this.port = port;
        }

        void start() throws IOException {
            running = Optional.of(EmbeddedPostgres.builder().setPort(port).setDataDirectory(data).setCleanDataDirectory(false)
                    .setPGStartupWait(Duration.ofMinutes(1)).start());
        }

        void stop() throws IOException {
            if (running.isPresent()) {
                running.get().close();
                running = Optional.empty();
            }
        }

        void remove() throws IOException {
            stop();
            delete(requireNonNull(data.getParent()));
        }

        EmbeddedPostgres running() {
            return running.orElseThrow();
        }
    }
}
