package coworking.analytics.bootstrap;

import coworking.analytics.postgres.PostgresTokenLedger;
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

/** What is now, read when somebody asks; those of what happens are {@link Meters}. No gauge asks the database. */
final class Gauges {

    /** To Prometheus nanoseconds are no unit, and a count is a part of a histogram. */
    private static final Set<String> MISNAMED = Set.of("process.cpu.time", "system.cpu.count");

    private final MeterRegistry registry;
    private final PostgresTokenLedger ledger;
    private @Nullable Gauge source;
    private String sourceName = "";

    Gauges(MeterRegistry registry, PostgresTokenLedger ledger) {
        this.registry = registry;
        this.ledger = ledger;
    }

    /** To be called before there is any other meter. */
    void bind(Vitals vitals, Build build) {
        registry.config().meterFilter(MeterFilter.deny(id -> MISNAMED.contains(id.getName())));
        of("coworking.database.up", "Whether the database was there when it was last asked", () -> ledger.isReachable() ? 1 : 0);
        of("coworking.journal.rows", "Changes that were not folded yet when they were last counted", vitals::journalRows);
        seconds("coworking.rollup.lag", "Time since the journal was last seen empty or folded", () -> rollupLag(ledger, vitals));
        of("coworking.audit.differences", "Differences that the last audit found", () -> vitals.auditDifferences().isPresent()
                ? vitals.auditDifferences().getAsLong()
                : Double.NaN);
        seconds("coworking.audit.last.success.timestamp", "When the last audit ended", vitals::audited);
        of("coworking.visits", "All visits, as the usage log last saw them", vitals::visits);
        of("coworking.visits.today", "Visits of today, a day of APP_TIME_ZONE, as the usage log last saw them", vitals::visitsToday);
        seconds("coworking.usage.log.last.success.timestamp", "When the usage log last had an answer", vitals::usageRead);
        of("coworking.aot.cache.in.use", "Whether classes came from an AOT cache", () -> Build.isAotCacheInUse() ? 1 : 0);
        Gauge.builder("coworking.build.info", () -> 1).description("What runs here").tag("version", build.version())
                .tag("revision", build.revision()).tag("java", Runtime.version().toString()).register(registry);
        logged("warn", JsonLog.WARNINGS);
        logged("error", JsonLog.ERRORS);
        jvm();
    }

    /** Zero where answers do not come from roll-ups. */
    static double rollupLag(PostgresTokenLedger ledger, Vitals vitals) {
        return ledger.readsFrom().filter("roll-ups"::equals).isPresent() ? vitals.rollupLag() : 0;
    }

    /** An info metric is always 1, so the one that does not hold any more is taken away. To be called before each look. */
    synchronized void showLedger() {
        var name = ledger.readsFrom().map(from -> from.equals("roll-ups") ? "rolled-up" : "plain").orElse("");
        if (name.equals(sourceName)) {
            return;
        }
        if (source != null) {
            registry.remove(source);
        }
        source = name.isEmpty()
                ? null
                : Gauge.builder("coworking.ledger.info", () -> 1).description("Where answers are read from").tag("ledger", name)
                        .register(registry);
        sourceName = name;
    }

    private void of(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).register(registry);
    }

    private void seconds(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).baseUnit("seconds").register(registry);
    }

    private void logged(String level, LongAdder events) {
        FunctionCounter.builder("coworking.log.events", events, LongAdder::sum).description("Lines logged").tag("level", level)
                .register(registry);
    }

    private void jvm() {
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
