package coworking.analytics.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import coworking.analytics.application.port.out.LedgerUnavailable;
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
class DeadDatabaseTest {

    private static final Duration BOUND = Duration.ofSeconds(2);

    private final List<LogRecord> logged = new CopyOnWriteArrayList<>();
    private final Logger log = Logger.getLogger(Outages.class.getName());
    private final Handler capture = new Capture();

    private EmbeddedDatabase server;
    private Wire wire;
    private Database database;

    @BeforeEach
    void connect() throws Exception {
        server = Tables.empty();
        wire = new Wire(server.host(), server.port());
        database = new Database(Tables.settings(server, wire.port()), DatabaseObserver.NOBODY);
        log.addHandler(capture);
        log.setLevel(java.util.logging.Level.INFO);
    }

    @AfterEach
    void disconnect() {
        log.removeHandler(capture);
        database.close();
        wire.close();
    }

    @Test
    void aQuestionToADatabaseThatRefusesFails() {
        ask();
        wire.cut();

        fails("the database cannot be reached");
        fails("the database cannot be reached");
    }

    @Test
    void aQuestionToADatabaseThatHangsFailsWhetherAConnectionIsIdleOrNot() {
        ask();
        wire.freeze();

        fails("the database does not answer");
        fails("the database cannot be reached");
    }

    @Test
    void aQuestionThatIsBeingAnsweredWhenTheDatabaseHangsFailsToo() {
        var answer = CompletableFuture.supplyAsync(() -> ask("SELECT pg_sleep(20)"));
        awaitBackends("pg_sleep");
        wire.freeze();

        within(BOUND, () -> assertThatThrownBy(answer::join).hasMessageContaining("the database does not answer"));
    }

    @Test
    void aQuestionPastDbClientFailsLikeAnyOther() {
        askDirectly("SELECT 1");
        wire.cut();
        failsDirectly("the database cannot be reached");

        wire.pass();
        askDirectly("SELECT 1");
        wire.freeze();
        failsDirectly("the database does not answer");
    }

    @Test
    void aQuestionPastDbClientThatIsBeingAnsweredWhenTheDatabaseHangsFailsToo() {
        var answer = CompletableFuture.supplyAsync(() -> askDirectly("SELECT pg_sleep(20)"));
        awaitBackends("pg_sleep");
        wire.freeze();

        within(BOUND, () -> assertThatThrownBy(answer::join).hasMessageContaining("the database does not answer"));
    }

    @Test
    void aQuestionPastDbClientOutlivesTheConnectionThatItWouldHaveHad() throws Exception {
        askDirectly("SELECT 1");
        try (var connection = server.connect(); var statement = connection.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'coworking-analytics'");
        }

        assertThat(askDirectly("SELECT 1")).isEqualTo(1);
    }

    @Test
    void aQuestionPastDbClientGivesItsConnectionBackWhetherItIsAnsweredOrNot() {
        for (int i = 0; i < 10; i++) {
            assertThat(askDirectly("SELECT 1")).isEqualTo(1);
            assertThatThrownBy(() -> askDirectly("SELECT * FROM nowhere")).hasMessage("a table is missing");
        }
    }

    @Test
    void aQueryThatIsMerelySlowIsLeftAlone() {
        assertThat(ask("SELECT pg_sleep(3)")).isEqualTo(1);
    }

    @Test
    void aDatabaseThatIsBackIsUsedAgainHoweverManyAskedMeanwhile() {
        ask();
        wire.cut();
        for (int i = 0; i < 20; i++) {
            fails("the database cannot be reached");
        }
        wire.pass();

        within(Duration.ofSeconds(5), this::ask);
    }

    @Test
    void aDatabaseThatThawsIsUsedAgain() {
        ask();
        wire.freeze();
        fails("the database does not answer");
        wire.pass();

        within(Duration.ofSeconds(5), this::ask);
    }

    @Test
    void anOutageIsOneLogLineAndItsEndAnother() {
        wire.cut();
        for (int i = 0; i < 5; i++) {
            fails("the database cannot be reached");
        }
        wire.pass();
        ask();
        ask();

        assertThat(messages()).hasSize(2);
        assertThat(messages().get(0)).startsWith("database unavailable: the database cannot be reached");
        assertThat(messages().get(1)).isEqualTo("database available again, failures: 5");
    }

    private long ask() {
        return ask("SELECT 1");
    }

    private long ask(String sql) {
        return database.ask("test", client -> {
            try (var rows = client.execute().query(sql)) {
                return rows.count();
            }
        });
    }

    private long askDirectly(String sql) {
        return database.askDirectly("test", connection -> {
            try (var statement = connection.createStatement(); var rows = statement.executeQuery(sql)) {
                rows.next();
                return rows.getRow();
            }
        });
    }

    private void failsDirectly(String reason) {
        within(BOUND, () -> assertThatThrownBy(() -> askDirectly("SELECT 1")).isInstanceOf(LedgerUnavailable.class).hasMessage(reason));
    }

    private void fails(String reason) {
        within(BOUND, () -> assertThatThrownBy(this::ask).isInstanceOf(LedgerUnavailable.class).hasMessage(reason));
    }

    private static void within(Duration bound, Executable executable) {
        assertTimeoutPreemptively(bound, executable);
    }

    private void awaitBackends(String query) {
        within(Duration.ofSeconds(5), () -> {
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

    private final class Capture extends Handler {

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
