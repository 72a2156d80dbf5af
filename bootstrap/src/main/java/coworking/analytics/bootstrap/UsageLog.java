package coworking.analytics.bootstrap;

import static java.lang.System.Logger.Level.INFO;

import coworking.analytics.application.port.in.Unavailable;
import coworking.analytics.application.port.in.UsageReports;
import coworking.analytics.domain.DailyUsage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A driving adapter without a caller: logs the daily usage at a fixed interval, one line each time. */
final class UsageLog implements AutoCloseable {

    /** As many days as fit a line that a person still reads; the totals speak for the rest. */
    static final int DAYS = 31;

    private static final int PATIENCE_SECONDS = 5;

    static final String LOGGER = "daily_usage";

    private static final System.Logger LOG = System.getLogger(LOGGER);

    private final UsageReports reports;
    private final Function<Optional<DailyUsage>, Map<String, Object>> figures;
    private final Duration interval;
    private final Bugs bugs = new Bugs(LOG, "daily usage");
    private final ScheduledExecutorService clock = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("usage-log").factory());

    /**
     * Makes a log that says nothing yet.
     *
     * @param figures further fields of each line, given the usage that it tells, or that there was none to be had
     */
    UsageLog(UsageReports reports, Function<Optional<DailyUsage>, Map<String, Object>> figures, Duration interval) {
        this.reports = reports;
        this.figures = figures;
        this.interval = interval;
    }

    void start() {
        var _ = clock.scheduleWithFixedDelay(this::log, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Thrown on, a failure would end the schedule, and with it all that CloudWatch is told. */
    private void log() {
        try {
            tell(usage());
        } catch (RuntimeException | Error bug) {
            bugs.failed(bug);
        }
    }

    /** Empty where there is none to be had: the figures beside it are wanted most of all then. */
    private Optional<DailyUsage> usage() {
        try {
            var usage = Optional.of(reports.dailyUsage());
            bugs.succeeded();
            return usage;
        } catch (Unavailable known) {
            // Why, the ledger said when it began.
            return Optional.empty();
        } catch (RuntimeException | Error bug) {
            bugs.failed(bug);
            return Optional.empty();
        }
    }

    private void tell(Optional<DailyUsage> usage) {
        var fields = usage.map(UsageLog::fields).orElseGet(LinkedHashMap::new);
        fields.putAll(figures.apply(usage));
        LOG.log(INFO, usage.isPresent() ? "daily usage" : "no daily usage", fields);
    }

    static Map<String, Object> fields(DailyUsage usage) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("total_visits", usage.total());
        fields.put("total_days", usage.visits().size());
        fields.put("visits", usage.newest(DAYS).visits());
        return fields;
    }

    /** Lets a line that is being made be made: callers may share the read behind it. */
    @Override
    public void close() {
        clock.shutdown();
        try {
            var _ = clock.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
