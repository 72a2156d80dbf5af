package coworking.analytics.domain.report;

/** How a report treats intervals without tokens. */
public enum GapFill {

    /** They have a row with 0. */
    ZERO,

    /** They are left out, even if their comparison period has tokens. */
    NONE
}
