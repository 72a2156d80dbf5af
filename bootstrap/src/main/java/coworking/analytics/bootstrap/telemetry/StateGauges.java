package coworking.analytics.bootstrap.telemetry;

import coworking.analytics.application.port.out.LedgerOperations;
import coworking.analytics.application.port.out.LedgerSource;
import coworking.analytics.bootstrap.logging.JsonLogHandler;
import coworking.analytics.bootstrap.settings.BuildInfo;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gauges of states, read at each scrape; none queries the database. {@link EventMeters} counts events. */
public final class StateGauges {

    /** Names that Prometheus would misread: nanoseconds are not a base unit, and {@code _count} belongs to histograms. */
    private static final Set<String> EXCLUDED_METERS = Set.of("process.cpu.time", "system.cpu.count");

    private final MeterRegistry registry;
    private final LedgerOperations ledger;
    private @Nullable Gauge ledgerInfo;
    private String ledgerName = "";

    public StateGauges(MeterRegistry registry, LedgerOperations ledger) {
        this.registry = registry;
        this.ledger = ledger;
    }

    /** To be called before any other meter is made. */
    public void bind(LastKnownState lastKnownState, BuildInfo build) {
        registry.config().meterFilter(MeterFilter.deny(id -> EXCLUDED_METERS.contains(id.getName())));
        registerGauge("coworking.database.up", "Whether the database was reachable at the last query", () -> ledger.isReachable() ? 1 : 0);
        registerGauge("coworking.journal.rows", "Changes not folded yet, at the last count", lastKnownState::journalRows);
        registerSecondsGauge("coworking.rollup.lag", "Time since the journal was last seen empty or folded",
                () -> rollupLag(ledger, lastKnownState));
        registerGauge("coworking.audit.differences", "Differences found by the last audit",
                () -> lastKnownState.auditDifferences().isPresent()
                        ? lastKnownState.auditDifferences().getAsLong()
                        : Double.NaN);
        registerSecondsGauge("coworking.audit.last.success.timestamp", "When the last audit ended", lastKnownState::lastAuditAt);
        registerGauge("coworking.visits", "All visits in the last usage log line", lastKnownState::visits);
        registerGauge("coworking.visits.today", "Visits of today (in DB_TIME_ZONE) in the last usage log line",
                lastKnownState::visitsToday);
        registerSecondsGauge("coworking.usage.log.last.success.timestamp", "When the usage log last read the usage",
                lastKnownState::usageReadAt);
        registerGauge("coworking.aot.cache.in.use", "Whether classes are loaded from an AOT cache",
                () -> BuildInfo.isAotCacheInUse() ? 1 : 0);
        Gauge.builder("coworking.build.info", () -> 1).description("The running build").tag("version", build.version())
                .tag("revision", build.revision()).tag("java", Runtime.version().toString()).register(registry);
        registerLogCounter("warn", JsonLogHandler.WARNING_COUNT);
        registerLogCounter("error", JsonLogHandler.ERROR_COUNT);
        bindJvmMeters();
    }

    /** Zero if answers do not come from derived data. */
    public static double rollupLag(LedgerOperations ledger, LastKnownState lastKnownState) {
        return ledger.readsFrom().filter(LedgerSource::isDerived).isPresent() ? lastKnownState.rollupLag() : 0;
    }

    /** An info metric is always 1, so an outdated one is removed. To be called before each scrape. */
    public synchronized void updateLedgerInfo() {
        var name = ledger.readsFrom().map(LedgerSource::metricLabel).orElse("");
        if (name.equals(ledgerName)) {
            return;
        }
        if (ledgerInfo != null) {
            registry.remove(ledgerInfo);
        }
        ledgerInfo = name.isEmpty()
                ? null
                : Gauge.builder("coworking.ledger.info", () -> 1).description("Where answers are read from").tag("ledger", name)
                        .register(registry);
        ledgerName = name;
    }

    private void registerGauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).register(registry);
    }

    private void registerSecondsGauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).baseUnit("seconds").register(registry);
    }

    private void registerLogCounter(String level, LongAdder events) {
        FunctionCounter.builder("coworking.log.events", events, LongAdder::sum).description("Lines logged").tag("level", level)
                .register(registry);
    }

    private void bindJvmMeters() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmGcMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new JvmInfoMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }
}
