package coworking.analytics.bootstrap;

import org.jspecify.annotations.Nullable;

/** A command of the store failed; the message says why, and what to do. */
final class StoreCommandException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StoreCommandException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
