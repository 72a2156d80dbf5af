package coworking.analytics.domain.report;

/** A number that can be computed per day. */
public enum UsageMetric {

    /** Used tokens, for the day of their creation. */
    USED(MetricDefinition.USED_TOKENS),

    /** All tokens, for the day of their creation. */
    ISSUED(MetricDefinition.ISSUED_TOKENS),

    /** Different users with a used token, for the day of its creation. */
    MEMBERS(MetricDefinition.VISITING_MEMBERS);

    private final MetricDefinition definition;

    UsageMetric(MetricDefinition definition) {
        this.definition = definition;
    }

    /** What it means. */
    public MetricDefinition definition() {
        return definition;
    }
}
