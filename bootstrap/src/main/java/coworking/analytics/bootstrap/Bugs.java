package coworking.analytics.bootstrap;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;

/** Failures, which nobody expected, of what is done again and again: one line when that begins, and one when it is over. Of one thread. */
final class Bugs {

    private final System.Logger log;
    private final String task;
    private long failures;

    /**
     * Knows of none yet.
     *
     * @param task what the log calls that which is done
     */
    Bugs(System.Logger log, String task) {
        this.log = log;
        this.task = task;
    }

    void failed(Throwable bug) {
        failures++;
        if (failures == 1) {
            log.log(ERROR, task + " failed", bug);
        }
    }

    void succeeded() {
        if (failures > 0) {
            log.log(INFO, "{0} succeeds again, failures: {1}", task, String.valueOf(failures));
            failures = 0;
        }
    }
}
