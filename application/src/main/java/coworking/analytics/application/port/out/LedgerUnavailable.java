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

    /** Makes a failure with a reason that is safe to show and the driver's own failure as its cause. */
    public LedgerUnavailable(String reason, Throwable cause) {
        super(reason, cause);
        this.reason = reason;
    }

    /** Why, in words that anybody may read. */
    public String reason() {
        return reason;
    }
}
