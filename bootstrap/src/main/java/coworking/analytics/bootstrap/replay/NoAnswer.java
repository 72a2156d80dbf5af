package coworking.analytics.bootstrap.replay;

/** One of the two gave no answer, or not the whole of it. */
final class NoAnswer extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String side;
    private final String reason;

    NoAnswer(Site site, String reason) {
        super(site.side() + ": " + reason);
        this.side = site.side();
        this.reason = reason;
    }

    /** What it did instead, as in {@code it refuses the connection}. */
    String reason() {
        return reason;
    }

    /** The same with the side before it. */
    String sideAndReason() {
        return side + ": " + reason;
    }
}
