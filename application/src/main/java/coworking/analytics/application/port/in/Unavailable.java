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
    private final boolean isTooSlow;

    /** Makes a failure with its reason, which callers may see, and its cause, which they may not. */
    public Unavailable(String reason, Throwable cause) {
        this(reason, false, cause);
    }

    /** The same; tells whether the question took longer than it may, so that a narrower one may be answered. */
    public Unavailable(String reason, boolean isTooSlow, Throwable cause) {
        super(reason, cause);
        this.reason = reason;
        this.isTooSlow = isTooSlow;
    }

    /** Why, in words that anybody may read. */
    public String reason() {
        return reason;
    }

    /** Whether the question took longer than it may, as against not being answered at all. */
    public boolean isTooSlow() {
        return isTooSlow;
    }
}
