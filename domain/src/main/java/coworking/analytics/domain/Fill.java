package coworking.analytics.domain;

/** What a report says of intervals in which nothing happened. */
public enum Fill {

    /** That there was nothing: they have a line with 0. */
    ZERO,

    /** Nothing: they are left out, even where there was something in the time that they would be compared with. */
    NONE
}
