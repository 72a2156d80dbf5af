package coworking.analytics.bootstrap.settings;

import java.time.Duration;
import java.time.ZoneId;

/**
 * How the service listens, stops, and repeats its periodic work.
 *
 * @param host the address to listen on
 * @param port the port to listen on
 * @param shutdownGrace how long running requests may take to finish after SIGTERM
 * @param usageLogInterval how often the daily usage is logged
 * @param maintenanceInterval how often the ledger does its upkeep
 * @param auditInterval how often the ledger audits its derived data; zero for never
 * @param timeZone the zone in which the space lives
 * @param namesToken the bearer token that lets a caller see members' names
 */
public record ServiceSettings(
        String host,
        int port,
        Duration shutdownGrace,
        Duration usageLogInterval,
        Duration maintenanceInterval,
        Duration auditInterval,
        ZoneId timeZone,
        Secret namesToken) {

    public static final String HELP = """
              APP_HOST                      0.0.0.0  the address to listen on
              APP_PORT                         5153  1 to 65535
              APP_SHUTDOWN_GRACE_SECONDS         20  0 to 300
              APP_USAGE_LOG_SECONDS              30  1 to 86400
              APP_FOLD_SECONDS                   30  1 to 3600
              APP_AUDIT_HOURS                    24  0 to 8760, 0: never
              APP_TIME_ZONE                     UTC  the time zone in which the space lives, such as Europe/Berlin
              APP_NAMES_TOKEN                  none  the bearer token that shows names: 16 to 256 letters, digits, . _ ~ + / - =
            """;

    /** Reads them; the reader remembers the faults. */
    public static ServiceSettings from(EnvironmentReader reader) {
        return new ServiceSettings(
                reader.text("APP_HOST", "0.0.0.0"),
                reader.number("APP_PORT", 5153, 1, 65_535),
                reader.seconds("APP_SHUTDOWN_GRACE_SECONDS", 20, 0, 300),
                reader.seconds("APP_USAGE_LOG_SECONDS", 30, 1, 86_400),
                reader.seconds("APP_FOLD_SECONDS", 30, 1, 3_600),
                reader.hours("APP_AUDIT_HOURS", 24, 0, 8_760),
                reader.timeZone("APP_TIME_ZONE", "UTC"),
                reader.optionalToken("APP_NAMES_TOKEN"));
    }
}
