package coworking.analytics.application.port.out;

/**
 * Receives events about how the original reports are answered, for metrics and traces. From the outside, a cached report cannot be told from
 * a computed one.
 *
 * <p>Methods are called by many threads at once, each on the thread of the caller that is answered, while it waits. So they return at once
 * and never throw.
 */
public interface ReportObserver {

    /** Ignores all events. */
    ReportObserver NO_OP = new ReportObserver() {};

    /** The original reports. */
    enum OriginalReport {
        DAILY_USAGE, USER_VISITS
    }

    /** Where the answer to one caller came from. */
    enum AnswerSource {

        /** From the cache: the store's version is unchanged since the report was computed. */
        MEMORY,

        /** Computed on the thread of another caller. */
        SHARED,

        /** Computed on the caller's own thread. */
        COMPUTED,

        /** None: the ledger could not be read. */
        FAILED
    }

    /** A caller received an answer, or an exception. */
    default void answered(OriginalReport report, AnswerSource source) {}

    /** The ledger returned its version. */
    default void versionChecked(OriginalReport report) {}

    /**
     * A caller begins to wait for a read on another thread.
     *
     * @return run once, on the same thread, when the wait is over
     */
    default Runnable waitStarted(OriginalReport report) {
        return () -> {};
    }
}
