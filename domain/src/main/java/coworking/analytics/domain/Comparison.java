package coworking.analytics.domain;

/** With what a report is compared. */
public enum Comparison {

    /** With nothing. */
    NONE,

    /** With the time right before. */
    PREVIOUS,

    /** With the same time a year before. */
    YEAR
}
