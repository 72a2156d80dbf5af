package coworking.analytics.application.port.out;

/**
 * The ledger cannot be read now.
 *
 * <p>The message is a reason that anybody may read ("the database does not answer"): no SQL, no address, no password. Whatever
 * the store's driver said is the cause.
 */
public final class LedgerUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;
    private final boolean isTooSlow;

    /** Makes a failure with a reason that is safe to show and the driver's own failure as its cause. */
    public LedgerUnavailable(String reason, Throwable cause) {
        this(reason, false, cause);
    }

    /** The same; tells whether the question took longer than it may, so that a narrower one may be answered. */
    public LedgerUnavailable(String reason, boolean isTooSlow, Throwable cause) {
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
