package coworking.analytics.application.port.out;

/**
 * Receives what a ledger asks of its store, to measure it.
 *
 * <p>Called by many threads at once, each for its own queries. Methods return at once and never throw.
 */
public interface LedgerObserver {

    /** Ignores everything. */
    LedgerObserver NO_OP = new LedgerObserver() {};

    /** The query behind {@link TokenLedger#dayCounts()}. */
    String DAY_COUNTS_QUERY = "day tallies";

    /** The query behind {@link TokenLedger#userCounts()}. */
    String USER_COUNTS_QUERY = "user tallies";

    /** The query behind {@link TokenLedger#version()}. */
    String VERSION_QUERY = "version";

    /** The query behind {@link TokenLedger#ensureReadable()}. */
    String READINESS_QUERY = "readiness";

    /** The query that decides what to read from. */
    String SOURCE_QUERY = "choice of the ledger";

    /** The outcome of an attempt to fold the journal into the roll-ups. */
    enum FoldOutcome {

        /** Changes were folded. */
        FOLDED,

        /** The journal was empty. */
        NOTHING,

        /** Another replica was folding, or the database is a standby, which receives what its primary folds. */
        ELSEWHERE,

        /** The database failed. */
        FAILED
    }

    /**
     * A query starts.
     *
     * @param name one of the names above, or any other for a query of a snapshot; a result of many rows is one query per batch
     * @return is told once, on the same thread, how the query ended
     */
    default QueryObservation queryStarted(String name) {
        return isAnswered -> {};
    }

    /** The store became unreachable: the first failure since its last answer. */
    default void databaseLost() {}

    /**
     * The journal was counted.
     *
     * @param rows changes that are not folded yet; 0 without roll-ups
     * @param generation changes with each fold that moved rows, by any replica; 0 without roll-ups
     */
    default void journalMeasured(long rows, long generation) {}

    /**
     * An attempt to fold ended.
     *
     * @param rows changes that were folded
     * @param nanos its duration in nanoseconds
     */
    default void foldEnded(FoldOutcome outcome, long rows, long nanos) {}

    /** A query under way. */
    @FunctionalInterface
    interface QueryObservation {

        /** The query was answered or failed. */
        void end(boolean isAnswered);
    }
}
