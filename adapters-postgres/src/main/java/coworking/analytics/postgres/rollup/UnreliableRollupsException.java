package coworking.analytics.postgres.rollup;

/** The roll-ups cannot be relied on at present; the tables can. */
public final class UnreliableRollupsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String obstacle;

    UnreliableRollupsException(String obstacle) {
        super(obstacle, null, false, false);
        this.obstacle = obstacle;
    }

    /** Why, in a few words. */
    public String obstacle() {
        return obstacle;
    }
}
