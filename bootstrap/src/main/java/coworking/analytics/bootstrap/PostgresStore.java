package coworking.analytics.bootstrap;

import coworking.analytics.application.port.out.AuditResult;
import coworking.analytics.application.port.out.LedgerObserver;
import coworking.analytics.bootstrap.settings.EnvironmentReader;
import coworking.analytics.domain.time.SpaceClock;
import coworking.analytics.postgres.LedgerMode;
import coworking.analytics.postgres.PostgresTokenLedger;
import coworking.analytics.postgres.connection.DatabaseSettings;
import coworking.analytics.postgres.schema.MigrationException;
import coworking.analytics.postgres.schema.Migrations;
import coworking.analytics.postgres.schema.Rollups;
import java.time.ZoneId;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * PostgreSQL: its settings, its ledger and its commands. No other class of bootstrap names the PostgreSQL adapter.
 *
 * @param mode what answers are read from
 * @param database where the database is
 */
record PostgresStore(LedgerMode mode, DatabaseSettings database, SpaceClock clock) implements Store {

    static final String HELP = """
              DB_HOST                     127.0.0.1  the database's host
              DB_PORT                          5432  1 to 65535
              DB_NAME                      postgres
              DB_USERNAME, else DB_USER    required
              DB_PASSWORD                  required  may be empty
              DB_SSLMODE                     prefer  disable, allow, prefer, require, verify-ca or verify-full
              DB_POOL_SIZE                        6  maximum number of connections, 3 to 50
              DB_CONNECT_TIMEOUT_SECONDS          1  1 to 30
              DB_QUERY_TIMEOUT_SECONDS           30  1 to 3600
              DB_TIME_ZONE                      UTC  the time zone on whose clock the two tables were written, such as Europe/Berlin
              APP_LEDGER                       auto  auto, rolled-up or plain
            """;

    private static final SortedMap<String, String> SSL_MODES = new TreeMap<>(
            Stream.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
                    .collect(Collectors.toMap(Function.identity(), Function.identity())));

    private static final SortedMap<String, LedgerMode> LEDGER_MODES = new TreeMap<>(
            Map.of("auto", LedgerMode.AUTO, "rolled-up", LedgerMode.ROLLUP, "plain", LedgerMode.TABLE));

    /**
     * Reads the settings; the reader remembers the faults.
     *
     * @param space the zone in which the space lives
     */
    static PostgresStore from(EnvironmentReader reader, ZoneId space) {
        return new PostgresStore(reader.oneOf("APP_LEDGER", "auto", LEDGER_MODES), new DatabaseSettings(
                reader.host("DB_HOST", "127.0.0.1"),
                reader.number("DB_PORT", 5432, 1, 65_535),
                reader.text("DB_NAME", "postgres"),
                reader.firstNonBlank("DB_USERNAME", "DB_USER"),
                reader.secret("DB_PASSWORD"),
                reader.oneOf("DB_SSLMODE", "prefer", SSL_MODES),
                reader.number("DB_POOL_SIZE", 6, 3, 50),
                reader.seconds("DB_CONNECT_TIMEOUT_SECONDS", 1, 1, 30),
                reader.seconds("DB_QUERY_TIMEOUT_SECONDS", 30, 1, 3_600)),
                SpaceClock.of(reader.timeZone("DB_TIME_ZONE", "UTC"), space));
    }

    @Override
    public OpenStore open(LedgerObserver observer) {
        var ledger = PostgresTokenLedger.of(database, mode, observer, clock);
        return new OpenStore(ledger, ledger, database.maxSessions(), ledger::bindPoolMetrics);
    }

    @Override
    public String systemName() {
        return "postgresql";
    }

    @Override
    public String description() {
        return database.toString();
    }

    @Override
    public String migrate() {
        return run(() -> Migrations.of(database).run().toString());
    }

    @Override
    public boolean install() {
        return run(Rollups.of(database, clock)::install);
    }

    @Override
    public AuditResult audit() {
        return run(Rollups.of(database, clock)::audit);
    }

    @Override
    public void rebuild() {
        run(() -> {
            Rollups.of(database, clock).rebuild();
            return true;
        });
    }

    @Override
    public boolean uninstall() {
        return run(Rollups.of(database, clock)::uninstall);
    }

    private static <T> T run(Supplier<T> command) {
        try {
            return command.get();
        } catch (MigrationException failure) {
            throw new StoreCommandException(String.valueOf(failure.getMessage()), failure);
        }
    }
}
