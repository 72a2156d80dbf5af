package coworking.analytics.bootstrap.telemetry;

import static java.lang.System.Logger.Level.INFO;

import coworking.analytics.application.port.in.UsageReports;
import coworking.analytics.bootstrap.logging.FailureLog;
import coworking.analytics.bootstrap.logging.LoggerNames;
import coworking.analytics.bootstrap.schedule.PeriodicTask;
import coworking.analytics.domain.report.DailyUsage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A driving adapter without a caller: logs the daily usage at a fixed interval, one line each time. */
public final class DailyUsageLog implements AutoCloseable {

    /** The number of days that a person still reads in one line; the totals cover all days. */
    static final int MAX_DAYS = 31;

    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(5);

    private static final System.Logger LOG = System.getLogger(LoggerNames.DAILY_USAGE);

    private final UsageReports reports;
    private final Function<Optional<DailyUsage>, Map<String, Object>> additionalFields;
    private final PeriodicTask task;

    /**
     * Makes a log that has not started.
     *
     * @param additionalFields further fields of a line, given the usage in it, or empty if that could not be read
     */
    public DailyUsageLog(
            UsageReports reports, Function<Optional<DailyUsage>, Map<String, Object>> additionalFields, Duration interval) {
        this.reports = reports;
        this.additionalFields = additionalFields;
        // A line under way may finish: requests may wait for the same read.
        task = new PeriodicTask("usage-log", new FailureLog(LOG, "daily usage"), this::readAndLog, interval, interval, SHUTDOWN_TIMEOUT);
    }

    public void start() {
        task.start();
    }

    /** The figures beside the usage matter most when the usage cannot be read. */
    private void readAndLog() {
        DailyUsage usage;
        try {
            usage = reports.dailyUsage();
        } catch (RuntimeException | Error failure) {
            log(Optional.empty());
            throw failure;
        }
        log(Optional.of(usage));
    }

    private void log(Optional<DailyUsage> usage) {
        var fields = usage.map(DailyUsageLog::fields).orElseGet(LinkedHashMap::new);
        fields.putAll(additionalFields.apply(usage));
        LOG.log(INFO, usage.isPresent() ? "daily usage" : "no daily usage", fields);
    }

    static Map<String, Object> fields(DailyUsage usage) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("total_visits", usage.total());
        fields.put("total_days", usage.visits().size());
        fields.put("visits", usage.newest(MAX_DAYS).visits());
        return fields;
    }

    @Override
    public void close() {
        task.close();
    }
}
