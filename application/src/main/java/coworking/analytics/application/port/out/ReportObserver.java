package coworking.analytics.application.port.out;

/**
 * Is told how answers to reports come about, for whoever measures that: without it nobody outside could tell an answer from memory
 * from one that was computed.
 *
 * <p>Called by many threads at once, each time on the thread of the caller whom it concerns, in the middle of what it is told of. So
 * it returns at once and never throws.
 */
public interface ReportObserver {

    /** Listens to nothing. */
    ReportObserver NOBODY = new ReportObserver() {};

    /** What can be asked for. */
    enum Report {
        DAILY_USAGE, USER_VISITS
    }

    /** Where the answer that one caller was given came from. */
    enum Source {

        /** A question of the store showed that an earlier answer still stands. */
        MEMORY,

        /** Another caller's thread computed it. */
        SHARED,

        /** The caller's own thread computed it. */
        COMPUTED,

        /** There was none: the ledger could not be read. */
        FAILED
    }

    /** A caller is answered, or told that there is no answer. */
    default void answered(Report report, Source source) {}

    /** The ledger was asked for its version and told it. */
    default void checked(Report report) {}

    /**
     * A caller begins to wait for a read that another thread runs.
     *
     * @return what is run once, on the same thread, when the wait is over
     */
    default Runnable waiting(Report report) {
        return () -> {};
    }
}
