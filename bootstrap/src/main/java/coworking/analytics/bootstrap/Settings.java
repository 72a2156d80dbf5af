package coworking.analytics.bootstrap;

import coworking.analytics.postgres.DatabaseSettings;
import coworking.analytics.postgres.LedgerChoice;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Everything that can be set from outside, checked.
 *
 * @param host the address to listen on
 * @param port the port to listen on
 * @param shutdownGrace how long running requests may take to finish after SIGTERM
 * @param usageLogInterval how often the daily usage is logged
 * @param foldInterval how often the journal is folded into the roll-ups, where there are any
 * @param auditInterval how often the roll-ups are compared with the tables; zero for never
 * @param timeZone in which the clock on the space's wall is
 * @param namesToken what a caller has to know to see names of people
 * @param ledger where answers are read from
 * @param database where the ledger is
 * @param telemetry what the service says of itself
 */
record Settings(
        String host,
        int port,
        Duration shutdownGrace,
        Duration usageLogInterval,
        Duration foldInterval,
        Duration auditInterval,
        ZoneId timeZone,
        Secret namesToken,
        LedgerChoice ledger,
        DatabaseSettings database,
        TelemetrySettings telemetry) {

    static final String HELP = """
              DB_HOST                     127.0.0.1  the database's host
              DB_PORT                          5432  1 to 65535
              DB_NAME                      postgres
              DB_USERNAME, else DB_USER    required
              DB_PASSWORD                  required  may be empty
              DB_SSLMODE                     prefer  disable, allow, prefer, require, verify-ca or verify-full
              DB_POOL_SIZE                        6  greatest number of connections, 3 to 50
              DB_CONNECT_TIMEOUT_SECONDS          1  1 to 30
              DB_QUERY_TIMEOUT_SECONDS           30  1 to 3600
              APP_HOST                      0.0.0.0  the address to listen on
              APP_PORT                         5153  1 to 65535
              APP_SHUTDOWN_GRACE_SECONDS         20  0 to 300
              APP_USAGE_LOG_SECONDS              30  1 to 86400
              APP_FOLD_SECONDS                   30  1 to 3600
              APP_AUDIT_HOURS                    24  0 to 8760, 0: never
              APP_LEDGER                       auto  auto, rolled-up or plain
              APP_TIME_ZONE                     UTC  the space's, as in Europe/Berlin: it decides when today begins
              APP_NAMES_TOKEN                  none  whoever sends it may see names: 16 to 256 letters, digits, . _ ~ + / - =
            """ + TelemetrySettings.HELP;

    private static final Set<String> SSL_MODES = new TreeSet<>(
            List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full"));

    private static final Set<String> LEDGERS = new TreeSet<>(List.of("auto", "rolled-up", "plain"));

    /**
     * Reads the settings.
     *
     * @throws Faulty where any is wrong, naming all that are
     */
    static Settings from(Map<String, String> environment) {
        var read = new Environment(environment);
        var host = read.text("APP_HOST", "0.0.0.0");
        var settings = new Settings(
                host,
                read.number("APP_PORT", 5153, 1, 65_535),
                read.seconds("APP_SHUTDOWN_GRACE_SECONDS", 20, 0, 300),
                read.seconds("APP_USAGE_LOG_SECONDS", 30, 1, 86_400),
                read.seconds("APP_FOLD_SECONDS", 30, 1, 3_600),
                read.hours("APP_AUDIT_HOURS", 24, 0, 8_760),
                read.timeZone("APP_TIME_ZONE", "UTC"),
                read.tokenOrNone("APP_NAMES_TOKEN"),
                ledger(read.oneOf("APP_LEDGER", "auto", LEDGERS)),
                database(read),
                TelemetrySettings.from(read, host));
        read.complain();
        return settings;
    }

    private static LedgerChoice ledger(String name) {
        return switch (name) {
            case "rolled-up" -> LedgerChoice.ROLLED_UP;
            case "plain" -> LedgerChoice.PLAIN;
            default -> LedgerChoice.AUTO;
        };
    }

    private static DatabaseSettings database(Environment read) {
        return new DatabaseSettings(
                read.host("DB_HOST", "127.0.0.1"),
                read.number("DB_PORT", 5432, 1, 65_535),
                read.text("DB_NAME", "postgres"),
                read.eitherOf("DB_USERNAME", "DB_USER"),
                read.secret("DB_PASSWORD"),
                read.oneOf("DB_SSLMODE", "prefer", SSL_MODES),
                read.number("DB_POOL_SIZE", 6, 3, 50),
                read.seconds("DB_CONNECT_TIMEOUT_SECONDS", 1, 1, 30),
                read.seconds("DB_QUERY_TIMEOUT_SECONDS", 30, 1, 3_600));
    }

    /** Settings are wrong; the message numbers all faults and says what is allowed. */
    static final class Faulty extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Faulty(String message) {
            super(message);
        }
    }
}
