package coworking.analytics.application.port;

/**
 * The ledger cannot be read now; a later call may succeed. The driven ports throw it, and the driving ports pass it on as it is.
 *
 * <p>The message gives a reason that is safe to show to callers ("the database does not answer"): no SQL, no address, no password. The
 * store's own exception is the cause; it is for logs inside the service.
 */
public final class UnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;
    private final boolean isTimeout;

    /** Makes an exception with a reason that is safe to show, and the store's own exception as its cause. */
    public UnavailableException(String reason, Throwable cause) {
        this(reason, false, cause);
    }

    /** The same; {@code isTimeout} tells that the query exceeded its time limit, so that a narrower one may succeed. */
    public UnavailableException(String reason, boolean isTimeout, Throwable cause) {
        super(reason, cause);
        this.reason = reason;
        this.isTimeout = isTimeout;
    }

    /** Why, in words that are safe to show to callers. */
    public String reason() {
        return reason;
    }

    /** Whether the query exceeded its time limit; otherwise it was not answered at all. */
    public boolean isTimeout() {
        return isTimeout;
    }
}
