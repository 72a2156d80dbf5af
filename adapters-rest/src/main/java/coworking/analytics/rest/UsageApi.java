package coworking.analytics.rest;

import coworking.analytics.application.port.in.Readiness;
import coworking.analytics.application.port.in.UsageReports;
import io.helidon.health.HealthCheck;
import io.helidon.health.HealthCheckType;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import java.util.List;

/**
 * The URLs of the service, for a server that was {@linkplain #configure configured} for them.
 *
 * <p>Paths are matched exactly, every failure is answered in the problem format of RFC 9457, and nothing that a failure says about
 * the inside of the service leaves it.
 */
public final class UsageApi implements HttpFeature {

    /** As long as the original's server took a request line; the query counts, though nobody reads it. */
    private static final int LONGEST_LINE = 65_536;

    private final UsageReports reports;
    private final List<HealthCheck> checks;
    private final ExchangeObserver observer;
    private volatile boolean draining;

    /** Makes an API that asks the given ports, again for each request. */
    public UsageApi(UsageReports reports, Readiness readiness) {
        this(reports, readiness, ExchangeObserver.NOBODY);
    }

    /** Makes an API that asks the given ports and tells an observer of each request. */
    public UsageApi(UsageReports reports, Readiness readiness, ExchangeObserver observer) {
        this.reports = reports;
        this.observer = observer;
        this.checks = List.of(Check.alive(), Check.ready(readiness));
    }

    @Override
    public void setup(HttpRouting.Builder routing) {
        routing.addFilter(new Observation(observer))
                .addFilter(new ClosingConnections(() -> draining))
                .addFilter(new ExactPaths())
                .error(Throwable.class, new Failures())
                .any("/health_check", new Resource(new Probe(HealthCheckType.LIVENESS, checks)))
                .any("/readiness_check", new Resource(new Probe(HealthCheckType.READINESS, checks)))
                .any("/api/reports/daily_usage", new Resource(new Report<>(reports::dailyUsage, observed(ReportJson::write))))
                .any("/api/reports/user_visits", new Resource(new Report<>(reports::userVisits, observed(ReportJson::write))));
    }

    private <T> Report.Encoder<T> observed(Report.Encoder<T> encoder) {
        return (report, out) -> {
            var done = observer.encoding();
            try {
                encoder.write(report, out);
            } finally {
                done.run();
            }
        };
    }

    /** To be called before the server stops: from now on each answer, of those under way too, is the last one on its connection. */
    public void drain() {
        draining = true;
    }

    /**
     * Makes a listener leave to this API what Helidon would decide by itself: what a strange path or query means, and what the
     * answer to an unreadable request looks like. Answers go out without waiting for the caller's acknowledgement (Nagle).
     *
     * @param listener the server or one of its further sockets; host, port and routing stay as they are
     */
    public static void configure(ListenerConfig.BuilderBase<?, ?> listener) {
        configure(listener, ExchangeObserver.NOBODY);
    }

    /** As {@link #configure(ListenerConfig.BuilderBase)}, and tells an observer of requests that never get as far as the routing. */
    public static void configure(ListenerConfig.BuilderBase<?, ?> listener, ExchangeObserver observer) {
        listener.addProtocol(http1())
                .protocolsDiscoverServices(false)
                .directHandlers(earlyFailures(observer))
                .connectionOptions(socket -> socket.tcpNoDelay(true));
    }

    /** The only protocol: beside a second one Helidon hangs up on HTTP/1.0 and on nonsense, without a word. */
    private static Http1Config http1() {
        return Http1Config.builder()
                .validatePath(false)
                .validatePrologue(false)
                .maxPrologueLength(LONGEST_LINE)
                .maxHeadersSize(LONGEST_LINE)
                .build();
    }

    private static DirectHandlers earlyFailures(ExchangeObserver observer) {
        var handlers = DirectHandlers.builder();
        for (var event : EventType.values()) {
            handlers.addHandler(event, new EarlyFailures(observer));
        }
        return handlers.build();
    }
}
