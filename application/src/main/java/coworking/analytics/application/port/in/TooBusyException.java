package coworking.analytics.application.port.in;

import coworking.analytics.application.port.UnavailableException;

/**
 * Too many calls are running, so this one was rejected before it began. A later call may succeed.
 *
 * <p>Unlike {@code UnavailableException} it does not mean that the ledger cannot be read.
 */
public final class TooBusyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Makes an exception whose message says nothing about other callers. */
    public TooBusyException() {
        super("too many questions are being answered already");
    }
}
