package coworking.analytics.bootstrap;

import coworking.analytics.bootstrap.settings.EnvironmentReader;
import coworking.analytics.bootstrap.settings.InvalidSettingsException;
import coworking.analytics.bootstrap.settings.ServiceSettings;
import coworking.analytics.bootstrap.settings.TelemetrySettings;
import java.util.Map;

/** All settings of one run, and with them the choice of the store: another store replaces {@link PostgresStore} here and nowhere else. */
record Configuration(ServiceSettings service, PostgresStore store, TelemetrySettings telemetry) {

    static final String HELP = PostgresStore.HELP + ServiceSettings.HELP + TelemetrySettings.HELP;

    /**
     * Reads the settings from environment variables.
     *
     * @throws InvalidSettingsException if any is wrong; it names all that are
     */
    static Configuration from(Map<String, String> environment) {
        var reader = new EnvironmentReader(environment);
        var service = ServiceSettings.from(reader);
        var store = PostgresStore.from(reader, service.timeZone());
        var telemetry = TelemetrySettings.from(reader, service.host());
        reader.throwIfInvalid();
        return new Configuration(service, store, telemetry);
    }
}
