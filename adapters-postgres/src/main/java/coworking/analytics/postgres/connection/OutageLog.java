package coworking.analytics.postgres.connection;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * The current outages. It logs one line at the beginning of an outage and one at its end, however many queries fail meanwhile.
 *
 * <p>A database that cannot be reached is one outage for all queries. If the database answers but one query fails, because a table is
 * missing for instance, the outage is of that query only.
 */
final class OutageLog {

    private static final System.Logger LOG = System.getLogger(OutageLog.class.getName());
    private static final String DATABASE = "database";

    private final AtomicLong answerCount = new AtomicLong();
    private final Map<String, LongAdder> openOutages = new ConcurrentHashMap<>();
    private final Runnable onDatabaseLost;

    /**
     * Makes a log without any outage.
     *
     * @param onDatabaseLost runs at the beginning of each outage of the database
     */
    OutageLog(Runnable onDatabaseLost) {
        this.onDatabaseLost = onDatabaseLost;
    }

    /** The mark that a query takes when it begins, which tells whether the database has answered any query since. */
    long mark() {
        return answerCount.get();
    }

    boolean isUnreachable() {
        return openOutages.containsKey(DATABASE);
    }

    void recordFailure(String queryName, DatabaseError failure, long mark) {
        var subject = failure.isUnreachable() && answerCount.get() == mark ? DATABASE : queryName;
        if (!failure.isUnreachable()) {
            endOutage(DATABASE); // A refusal is an answer.
        }
        if (isFirstFailure(subject)) {
            LOG.log(WARNING, "{0} unavailable: {1} [{2}]", subject, failure.reason(), failure.detail());
            if (subject.equals(DATABASE)) {
                onDatabaseLost.run();
            }
        }
    }

    private boolean isFirstFailure(String subject) {
        var failures = new LongAdder();
        failures.increment();
        var earlier = openOutages.putIfAbsent(subject, failures);
        if (earlier != null) {
            earlier.increment();
        }
        return earlier == null;
    }

    void recordAnswer(String queryName) {
        answerCount.incrementAndGet();
        if (!openOutages.isEmpty()) {
            endOutage(DATABASE);
            endOutage(queryName);
        }
    }

    private void endOutage(String subject) {
        var failures = openOutages.remove(subject);
        if (failures != null) {
            LOG.log(INFO, "{0} available again, failures: {1}", subject, String.valueOf(failures.sum()));
        }
    }
}
