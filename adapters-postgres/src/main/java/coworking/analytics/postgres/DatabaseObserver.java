package coworking.analytics.postgres;

/**
 * Is told what is asked of the database and how that went, for whoever measures it.
 *
 * <p>Called by many threads at once, by each for its own questions. It returns at once and never throws.
 */
public interface DatabaseObserver {

    /** Listens to nothing. */
    DatabaseObserver NOBODY = new DatabaseObserver() {};

    /** How an attempt to fold the journal into the roll-ups ended. */
    enum Folding {

        /** Changes were moved. */
        FOLDED,

        /** There were none. */
        NOTHING,

        /** Another replica was at it, or the database is a standby, which is given what its primary folds. */
        ELSEWHERE,

        /** The database did not do it. */
        FAILED
    }

    /**
     * A question begins.
     *
     * @param question "day tallies", "user tallies", "version", "readiness", "choice of the ledger", "conversation" for the beginning of one,
     *        or what is asked in one, as in "visitors"; an answer of many rows is a question for every thousand
     * @return what is told, once and on the same thread, how it ended
     */
    default Ending asking(String question) {
        return isAnswered -> {};
    }

    /** The database was seen to be out of reach, for the first time since it last answered. */
    default void lost() {}

    /**
     * The journal was counted.
     *
     * @param rows changes that are not folded yet; none where there are no roll-ups
     * @param generation another number after each fold that moved any, whoever folded; 0 where there are no roll-ups
     */
    default void counted(long rows, long generation) {}

    /**
     * An attempt to fold is over.
     *
     * @param rows changes that were moved
     * @param nanos how long it took, in nanoseconds
     */
    default void folded(Folding how, long rows, long nanos) {}

    /** What a question ends in. */
    @FunctionalInterface
    interface Ending {

        /** The question is over; it was answered or failed. */
        void ended(boolean isAnswered);
    }
}
