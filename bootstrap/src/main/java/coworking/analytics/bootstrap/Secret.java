package coworking.analytics.bootstrap;

import java.util.Optional;

/**
 * Something that may be used and not shown.
 *
 * @param value empty where there is none
 */
record Secret(Optional<String> value) {

    /** Whether there is one. */
    @Override
    public String toString() {
        return value.isPresent() ? "set" : "none";
    }
}
