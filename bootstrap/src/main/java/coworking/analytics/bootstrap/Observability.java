package coworking.analytics.bootstrap;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;

import coworking.analytics.application.ReadinessService;
import coworking.analytics.application.port.out.AuditResult;
import coworking.analytics.application.port.out.LedgerOperations;
import coworking.analytics.bootstrap.logging.FailureLog;
import coworking.analytics.bootstrap.logging.FailureState;
import coworking.analytics.bootstrap.schedule.PeriodicTask;
import coworking.analytics.bootstrap.settings.TelemetrySettings;
import coworking.analytics.bootstrap.telemetry.AccessLog;
import coworking.analytics.bootstrap.telemetry.EmfExporter;
import coworking.analytics.bootstrap.telemetry.LastKnownState;
import coworking.analytics.bootstrap.telemetry.RequestStatistics;
import coworking.analytics.bootstrap.telemetry.StateGauges;
import coworking.analytics.bootstrap.telemetry.TelemetryDispatcher;
import coworking.analytics.bootstrap.telemetry.tracing.OtlpTracing;
import coworking.analytics.bootstrap.telemetry.tracing.Tracing;
import coworking.analytics.domain.report.DailyUsage;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Composes logs, metrics and traces for {@link AnalyticsServer}. Closed as a whole. */
final class Observability implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Observability.class.getName());

    /** The first audit comes early: a pod may live no longer than one interval. */
    private static final int FIRST_AUDIT_DIVISOR = 24;

    private final TelemetrySettings settings;
    private final LastKnownState lastKnownState;
    private final RequestStatistics statistics = new RequestStatistics();
    private final EmfExporter emf;
    private final AccessLog accessLog;
    private final Tracing tracing;
    private final TelemetryDispatcher telemetry;
    private final FailureState auditState = new FailureState();
    private final AtomicReference<@Nullable ManagementServer> managementServer = new AtomicReference<>();

    /**
     * Opens nothing yet.
     *
     * @param timeZone the zone of the store's times, in which the frozen reports count days
     * @param databaseSystem the {@code db.system.name} of database spans
     */
    Observability(TelemetrySettings settings, ZoneId timeZone, String databaseSystem) {
        this.settings = settings;
        var clock = Clock.system(timeZone);
        lastKnownState = new LastKnownState(clock);
        emf = new EmfExporter(clock, lastKnownState, statistics, settings.cluster());
        accessLog = new AccessLog(settings.accessLogMode(), settings.accessLogSampleEvery(), statistics);
        tracing = settings.otlpEndpoint().isEmpty() ? Tracing.DISABLED : OtlpTracing.create(settings, databaseSystem);
        telemetry = new TelemetryDispatcher(tracing, statistics, accessLog, emf, lastKnownState);
    }

    TelemetryDispatcher telemetry() {
        return telemetry;
    }

    /**
     * Opens the management port while requests are served already. It runs on a platform thread: virtual threads share as many of those
     * as there are processors, and a pod has half a processor.
     */
    void startManagement(OpenStore store) {
        accessLog.start();
        Thread.ofPlatform().daemon().name("operations").start(() -> {
            try {
                managementServer.set(ManagementServer.start(settings, store, new ReadinessService(store.ledger()), lastKnownState,
                        statistics, telemetry));
            } catch (RuntimeException | Error failure) {
                LOG.log(ERROR, "no metrics and no management", failure);
            }
        });
    }

    /** The fields of the usage line beside the usage. */
    Map<String, Object> usageLogFields(Optional<DailyUsage> usage, LedgerOperations ledger) {
        if (!ledger.hasDifferences() && ledger.readsFrom().filter(source -> !source.isDerived()).isPresent()) {
            lastKnownState.forgetAudit();
            var _ = auditState.recovered();
        }
        return emf.fields(usage, ledger.isReachable(), StateGauges.rollupLag(ledger, lastKnownState));
    }

    /** The audits of the ledger; none if the interval is zero. */
    PeriodicTask auditTask(LedgerOperations ledger, Duration interval) {
        var failureLog = new FailureLog(LOG, "audit");
        return interval.isZero()
                ? new PeriodicTask("audits", failureLog, () -> {}, Duration.ofDays(1))
                : new PeriodicTask("audits", failureLog, () -> ledger.audit().ifPresent(this::auditEnded),
                        interval.dividedBy(FIRST_AUDIT_DIVISOR), interval, Duration.ZERO);
    }

    private void auditEnded(AuditResult audit) {
        lastKnownState.auditFinished(audit.total());
        if (audit.isClean()) {
            auditState.recovered().ifPresent(audits -> LOG.log(INFO, "the roll-ups agree with the tables again"));
        } else if (auditState.failed()) {
            LOG.log(ERROR, "the roll-ups differ from the tables; the command rebuild makes them anew",
                    new LinkedHashMap<>(Map.of("differences", audit.total())));
        }
    }

    @Override
    public void close() {
        accessLog.close();
        var opened = managementServer.get();
        if (opened != null) {
            opened.close();
        }
        tracing.close();
    }
}
