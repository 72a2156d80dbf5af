package coworking.analytics.postgres;

/** Where answers are to be read from. */
public enum LedgerMode {

    /** From the roll-ups where they are installed and may be read, else from the tables; looked at anew while the service runs. */
    AUTO,

    /** From the roll-ups; where that is not possible, questions fail. */
    ROLLUP,

    /** From the two tables, row by row, whatever is installed beside them. */
    TABLE
}
