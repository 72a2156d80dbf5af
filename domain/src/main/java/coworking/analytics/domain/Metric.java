package coworking.analytics.domain;

/** What can be counted day by day. */
public enum Metric {

    /** Used tokens, for the day of their creation. */
    USED(MetricDefinition.USED_TOKENS),

    /** All tokens, for the day of their creation. */
    ISSUED(MetricDefinition.ISSUED_TOKENS),

    /** Different users with a used token, for the day of its creation. */
    MEMBERS(MetricDefinition.VISITING_MEMBERS);

    private final MetricDefinition definition;

    Metric(MetricDefinition definition) {
        this.definition = definition;
    }

    /** What it means. */
    public MetricDefinition definition() {
        return definition;
    }
}
