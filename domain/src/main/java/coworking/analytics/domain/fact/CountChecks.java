package coworking.analytics.domain.fact;

/** The checks of all counts. */
final class CountChecks {

    private CountChecks() {}

    static void requireValid(long issued, long used) {
        if (issued < 1 || used < 0 || used > issued) {
            throw new IllegalArgumentException(
                    "Counts need issued >= 1 and 0 <= used <= issued, but issued is " + issued + " and used is " + used);
        }
    }
}
