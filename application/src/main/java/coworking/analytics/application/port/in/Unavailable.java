package coworking.analytics.application.port.in;

/**
 * The question cannot be answered now; asked again later, it may be.
 *
 * <p>The message says why in words an operator understands and anybody may read: no SQL, no address, no password. The cause is
 * for logs inside the service.
 */
public final class Unavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    /** Makes a failure with its reason, which callers may see, and its cause, which they may not. */
    public Unavailable(String reason, Throwable cause) {
        super(reason, cause);
        this.reason = reason;
    }

    /** Why, in words that anybody may read. */
    public String reason() {
        return reason;
    }
}
