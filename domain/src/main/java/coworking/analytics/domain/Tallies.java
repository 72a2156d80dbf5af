package coworking.analytics.domain;

/** What holds for every tally, whatever it is a tally of. */
final class Tallies {

    private Tallies() {}

    static void requireSound(long issued, long used) {
        if (issued < 1 || used < 0 || used > issued) {
            throw new IllegalArgumentException(
                    "A tally needs issued >= 1 and 0 <= used <= issued, but issued is " + issued + " and used is " + used);
        }
    }
}
