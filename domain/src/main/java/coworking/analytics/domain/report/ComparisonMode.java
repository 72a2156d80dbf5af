package coworking.analytics.domain.report;

/** The period that a report is compared with. */
public enum ComparisonMode {

    /** None. */
    NONE,

    /** The period right before. */
    PREVIOUS,

    /** The same period a year before. */
    YEAR
}
