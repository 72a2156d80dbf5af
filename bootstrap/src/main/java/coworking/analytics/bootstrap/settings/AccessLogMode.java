package coworking.analytics.bootstrap.settings;

/** Which requests the access log shows one by one. */
public enum AccessLogMode {

    /** None, and no summaries either. */
    OFF,

    /** The first failed request of a route; summaries cover the rest. */
    ERRORS,

    /** One request in so many, beside what {@code ERRORS} logs. */
    SAMPLED,

    /** Every request; no summaries. */
    ALL
}
