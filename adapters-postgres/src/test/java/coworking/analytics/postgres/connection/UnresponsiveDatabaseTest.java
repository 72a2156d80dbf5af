package coworking.analytics.postgres.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import coworking.analytics.application.port.UnavailableException;
import coworking.analytics.application.port.out.LedgerObserver;
import coworking.analytics.postgres.testing.EmbeddedDatabase;
import coworking.analytics.postgres.testing.InterruptibleTcpProxy;
import coworking.analytics.postgres.testing.TestDatabases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What callers see while the database refuses, hangs, and comes back. */
class UnresponsiveDatabaseTest {

    private static final Duration MAX_FAILURE_TIME = Duration.ofSeconds(2);

    private final List<LogRecord> logged = new CopyOnWriteArrayList<>();
    private final Logger log = Logger.getLogger(OutageLog.class.getName());
    private final Handler capture = new CapturingHandler();

    private EmbeddedDatabase server;
    private InterruptibleTcpProxy proxy;
    private DatabaseClient database;

    @BeforeEach
    void connect() throws Exception {
        server = TestDatabases.empty();
        proxy = new InterruptibleTcpProxy(server.host(), server.port());
        database = new DatabaseClient(TestDatabases.settings(server, proxy.port()), LedgerObserver.NO_OP);
        log.addHandler(capture);
        log.setLevel(java.util.logging.Level.INFO);
    }

    @AfterEach
    void disconnect() {
        log.removeHandler(capture);
        database.close();
        proxy.close();
    }

    @Test
    void aQueryFailsWhereTheDatabaseRefusesConnections() {
        query();
        proxy.cut();

        assertQueryFails("the database cannot be reached");
        assertQueryFails("the database cannot be reached");
    }

    @Test
    void aQueryFailsWhereTheDatabaseHangsWithOrWithoutAnIdleConnection() {
        query();
        proxy.freeze();

        assertQueryFails("the database does not answer");
        assertQueryFails("the database cannot be reached");
    }

    @Test
    void aRunningQueryFailsWhenTheDatabaseHangs() {
        var answer = CompletableFuture.supplyAsync(() -> query("SELECT pg_sleep(20)"));
        awaitBackends("pg_sleep");
        proxy.freeze();

        assertFinishesWithin(MAX_FAILURE_TIME, () -> assertThatThrownBy(answer::join).hasMessageContaining("the database does not answer"));
    }

    @Test
    void aJdbcQueryFailsLikeAnyOther() {
        queryJdbc("SELECT 1");
        proxy.cut();
        assertJdbcQueryFails("the database cannot be reached");

        proxy.pass();
        queryJdbc("SELECT 1");
        proxy.freeze();
        assertJdbcQueryFails("the database does not answer");
    }

    @Test
    void aRunningJdbcQueryFailsWhenTheDatabaseHangs() {
        var answer = CompletableFuture.supplyAsync(() -> queryJdbc("SELECT pg_sleep(20)"));
        awaitBackends("pg_sleep");
        proxy.freeze();

        assertFinishesWithin(MAX_FAILURE_TIME, () -> assertThatThrownBy(answer::join).hasMessageContaining("the database does not answer"));
    }

    @Test
    void aJdbcQueryIsRetriedWhereItsIdleConnectionBroke() throws Exception {
        queryJdbc("SELECT 1");
        try (var connection = server.connect(); var statement = connection.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'coworking-analytics'");
        }

        assertThat(queryJdbc("SELECT 1")).isEqualTo(1);
    }

    @Test
    void aJdbcQueryReleasesItsConnectionWhetherItSucceedsOrFails() {
        for (int i = 0; i < 10; i++) {
            assertThat(queryJdbc("SELECT 1")).isEqualTo(1);
            assertThatThrownBy(() -> queryJdbc("SELECT * FROM nowhere")).hasMessage("a table is missing");
        }
    }

    @Test
    void aSlowQueryIsNotAborted() {
        assertThat(query("SELECT pg_sleep(3)")).isEqualTo(1);
    }

    @Test
    void aDatabaseThatIsBackIsUsedAgainAfterManyFailedQueries() {
        query();
        proxy.cut();
        for (int i = 0; i < 20; i++) {
            assertQueryFails("the database cannot be reached");
        }
        proxy.pass();

        assertFinishesWithin(Duration.ofSeconds(5), this::query);
    }

    @Test
    void aDatabaseThatHungIsUsedAgain() {
        query();
        proxy.freeze();
        assertQueryFails("the database does not answer");
        proxy.pass();

        assertFinishesWithin(Duration.ofSeconds(5), this::query);
    }

    @Test
    void anOutageIsLoggedOnceAndSoIsItsEnd() {
        proxy.cut();
        for (int i = 0; i < 5; i++) {
            assertQueryFails("the database cannot be reached");
        }
        proxy.pass();
        query();
        query();

        assertThat(messages()).hasSize(2);
        assertThat(messages().get(0)).startsWith("database unavailable: the database cannot be reached");
        assertThat(messages().get(1)).isEqualTo("database available again, failures: 5");
    }

    private long query() {
        return query("SELECT 1");
    }

    private long query(String sql) {
        return database.execute("test", client -> {
            try (var rows = client.query(sql)) {
                return rows.count();
            }
        });
    }

    private long queryJdbc(String sql) {
        return database.query("test", connection -> {
            try (var statement = connection.createStatement(); var rows = statement.executeQuery(sql)) {
                rows.next();
                return rows.getRow();
            }
        });
    }

    private void assertJdbcQueryFails(String reason) {
        assertFinishesWithin(MAX_FAILURE_TIME,
                () -> assertThatThrownBy(() -> queryJdbc("SELECT 1")).isInstanceOf(UnavailableException.class).hasMessage(reason));
    }

    private void assertQueryFails(String reason) {
        assertFinishesWithin(MAX_FAILURE_TIME,
                () -> assertThatThrownBy(this::query).isInstanceOf(UnavailableException.class).hasMessage(reason));
    }

    private static void assertFinishesWithin(Duration bound, Executable executable) {
        assertTimeoutPreemptively(bound, executable);
    }

    private void awaitBackends(String query) {
        assertFinishesWithin(Duration.ofSeconds(5), () -> {
            var running = new ArrayList<Boolean>();
            while (!running.contains(true)) {
                try (var connection = server.connect();
                        var statement = connection.createStatement();
                        var rows = statement.executeQuery("SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%"
                                + query + "%' AND pid <> pg_backend_pid()")) {
                    rows.next();
                    running.add(rows.getInt(1) > 0);
                }
            }
        });
    }

    private List<String> messages() {
        var formatter = new java.util.logging.SimpleFormatter();
        return logged.stream().map(formatter::formatMessage).toList();
    }

    private final class CapturingHandler extends Handler {

        @Override
        public void publish(LogRecord event) {
            logged.add(event);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
