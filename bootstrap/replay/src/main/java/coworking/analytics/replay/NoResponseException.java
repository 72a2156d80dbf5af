package coworking.analytics.replay;

/** A service sent no response, or an incomplete one. */
final class NoResponseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String side;
    private final String reason;

    NoResponseException(ServiceUrl service, String reason) {
        super(service.side() + ": " + reason);
        this.side = service.side();
        this.reason = reason;
    }

    /** Why, such as {@code it refuses the connection}. */
    String reason() {
        return reason;
    }

    /** The reason with the side before it. */
    String sideAndReason() {
        return side + ": " + reason;
    }
}
