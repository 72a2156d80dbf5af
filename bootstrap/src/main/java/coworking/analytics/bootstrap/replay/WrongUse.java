package coworking.analytics.bootstrap.replay;

/** The command was not given what it needs; the message says what is wrong, and never repeats an URL. */
final class WrongUse extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WrongUse(String message) {
        super(message);
    }
}
