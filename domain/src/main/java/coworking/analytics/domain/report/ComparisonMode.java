package coworking.analytics.domain.report;

/** The period that a report is compared with. {@link ComparisonOffset} says which dates that are. */
public enum ComparisonMode {

    /** None. */
    NONE,

    /** The period right before. */
    PREVIOUS,

    /** The same weekdays a week before. */
    WEEK,

    /** The same days of the month before. */
    MONTH,

    /** The same period a year before. */
    YEAR
}
