package coworking.analytics.bootstrap;

import static java.lang.System.Logger.Level.INFO;

import coworking.analytics.application.AnalyticsService;
import coworking.analytics.application.ReadinessService;
import coworking.analytics.application.ReportService;
import coworking.analytics.postgres.PostgresTokenLedger;
import coworking.analytics.rest.AnalyticsApi;
import coworking.analytics.rest.ExchangeObserver;
import coworking.analytics.rest.UsageApi;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

/** The composition root: the driven side, the hexagon, the driving sides. Closed in reverse. */
final class Service implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Service.class.getName());

    /** More than the charts of several browsers ask for at once. */
    private static final int MOST_WAITING = 64;

    /** As long as somebody may wait to be told that there is no answer now. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final PostgresTokenLedger ledger;
    private final UsageApi api;
    private final WebServer server;
    private final UsageLog usageLog;
    private final Upkeep upkeep;
    private final Upkeep audits;
    private final Observatory observatory;

    private Service(Settings settings) {
        observatory = new Observatory(settings.telemetry(), settings.timeZone());
        ledger = PostgresTokenLedger.of(settings.database(), settings.ledger(), observatory.telemetry());
        var reports = new ReportService(ledger, observatory.telemetry());
        var readiness = new ReadinessService(ledger);
        api = new UsageApi(reports, readiness, observatory.telemetry());
        server = server(settings, api, analytics(settings), observatory.telemetry());
        usageLog = new UsageLog(reports, usage -> observatory.figures(usage, ledger), settings.usageLogInterval());
        upkeep = new Upkeep("upkeep", ledger::maintain, settings.foldInterval());
        audits = observatory.audits(ledger, settings.auditInterval());
    }

    private AnalyticsApi analytics(Settings settings) {
        var service = new AnalyticsService(ledger, settings.database().conversations(), MOST_WAITING, PATIENCE);
        return new AnalyticsApi(service, () -> LocalDateTime.now(settings.timeZone()).truncatedTo(ChronoUnit.MICROS),
                settings.namesToken().value());
    }

    private static WebServer server(Settings settings, UsageApi api, AnalyticsApi analytics, ExchangeObserver observer) {
        var server = WebServer.builder()
                .host(settings.host())
                .port(settings.port())
                .shutdownHook(false)
                .shutdownGracePeriod(settings.shutdownGrace())
                .routing(HttpRouting.builder().addFeature(api).addFeature(analytics));
        UsageApi.configure(server, observer);
        return server.build();
    }

    /**
     * Starts to serve. The database need not be up.
     *
     * @throws NotStarted where the port cannot be listened on
     */
    static Service start(Settings settings) {
        if (new InetSocketAddress(settings.host(), settings.port()).isUnresolved()) {
            throw new NotStarted("Cannot listen on " + settings.host() + ": there is no such host. Set APP_HOST to an address of this"
                    + " machine, or leave it out for all of them.");
        }
        var service = new Service(settings);
        service.listen(settings);
        return service;
    }

    private void listen(Settings settings) {
        server.start();
        if (!server.isRunning()) {
            ledger.close();
            throw new NotStarted(whyNot(settings));
        }
        Thread.startVirtualThread(() -> {
            ledger.warmUp();
            observatory.open(ledger);
        });
        usageLog.start();
        upkeep.start();
        audits.start();
        LOG.log(INFO, "serving", new TreeMap<>(Map.of("port", server.port(), "database", settings.database().toString())));
    }

    /** The web server keeps its reason to itself, so the address is tried once more. */
    private static String whyNot(Settings settings) {
        var address = settings.host() + ":" + settings.port();
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(settings.host(), settings.port()));
            return "Cannot listen on " + address + ".";
        } catch (IOException | IllegalArgumentException reason) {
            return "Cannot listen on " + address + ": " + reason.getMessage() + ". Choose another port with APP_PORT, as in APP_PORT="
                    + anotherPort(settings) + ", or an address of this machine with APP_HOST.";
        }
    }

    private static int anotherPort(Settings settings) {
        return settings.port() == 65_535 ? 5153 : settings.port() + 1;
    }

    /** Lets running requests finish, then gives the connections back. */
    @Override
    public void close() {
        LOG.log(INFO, "stopping");
        api.drain();
        server.stop();
        usageLog.close();
        upkeep.close();
        audits.close();
        observatory.close();
        ledger.close();
        LOG.log(INFO, "stopped");
    }

    /** The service cannot listen; the message says on what, why, and what to do. */
    static final class NotStarted extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotStarted(String message) {
            super(message);
        }
    }
}
