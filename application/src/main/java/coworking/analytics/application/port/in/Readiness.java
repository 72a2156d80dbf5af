package coworking.analytics.application.port.in;

import coworking.analytics.application.port.UnavailableException;

/**
 * Whether callers may be routed to this process; for Kubernetes, load balancers and operators.
 *
 * <p>Separate from {@link UsageReports} because probes call it far more often, and its cost must not depend on the
 * number of tokens.
 */
public interface Readiness {

    /**
     * Returns if reports can be computed now: the ledger is reachable and its tokens are readable. An empty ledger is ready.
     *
     * @throws UnavailableException if they cannot, with the reason as its message
     */
    void ensureReady();
}
