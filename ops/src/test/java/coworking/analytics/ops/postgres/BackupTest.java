package coworking.analytics.ops.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import coworking.analytics.ops.ProcessResult;
import coworking.analytics.ops.Processes;
import coworking.analytics.ops.ServiceProgram;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ops/postgres/backup and restore, with the pg_dump that is installed, on a PostgreSQL that runs. */
class BackupTest {

    /** From here on pg_restore sets a parameter that servers before do not know. */
    private static final int TRANSACTION_TIMEOUT = 17;

    private static Optional<EmbeddedPostgres> running = Optional.empty();
    private static int databases;

    @TempDir
    Path directory = Path.of("");
    private String database = "";

    @BeforeAll
    static void start() throws IOException, InterruptedException, SQLException {
        var client = majorOf(version("pg_dump"));
        if (client == 0 || majorOf(version("psql")) == 0) {
            skip("no pg_dump or no psql on the PATH. On Debian: apt-get install postgresql-client");
        }
        var postgres = EmbeddedPostgres.start();
        running = Optional.of(postgres);
        var server = Integer.parseInt(ask(postgres, "postgres", "SHOW server_version_num")) / 10_000;
        if (client < server || (client >= TRANSACTION_TIMEOUT && server < TRANSACTION_TIMEOUT)) {
            skip("pg_dump " + client + " and PostgreSQL " + server + " do not go together. Another PostgreSQL: mvn verify -pl ops -am"
                    + " -Dpostgres.binaries.version=" + (client < TRANSACTION_TIMEOUT ? "14.20.0" : "18.6.0"));
        }
    }

    @AfterAll
    static void stop() throws IOException {
        if (running.isPresent()) {
            running.get().close();
        }
    }

    @BeforeEach
    void fill() throws SQLException, IOException, InterruptedException {
        database = create();
        assertThat(service("migrate")).isEqualTo(new ProcessResult(0, "created users and tokens\n"));
        execute("""
                INSERT INTO users (first_name, last_name, joined_at)
                VALUES ('Ada', 'Archer', '2024-05-01'), ('Alan', 'Baker', '2024-05-02');
                INSERT INTO tokens (user_id, token, created_at, used_at)
                SELECT 1 + i % 2, '123456', TIMESTAMP '2024-05-06' + i * INTERVAL '1 hour', CASE WHEN i % 3 = 0 THEN now() END
                FROM generate_series(1, 100) AS i""");
    }

    @Test
    void whatWasBackedUpComesBackWithItsTriggers() throws SQLException, IOException, InterruptedException {
        assertThat(service("install").status()).isZero();
        execute("UPDATE tokens SET used_at = now() WHERE id <= 10");
        assertThat(backup().output()).startsWith("backed up " + database + ": ");
        execute("DELETE FROM tokens; UPDATE users SET first_name = 'Nobody'");

        assertThat(restore()).isEqualTo(new ProcessResult(0, "restored " + database + ": 2 users, 100 tokens\n"
                + "roll-ups: run rebuild, then audit, before the service starts.\n"));
        assertThat(ask("SELECT count(*) FROM users WHERE first_name = 'Ada'")).isEqualTo("1");
        assertRollupsWork();
    }

    @Test
    void anEmptyDatabaseTakesIt() throws SQLException, IOException, InterruptedException {
        assertThat(service("install").status()).isZero();
        backup();
        database = create();
        assertThat(restore().output()).startsWith("restored " + database + ": 2 users, 100 tokens\nroll-ups: run rebuild");
        assertRollupsWork();
        assertThat(service("migrate")).isEqualTo(new ProcessResult(0, "already up to date\n"));
    }

    /** The generation of the roll-ups is part of the version that answers are kept under: a rebuild makes sure of another one. */
    @Test
    void aRebuildAfterItMovesTheVersion() throws SQLException, IOException, InterruptedException {
        assertThat(service("install").status()).isZero();
        var before = ask("SELECT generation FROM coworking_analytics.state");
        backup();
        restore();
        assertThat(ask("SELECT generation FROM coworking_analytics.state")).isEqualTo(before);
        assertThat(service("rebuild").status()).isZero();
        assertThat(ask("SELECT generation FROM coworking_analytics.state")).isNotEqualTo(before);
    }

    @Test
    void aBackupOlderThanTheRollupsGetsItsTriggersByARebuild() throws SQLException, IOException, InterruptedException {
        backup();
        assertThat(service("install").status()).isZero();
        assertThat(restore().output()).endsWith(
                "roll-ups: run rebuild, then audit, before the service starts.\n");
        assertRollupsWork();
    }

    @Test
    void whatWasWrittenPastTheTriggersIsFoundAndMended() throws SQLException, IOException, InterruptedException {
        assertThat(service("install").status()).isZero();
        execute("ALTER TABLE tokens DISABLE TRIGGER USER; DELETE FROM tokens WHERE id = 1; ALTER TABLE tokens ENABLE TRIGGER USER");
        assertThat(service("audit").status()).isOne();
        assertThat(service("rebuild").status()).isZero();
        assertThat(service("audit")).isEqualTo(new ProcessResult(0, "no difference\n"));
    }

    @Test
    void aFileThatIsBrokenChangesNothing() throws SQLException, IOException, InterruptedException {
        backup();
        var bytes = Files.readAllBytes(file());
        Files.write(file(), java.util.Arrays.copyOf(bytes, bytes.length - 200));
        execute("DELETE FROM tokens WHERE id > 50");
        assertThat(restore().status()).isNotZero();
        assertThat(ask("SELECT count(*) FROM tokens")).isEqualTo("50");
    }

    @Test
    void anEarlierBackupIsNotOverwritten() throws IOException, InterruptedException {
        backup();
        assertThat(script("backup")).isEqualTo(new ProcessResult(1, "backup: " + file() + " is there already\n"));
    }

    @Test
    void aBackupThatFailsLeavesNoFile() throws IOException, InterruptedException {
        database = "nowhere";
        assertThat(script("backup").status()).isNotZero();
        assertThat(directory).isEmptyDirectory();
    }

    private void assertRollupsWork() throws SQLException, IOException, InterruptedException {
        assertThat(service("rebuild")).isEqualTo(new ProcessResult(0, "rebuilt\n"));
        assertThat(service("audit")).isEqualTo(new ProcessResult(0, "no difference\n"));
        execute("INSERT INTO tokens (user_id, token, created_at) VALUES (1, '654321', now())");
        assertThat(ask("SELECT count(*) FROM coworking_analytics.journal")).isEqualTo("1");
        assertThat(service("audit")).isEqualTo(new ProcessResult(0, "no difference\n"));
    }

    private ProcessResult backup() throws IOException, InterruptedException {
        var done = script("backup");
        assertThat(done.status()).as(done.output()).isZero();
        return done;
    }

    private ProcessResult restore() throws IOException, InterruptedException {
        return script("restore");
    }

    private Path file() {
        return directory.resolve("coworking.dump");
    }

    private ProcessResult script(String name) throws IOException, InterruptedException {
        return Processes.run(
                Map.of("PGHOST", "127.0.0.1", "PGPORT", String.valueOf(server().getPort()), "PGDATABASE", database, "PGUSER", "postgres"),
                "ops/postgres/" + name, file().toString());
    }

    private ProcessResult service(String command) {
        return ServiceProgram.run(Map.of("DB_HOST", "127.0.0.1", "DB_PORT", String.valueOf(server().getPort()), "DB_NAME", database,
                "DB_USERNAME", "postgres", "DB_PASSWORD", ""), command);
    }

    private static EmbeddedPostgres server() {
        return running.orElseThrow();
    }

    private static String create() throws SQLException {
        var name = "backup_" + ++databases;
        try (var connection = server().getPostgresDatabase().getConnection(); var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return name;
    }

    private void execute(String sql) throws SQLException {
        try (var connection = server().getDatabase("postgres", database).getConnection(); var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String ask(String sql) throws SQLException {
        return ask(server(), database, sql);
    }

    private static String ask(EmbeddedPostgres postgres, String database, String sql) throws SQLException {
        try (var connection = postgres.getDatabase("postgres", database).getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }

    private static String version(String program) throws InterruptedException {
        try {
            return Processes.run(Map.of(), program, "--version").output();
        } catch (IOException missing) {
            return "";
        }
    }

    /** Zero where there is none. */
    private static int majorOf(String version) {
        var number = Pattern.compile("PostgreSQL\\) (\\d+)").matcher(version);
        return number.find() ? Integer.parseInt(number.group(1)) : 0;
    }

    private static void skip(String why) {
        System.err.println("SKIPPED: backups are not tried: " + why);
        abort(why);
    }
}
