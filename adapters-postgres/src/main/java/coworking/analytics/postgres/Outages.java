package coworking.analytics.postgres;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * What is out of order now, and one log line whenever that changes, however often anybody asks meanwhile.
 *
 * <p>A database that cannot be reached is one outage, whichever question met it. Where it answers but one question fails (a table
 * is missing, say), the outage is that question's.
 */
final class Outages {

    private static final System.Logger LOG = System.getLogger(Outages.class.getName());
    private static final String DATABASE = "database";

    private final AtomicLong answers = new AtomicLong();
    private final Map<String, LongAdder> open = new ConcurrentHashMap<>();
    private final Runnable lost;

    /**
     * Knows of no outage yet.
     *
     * @param lost is run whenever the database is found to be out of reach and was not before
     */
    Outages(Runnable lost) {
        this.lost = lost;
    }

    /** A mark to be taken when a question begins: tells whether the database answered anybody since. */
    long mark() {
        return answers.get();
    }

    boolean isUnreachable() {
        return open.containsKey(DATABASE);
    }

    void failed(String question, Failure failure, long mark) {
        var subject = failure.isUnreachable() && answers.get() == mark ? DATABASE : question;
        if (!failure.isUnreachable()) {
            over(DATABASE); // Who refuses one question answers.
        }
        if (isNew(subject)) {
            LOG.log(WARNING, "{0} unavailable: {1} [{2}]", subject, failure.reason(), failure.detail());
            if (subject.equals(DATABASE)) {
                lost.run();
            }
        }
    }

    private boolean isNew(String subject) {
        var failures = new LongAdder();
        failures.increment();
        var others = open.putIfAbsent(subject, failures);
        if (others != null) {
            others.increment();
        }
        return others == null;
    }

    void answered(String question) {
        answers.incrementAndGet();
        if (!open.isEmpty()) {
            over(DATABASE);
            over(question);
        }
    }

    private void over(String subject) {
        var failures = open.remove(subject);
        if (failures != null) {
            LOG.log(INFO, "{0} available again, failures: {1}", subject, String.valueOf(failures.sum()));
        }
    }
}
