package coworking.analytics.bootstrap;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import coworking.analytics.application.port.in.Readiness;
import coworking.analytics.postgres.PostgresTokenLedger;
import coworking.analytics.rest.Management;
import coworking.analytics.rest.ManagementApi;
import coworking.analytics.rest.UsageApi;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The side for operators: the meters, and the port on which they are read. It starts after the service itself, which it must not delay. */
final class Operations implements Management, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Operations.class.getName());

    private final TelemetrySettings settings;
    private final PostgresTokenLedger ledger;
    private final Readiness readiness;
    private final Vitals vitals;
    private final Telemetry telemetry;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Gauges gauges;
    private @Nullable WebServer server;
    private boolean isClosed;

    private Operations(
            TelemetrySettings settings, PostgresTokenLedger ledger, Readiness readiness, Vitals vitals, Telemetry telemetry) {
        this.settings = settings;
        this.ledger = ledger;
        this.readiness = readiness;
        this.vitals = vitals;
        this.telemetry = telemetry;
        gauges = new Gauges(registry, ledger);
    }

    /** Makes the meters, has all counted that happened so far, and listens. */
    static Operations start(
            TelemetrySettings settings, PostgresTokenLedger ledger, Readiness readiness, Vitals vitals, Telemetry telemetry) {
        var operations = new Operations(settings, ledger, readiness, vitals, telemetry);
        operations.measure();
        operations.listen();
        return operations;
    }

    private void measure() {
        gauges.bind(vitals, Build.of(settings.version(), settings.revision()));
        ledger.measurePool(registry);
        telemetry.count(new Meters(registry));
    }

    private synchronized void listen() {
        if (settings.managementPort() == 0 || isClosed) {
            return;
        }
        if (new InetSocketAddress(settings.managementHost(), settings.managementPort()).isUnresolved()) {
            LOG.log(WARNING, "no metrics and no management: there is no host {0}. Set APP_MANAGEMENT_HOST to an address of this machine,"
                    + " or leave it out for that of APP_HOST.", settings.managementHost());
            return;
        }
        var builder = WebServer.builder()
                .host(settings.managementHost())
                .port(settings.managementPort())
                .shutdownHook(false)
                .shutdownGracePeriod(Duration.ofSeconds(1))
                .routing(HttpRouting.builder().addFeature(new ManagementApi(readiness, this)));
        UsageApi.configure(builder);
        var made = builder.build().start();
        if (made.isRunning()) {
            server = made;
            LOG.log(INFO, "managing", new LinkedHashMap<>(Map.of("port", made.port())));
        } else {
            LOG.log(WARNING, "no metrics and no management: cannot listen on {0}:{1}. Choose another port with"
                    + " APP_MANAGEMENT_PORT, or 0 for none.", settings.managementHost(), String.valueOf(settings.managementPort()));
        }
    }

    @Override
    public boolean isStarted() {
        return true; // Who answers here was started last.
    }

    @Override
    public Map<String, Object> details() {
        var details = new LinkedHashMap<String, Object>();
        details.put("database", ledger.isReachable() ? "reachable" : "unreachable");
        ledger.readsFrom().ifPresent(source -> details.put("answers_from", source));
        details.put("version", Build.of(settings.version(), settings.revision()).version());
        return details;
    }

    @Override
    public void writeMetrics(OutputStream out) throws IOException {
        gauges.showLedger();
        registry.scrape(out);
    }

    @Override
    public Map<String, String> levels() {
        return LogLevels.all();
    }

    @Override
    public boolean setLevel(String logger, String level) {
        var isSet = LogLevels.set(logger, level);
        if (isSet) {
            LOG.log(INFO, "log level of {0} is now {1}", logger, level);
        }
        return isSet;
    }

    @Override
    public void writeThreads(OutputStream out) throws IOException {
        JvmDiagnosis.threads(out);
    }

    @Override
    public void writeHeap(OutputStream out) throws IOException {
        JvmDiagnosis.heap(out);
    }

    @Override
    public void writeRecording(Duration length, OutputStream out) throws IOException {
        JvmDiagnosis.recording(length, out);
    }

    /** The port on which it listens; empty where it does not. */
    synchronized Optional<Integer> port() {
        return Optional.ofNullable(server).map(WebServer::port);
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        if (server != null) {
            server.stop();
        }
    }
}
