package coworking.analytics.bootstrap.telemetry;

import static java.util.Objects.requireNonNull;

import coworking.analytics.application.port.out.ReportObserver.AnswerSource;
import coworking.analytics.bootstrap.logging.FailureState;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAccumulator;
import org.jspecify.annotations.Nullable;

/** What the access log reports of one route at the end of each interval. */
final class RouteSummary {

    private static final int SERVER_ERROR = 500;

    private final LongAccumulator maxNanos = new LongAccumulator(Math::max, 0);
    private final FailureState failure = new FailureState();
    private @Nullable RequestTotals reported;
    private boolean failedInLastInterval;

    /** Returns whether this request is the first that failed since the route last worked. */
    boolean record(int status, long nanos) {
        maxNanos.accumulate(nanos);
        return status >= SERVER_ERROR && failure.failed();
    }

    /** The fields of the line for the interval that ends now; empty if it had no request. For one thread at a time. */
    Map<String, Object> takeFields(RequestTotals totals) {
        var interval = reported == null ? totals : totals.minus(reported);
        reported = totals;
        failedInLastInterval = interval.serverErrors() > 0;
        var requests = interval.requests();
        if (requests == 0) {
            return Map.of();
        }
        var fields = new LinkedHashMap<String, Object>();
        for (int i = 1; i < RequestTotals.STATUS_CLASSES; i++) {
            putIfPositive("status_" + i + "xx", interval.byStatusClass().get(i), fields);
        }
        fields.put("requests", requests);
        fields.put("bytes", interval.bytes());
        fields.put("worst_ms", AccessLog.toMillis(maxNanos.getThenReset()));
        fields.put("mean_ms", AccessLog.toMillis(interval.nanos() / requests));
        fields.put("database_ms", AccessLog.toMillis(interval.databaseNanos()));
        for (var source : AnswerSource.values()) {
            putIfPositive(source.name().toLowerCase(Locale.ROOT), requireNonNull(interval.bySource().get(source)), fields);
        }
        return fields;
    }

    private static void putIfPositive(String name, long count, Map<String, Object> fields) {
        if (count > 0) {
            fields.put(name, count);
        }
    }

    /** The number of failures before the last interval, which had none; empty if the route worked before, or still fails. */
    OptionalLong takeRecovery() {
        return failedInLastInterval ? OptionalLong.empty() : failure.recovered();
    }
}
