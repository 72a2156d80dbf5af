package coworking.analytics.bootstrap;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import coworking.analytics.application.port.in.Readiness;
import coworking.analytics.bootstrap.logging.LogLevels;
import coworking.analytics.bootstrap.settings.BuildInfo;
import coworking.analytics.bootstrap.settings.TelemetrySettings;
import coworking.analytics.bootstrap.telemetry.EventMeters;
import coworking.analytics.bootstrap.telemetry.JvmDiagnostics;
import coworking.analytics.bootstrap.telemetry.LastKnownState;
import coworking.analytics.bootstrap.telemetry.PrometheusRequestExporter;
import coworking.analytics.bootstrap.telemetry.RequestStatistics;
import coworking.analytics.bootstrap.telemetry.StateGauges;
import coworking.analytics.bootstrap.telemetry.TelemetryDispatcher;
import coworking.analytics.rest.ManagementApi;
import coworking.analytics.rest.spi.ProcessManagement;
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

/** The meters, and the management port that shows them. It starts after the service, so that it does not delay it. */
final class ManagementServer implements ProcessManagement, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ManagementServer.class.getName());

    private final TelemetrySettings settings;
    private final OpenStore store;
    private final Readiness readiness;
    private final LastKnownState lastKnownState;
    private final RequestStatistics statistics;
    private final TelemetryDispatcher telemetry;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final StateGauges gauges;
    private @Nullable WebServer server;
    private boolean isClosed;

    private ManagementServer(
            TelemetrySettings settings, OpenStore store, Readiness readiness, LastKnownState lastKnownState, RequestStatistics statistics,
            TelemetryDispatcher telemetry) {
        this.settings = settings;
        this.store = store;
        this.readiness = readiness;
        this.lastKnownState = lastKnownState;
        this.statistics = statistics;
        this.telemetry = telemetry;
        gauges = new StateGauges(registry, store.operations());
    }

    /** Makes the meters, counts the events so far, and listens. */
    static ManagementServer start(
            TelemetrySettings settings, OpenStore store, Readiness readiness, LastKnownState lastKnownState, RequestStatistics statistics,
            TelemetryDispatcher telemetry) {
        var management = new ManagementServer(settings, store, readiness, lastKnownState, statistics, telemetry);
        management.registerMeters();
        management.listen();
        return management;
    }

    private void registerMeters() {
        gauges.bind(lastKnownState, BuildInfo.of(settings.version(), settings.revision()));
        store.meters().bindTo(registry);
        registry.getPrometheusRegistry().register(new PrometheusRequestExporter(statistics));
        telemetry.attachMeters(new EventMeters(registry));
    }

    private synchronized void listen() {
        if (settings.managementPort() == 0 || isClosed) {
            return;
        }
        if (new InetSocketAddress(settings.managementHost(), settings.managementPort()).isUnresolved()) {
            LOG.log(WARNING, "no metrics and no management: unknown host {0}. Set APP_MANAGEMENT_HOST to an address of this machine,"
                    + " or leave it out for that of APP_HOST.", settings.managementHost());
            return;
        }
        var builder = WebServer.builder()
                .host(settings.managementHost())
                .port(settings.managementPort())
                .shutdownHook(false)
                .shutdownGracePeriod(Duration.ofSeconds(1))
                .routing(HttpRouting.builder().addFeature(new ManagementApi(readiness, this)));
        ManagementApi.configure(builder);
        var started = builder.build().start();
        if (started.isRunning()) {
            server = started;
            LOG.log(INFO, "managing", new LinkedHashMap<>(Map.of("port", started.port())));
        } else {
            LOG.log(WARNING, "no metrics and no management: cannot listen on {0}:{1}. Choose another port with"
                    + " APP_MANAGEMENT_PORT, or 0 for none.", settings.managementHost(), String.valueOf(settings.managementPort()));
        }
    }

    @Override
    public boolean isStarted() {
        return true; // This server starts last.
    }

    @Override
    public Map<String, Object> healthDetails() {
        var details = new LinkedHashMap<String, Object>();
        details.put("database", store.operations().isReachable() ? "reachable" : "unreachable");
        store.operations().readsFrom().ifPresent(source -> details.put("answers_from", source.name()));
        details.put("version", BuildInfo.of(settings.version(), settings.revision()).version());
        return details;
    }

    @Override
    public void writeMetrics(OutputStream out) throws IOException {
        gauges.updateLedgerInfo();
        registry.scrape(out);
    }

    @Override
    public Map<String, String> logLevels() {
        return LogLevels.all();
    }

    @Override
    public boolean setLogLevel(String logger, String level) {
        var isSet = LogLevels.set(logger, level);
        if (isSet) {
            LOG.log(INFO, "log level of {0} is now {1}", logger, level);
        }
        return isSet;
    }

    @Override
    public void writeThreadDump(OutputStream out) throws IOException {
        JvmDiagnostics.writeThreadDump(out);
    }

    @Override
    public void writeHeapHistogram(OutputStream out) throws IOException {
        JvmDiagnostics.writeHeapHistogram(out);
    }

    @Override
    public void writeFlightRecording(Duration length, OutputStream out) throws IOException {
        JvmDiagnostics.writeFlightRecording(length, out);
    }

    /** The port it listens on; empty if it does not. */
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
