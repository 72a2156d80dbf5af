package coworking.analytics.bootstrap.settings;

/** Settings are wrong; the message numbers all faults and says what is allowed. */
public final class InvalidSettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidSettingsException(String message) {
        super(message);
    }
}
