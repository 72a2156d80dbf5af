package coworking.analytics.application.port.in;

/**
 * The question of whoever decides if callers are sent here: Kubernetes, a load balancer, an operator.
 *
 * <p>Separate from {@link UsageReports} because another actor asks it, far more often, and the answer must cost the same
 * whatever the number of tokens.
 */
public interface Readiness {

    /**
     * Returns where reports can be answered now: the ledger is reached and its tokens are readable. An empty ledger is ready.
     *
     * @throws Unavailable where they cannot, with the reason as its message
     */
    void ensureReady();
}
