package coworking.analytics.replay;

/** The arguments are wrong; the message says how, and never repeats a URL. */
final class InvalidArgumentsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidArgumentsException(String message) {
        super(message);
    }
}
