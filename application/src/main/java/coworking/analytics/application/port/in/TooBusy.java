package coworking.analytics.application.port.in;

/**
 * So many others ask that this question was not even begun. Asked again in a while, it may be.
 *
 * <p>Unlike {@link Unavailable} it says nothing of the ledger, which is at work.
 */
public final class TooBusy extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Says that, and nothing of who the others are. */
    public TooBusy() {
        super("too many questions are being answered already");
    }
}
