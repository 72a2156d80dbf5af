package coworking.analytics.bootstrap.logging;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;

/** Logs unexpected failures of a repeated task: one line when they begin, and one when they are over. */
public final class FailureLog {

    private final System.Logger log;
    private final String task;
    private final FailureState state = new FailureState();

    /**
     * Starts without a failure.
     *
     * @param task the task's name in the log
     */
    public FailureLog(System.Logger log, String task) {
        this.log = log;
        this.task = task;
    }

    public void failed(Throwable failure) {
        if (state.failed()) {
            log.log(ERROR, task + " failed", failure);
        }
    }

    public void succeeded() {
        state.recovered().ifPresent(
                failures -> log.log(INFO, "{0} succeeds again, failures: {1}", task, String.valueOf(failures)));
    }
}
