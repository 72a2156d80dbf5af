package coworking.analytics.bootstrap;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;

import coworking.analytics.application.ReadinessService;
import coworking.analytics.domain.DailyUsage;
import coworking.analytics.postgres.PostgresTokenLedger;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Composes everything by which the service is watched, for {@link Service}, which is watched. Closed as a whole. */
final class Observatory implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Observatory.class.getName());

    /** A pod that lives for a day is audited soon after it came and not only just before it goes. */
    private static final int EARLIER_AT_FIRST = 24;

    private final TelemetrySettings settings;
    private final Vitals vitals;
    private final Emf emf;
    private final AccessLog access;
    private final Spans spans;
    private final Telemetry telemetry;
    private final AtomicReference<@Nullable Operations> operations = new AtomicReference<>();

    /**
     * Nothing is open yet.
     *
     * @param timeZone in which the clock on the space's wall is
     */
    Observatory(TelemetrySettings settings, ZoneId timeZone) {
        this.settings = settings;
        var clock = Clock.system(timeZone);
        vitals = new Vitals(clock);
        emf = new Emf(clock, vitals, settings.cluster());
        access = new AccessLog(settings.access(), settings.accessOneOf());
        spans = settings.tracesTo().isEmpty() ? Spans.OFF : OtlpSpans.to(settings);
        telemetry = new Telemetry(spans, access, emf, vitals);
    }

    Telemetry telemetry() {
        return telemetry;
    }

    /**
     * Opens the side for operators, beside requests that are served already. On a thread of the operating system: virtual threads
     * share as many of those as there are processors, and a pod has half of one.
     */
    void open(PostgresTokenLedger ledger) {
        access.start();
        Thread.ofPlatform().daemon().name("operations").start(() -> {
            try {
                operations.set(Operations.start(settings, ledger, new ReadinessService(ledger), vitals, telemetry));
            } catch (RuntimeException | Error failure) {
                LOG.log(ERROR, "no metrics and no management", failure);
            }
        });
    }

    /** What the usage line carries beside the usage. */
    Map<String, Object> figures(Optional<DailyUsage> usage, PostgresTokenLedger ledger) {
        if (ledger.readsFrom().filter("tables"::equals).isPresent()) {
            vitals.forgetAudit();
        }
        return emf.fields(usage, ledger.isReachable(), Gauges.rollupLag(ledger, vitals));
    }

    /** Audits that begin when they are started; none where the interval is zero. */
    Upkeep audits(PostgresTokenLedger ledger, Duration interval) {
        return interval.isZero()
                ? new Upkeep("audits", () -> {}, Duration.ofDays(1))
                : new Upkeep("audits", () -> audit(ledger), interval.dividedBy(EARLIER_AT_FIRST), interval);
    }

    private void audit(PostgresTokenLedger ledger) {
        ledger.audit().ifPresent(audit -> {
            var before = vitals.auditDifferences().orElse(0);
            vitals.audited(audit.total());
            if (audit.total() > 0 && before == 0) {
                LOG.log(ERROR, "the roll-ups differ from the tables; the command rebuild makes them anew",
                        new LinkedHashMap<>(Map.of("differences", audit.total())));
            } else if (audit.isClean() && before > 0) {
                LOG.log(INFO, "the roll-ups agree with the tables again");
            }
        });
    }

    @Override
    public void close() {
        access.close();
        var opened = operations.get();
        if (opened != null) {
            opened.close();
        }
        spans.close();
    }
}
