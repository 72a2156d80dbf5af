package coworking.analytics.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import coworking.analytics.domain.fact.DayCounts;
import coworking.analytics.domain.time.DateRange;
import coworking.analytics.domain.time.DayStart;
import coworking.analytics.postgres.connection.DatabaseSettings;
import coworking.analytics.postgres.schema.Rollups;
import coworking.analytics.postgres.testing.EmbeddedDatabase;
import coworking.analytics.postgres.testing.TestDatabases;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ledger behind Debian's pgbouncer, which gives the connections of the ledger to a writer, and those of the writer to the ledger. */
class PgbouncerTest {

    private static final Path PGBOUNCER = Path.of("/usr/sbin/pgbouncer");
    private static final LocalDate DAY = LocalDate.of(2024, 5, 6);

    @TempDir
    private Path directory;

    private EmbeddedDatabase database;
    private int port;
    private @Nullable Process pooler;

    @BeforeEach
    void create() throws SQLException {
        assumeTrue(Files.isExecutable(PGBOUNCER), "pgbouncer is not installed");
        database = EmbeddedDatabase.create();
        database.execute(TestDatabases.TABLES_SQL + "INSERT INTO users (first_name, last_name, joined_at) VALUES ('a', 'b', '2024-01-01')");
        Rollups.of(TestDatabases.settings(database)).install();
    }

    @AfterEach
    void stop() throws InterruptedException {
        var started = pooler;
        if (started != null) {
            started.destroyForcibly();
            assertThat(started.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private void start(String poolMode) throws IOException, InterruptedException {
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        var configuration = Files.writeString(directory.resolve("pgbouncer.ini"), """
                [databases]
                * = host=%s port=%d user=%s
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = any
                pool_mode = %s
                default_pool_size = %d
                ignore_startup_parameters = extra_float_digits
                """.replace("%s port", database.host() + " port").formatted(
                database.port(), database.user(), port, poolMode, poolMode.equals("session") ? 20 : 2), UTF_8);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        var command = new ProcessBuilder(PGBOUNCER.toString(), "-q", configuration.toString());
        if (System.getProperty("user.name").equals("root")) {
            command.command().addAll(1, List.of("-u", "nobody"));
        }
        pooler = command.redirectErrorStream(true).redirectOutput(directory.resolve("log").toFile()).start();
        for (var attempt = 0; attempt < 200; attempt++) {
            try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException notYet) {
                Thread.sleep(50);
            }
        }
        throw new AssertionError("pgbouncer does not listen: " + Files.readString(directory.resolve("log")));
    }

    private DatabaseSettings settings() {
        return new DatabaseSettings("127.0.0.1", port, database.name(), database.user(), database.password(), "disable", 6,
                Duration.ofSeconds(1), Duration.ofSeconds(30));
    }

    private Connection connectWriter() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + database.name() + "?prepareThreshold=0&sslmode=disable",
                database.user(), database.password());
    }

    @ParameterizedTest
    @ValueSource(strings = {"transaction", "session"})
    void everyAnswerIsRightAndNoWriterFails(String poolMode) throws Exception {
        start(poolMode);
        var days = new DateRange(DAY, DAY);
        try (var writer = connectWriter(); var statement = writer.createStatement()) {
            try (var ledger = PostgresTokenLedger.of(settings())) {
                for (var written = 1; written <= 30; written++) {
                    statement.execute("INSERT INTO tokens (user_id, token, created_at) VALUES (1, '1', '2024-05-06 10:00')");
                    assertThat(ledger.version()).isPresent();
                    assertThat(ledger.dayCounts()).containsExactly(new DayCounts(DAY, written, 0));
                    assertThat(ledger.userCounts()).hasSize(1);
                    var hours = ledger.withSnapshot(facts -> facts.hourCounts(DayStart.MIDNIGHT, days));
                    assertThat(hours.getFirst().issued()).isEqualTo(written);
                    ledger.ensureReadable();
                    if (written % 10 == 0) {
                        assertThat(ledger.maintain()).isPositive();
                    }
                }
                assertThat(ledger.readsFrom()).contains(PostgresTokenLedger.ROLLUPS);
            }
            for (var i = 0; i < 10; i++) {
                statement.execute("INSERT INTO tokens (user_id, token, created_at) VALUES (1, '1', '2024-05-07 10:00')");
                try (var settings = statement.executeQuery("""
                        SELECT current_setting('default_transaction_read_only') || ' ' || current_setting('statement_timeout') || ' '
                               || current_setting('lock_timeout') || ' ' || current_setting('default_transaction_isolation')""")) {
                    settings.next();
                    assertThat(settings.getString(1)).isEqualTo("off 0 0 read committed");
                }
            }
        }
    }
}
