package coworking.analytics.bootstrap;

import coworking.analytics.bootstrap.logging.JsonLogHandler;
import coworking.analytics.bootstrap.settings.InvalidSettingsException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TimeZone;
import java.util.logging.Level;
import java.util.logging.Logger;

/** {@code mvn -Prun}: the service on a PostgreSQL of its own, with made-up visits of the last three months, to which others are added meanwhile. */
public final class DemoApplication {

    private static final Logger POSTGRES_LOG = Logger.getLogger("io.zonky");

    private DemoApplication() {}

    /** Starts everything; ends with the process. */
    public static void main(String[] arguments) throws IOException, SQLException {
        try {
            run();
        } catch (InvalidSettingsException | AnalyticsServer.ServerStartException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(1);
        }
    }

    private static void run() throws IOException, SQLException {
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        JsonLogHandler.install();
        POSTGRES_LOG.setLevel(Level.WARNING);
        var port = System.getenv().getOrDefault("APP_PORT", "5153");
        if (isTaken(port)) {
            System.err.println("Port " + port + " is taken. Choose another with APP_PORT, as in: APP_PORT=5154 mvn -Prun");
            System.exit(1);
        }
        Configuration.from(environment("5432")); // Before a database is started in vain.
        var postgres = EmbeddedPostgres.start();
        var configuration = Configuration.from(environment(String.valueOf(postgres.getPort())));
        configuration.store().migrate();
        var demoData = new DemoData(postgres.getPostgresDatabase());
        demoData.insertVisitsUntil(Instant.now());
        var service = AnalyticsServer.start(configuration.service(), configuration.telemetry(), configuration.store());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(service, postgres), "shutdown"));
        Thread.ofPlatform().daemon().name("demo-arrivals").start(demoData::insertArrivals);
        exitWithMaven();
        System.out.println(welcome("http://127.0.0.1:" + configuration.service().port(), postgres.getPort()));
    }

    /** Ctrl-C reaches Maven and this process alike; ending Maven alone ends both. */
    private static void exitWithMaven() {
        var maven = ProcessHandle.current().parent().orElseThrow();
        var _ = maven.onExit().thenRun(() -> System.exit(0));
    }

    private static boolean isTaken(String port) {
        try (var _ = new ServerSocket(Integer.parseInt(port), 1, InetAddress.getLoopbackAddress())) {
            return false;
        } catch (IOException taken) {
            return true;
        } catch (IllegalArgumentException notAPort) {
            return false; // The settings say what is wrong with it.
        }
    }

    private static Map<String, String> environment(String databasePort) {
        var environment = new HashMap<>(System.getenv());
        environment.putIfAbsent("APP_HOST", "127.0.0.1");
        environment.putAll(Map.of(
                "DB_HOST", "127.0.0.1", "DB_PORT", databasePort, "DB_NAME", "postgres",
                "DB_USERNAME", "postgres", "DB_PASSWORD", "", "DB_SSLMODE", "disable"));
        return environment;
    }

    private static void stop(AnalyticsServer service, EmbeddedPostgres postgres) {
        service.close();
        try {
            postgres.close();
        } catch (IOException failure) {
            System.err.println("The embedded PostgreSQL did not stop: " + failure.getMessage());
        }
    }

    private static String welcome(String url, int databasePort) {
        return """

                The service is up, with demo data of the last three months; somebody arrives every %3$s seconds. Open in a browser, or type:

                  curl %1$s/api/reports/daily_usage
                  curl %1$s/api/reports/user_visits
                  curl -i %1$s/readiness_check

                  curl '%1$s/api/v1/reports/summary?range=28d&compare=previous'
                  curl '%1$s/api/v1/reports/daily-usage?interval=week&format=csv'
                  curl '%1$s/api/v1/reports/daily-usage?range=7d&compare=week'
                  curl '%1$s/api/v1/reports/dormant'
                  curl %1$s/api/v1/openapi.yaml

                Look at the data itself, or change it and ask again:

                  psql -h 127.0.0.1 -p %2$s -U postgres

                For the commands of docs/configuration.md (check, install, audit), its settings are:

                  DB_PORT=%2$s DB_USERNAME=postgres DB_PASSWORD=

                Ctrl-C stops the service and its database.
                """.formatted(url, databasePort, DemoData.ARRIVAL_INTERVAL.toSeconds());
    }
}
