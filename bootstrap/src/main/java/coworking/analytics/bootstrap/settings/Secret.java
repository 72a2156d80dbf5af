package coworking.analytics.bootstrap.settings;

import java.util.Optional;

/**
 * A secret value, which logs and messages do not show.
 *
 * @param value the value; empty if it is not set
 */
public record Secret(Optional<String> value) {

    /** Whether it is set. */
    @Override
    public String toString() {
        return value.isPresent() ? "set" : "none";
    }
}
