package coworking.analytics.bootstrap;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import coworking.analytics.application.ReadinessService;
import coworking.analytics.application.SpaceAnalyticsService;
import coworking.analytics.application.UsageReportService;
import coworking.analytics.application.port.UnavailableException;
import coworking.analytics.bootstrap.logging.FailureLog;
import coworking.analytics.bootstrap.schedule.PeriodicTask;
import coworking.analytics.bootstrap.settings.ServiceSettings;
import coworking.analytics.bootstrap.settings.TelemetrySettings;
import coworking.analytics.bootstrap.telemetry.DailyUsageLog;
import coworking.analytics.domain.time.SpaceClock;
import coworking.analytics.rest.AnalyticsApi;
import coworking.analytics.rest.RestApi;
import coworking.analytics.rest.UsageApi;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

/** The composition root: wires the store, the services and the servers, and closes them in reverse order. */
final class AnalyticsServer implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(AnalyticsServer.class.getName());

    /** More than the charts of several browsers request at once. */
    private static final int MAX_WAITING_REQUESTS = 64;

    /** How long a request waits for a free place before it is refused. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(2);

    private final OpenStore store;
    private final RestApi restApi;
    private final WebServer server;
    private final DailyUsageLog usageLog;
    private final PeriodicTask maintenance;
    private final PeriodicTask auditTask;
    private final Observability observability;

    private AnalyticsServer(ServiceSettings settings, TelemetrySettings telemetrySettings, Store store) {
        observability = new Observability(telemetrySettings, store.clock().stored(), store.systemName());
        var telemetry = observability.telemetry();
        this.store = store.open(telemetry);
        var operations = this.store.operations();
        var reports = new UsageReportService(this.store.ledger(), telemetry);
        restApi = new RestApi(telemetry, new UsageApi(reports, new ReadinessService(this.store.ledger()), telemetry),
                analyticsApi(settings, store.clock()));
        server = server(settings, restApi);
        usageLog = new DailyUsageLog(reports, usage -> observability.usageLogFields(usage, operations), settings.usageLogInterval());
        maintenance = new PeriodicTask("upkeep", new FailureLog(LOG, "maintenance"), operations::maintain, settings.maintenanceInterval());
        auditTask = observability.auditTask(operations, settings.auditInterval());
    }

    private AnalyticsApi analyticsApi(ServiceSettings settings, SpaceClock clock) {
        var service = new SpaceAnalyticsService(store.ledger(), store.maxSnapshots(), MAX_WAITING_REQUESTS, MAX_WAIT);
        return new AnalyticsApi(service, () -> Instant.now().truncatedTo(ChronoUnit.MICROS), clock,
                settings.namesToken().value());
    }

    private static WebServer server(ServiceSettings settings, RestApi api) {
        var server = WebServer.builder()
                .host(settings.host())
                .port(settings.port())
                .shutdownHook(false)
                .shutdownGracePeriod(settings.shutdownGrace())
                .routing(HttpRouting.builder().addFeature(api));
        api.configure(server);
        return server.build();
    }

    /**
     * Starts to serve. The store need not be up.
     *
     * @throws ServerStartException if the server cannot listen on the port
     */
    static AnalyticsServer start(ServiceSettings settings, TelemetrySettings telemetry, Store store) {
        if (new InetSocketAddress(settings.host(), settings.port()).isUnresolved()) {
            throw new ServerStartException("Cannot listen on " + settings.host() + ": unknown host. Set APP_HOST to an address of this"
                    + " machine, or leave it out for all of them.");
        }
        var service = new AnalyticsServer(settings, telemetry, store);
        service.listen(settings, store.description());
        return service;
    }

    private void listen(ServiceSettings settings, String database) {
        server.start();
        if (!server.isRunning()) {
            store.close();
            throw new ServerStartException(bindFailureMessage(settings));
        }
        Thread.startVirtualThread(() -> {
            store.operations().warmUp();
            observability.startManagement(store);
            logWarnings();
        });
        usageLog.start();
        maintenance.start();
        auditTask.start();
        LOG.log(INFO, "serving", new TreeMap<>(Map.of("port", server.port(), "database", database)));
    }

    private void logWarnings() {
        try {
            store.operations().findWarnings().forEach(warning -> LOG.log(WARNING, warning));
        } catch (UnavailableException notYet) {
            // The first request reports it.
        }
    }

    /** The web server does not report its reason, so the address is tried once more. */
    private static String bindFailureMessage(ServiceSettings settings) {
        var address = settings.host() + ":" + settings.port();
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(settings.host(), settings.port()));
            return "Cannot listen on " + address + ".";
        } catch (IOException | IllegalArgumentException reason) {
            return "Cannot listen on " + address + ": " + reason.getMessage() + ". Choose another port with APP_PORT, as in APP_PORT="
                    + alternativePort(settings) + ", or an address of this machine with APP_HOST.";
        }
    }

    private static int alternativePort(ServiceSettings settings) {
        return settings.port() == 65_535 ? 5153 : settings.port() + 1;
    }

    /** Lets running requests finish, then closes the connections. */
    @Override
    public void close() {
        LOG.log(INFO, "stopping");
        restApi.drain();
        server.stop();
        usageLog.close();
        maintenance.close();
        auditTask.close();
        observability.close();
        store.close();
        LOG.log(INFO, "stopped");
    }

    /** The server cannot listen; the message says where, why, and what to do. */
    static final class ServerStartException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        ServerStartException(String message) {
            super(message);
        }
    }
}
