package coworking.analytics.bootstrap;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Environment variables, read one after the other. A wrong one is remembered and stands for its default until {@link #complain},
 * so that whoever set several wrong learns of all at once.
 */
final class Environment {

    private static final Pattern NO_HOST = Pattern.compile("[/?#@\\s]");

    private final Map<String, String> variables;
    private final List<String> faults = new ArrayList<>();

    Environment(Map<String, String> variables) {
        this.variables = variables;
    }

    String text(String name, String fallback) {
        var value = variables.getOrDefault(name, fallback);
        return value.isBlank() ? fault(name + " is empty: set it, or leave it out for " + fallback, fallback) : value;
    }

    /** A name or an address alone: the driver would take a port or a path in it for something else. */
    String host(String name, String fallback) {
        var value = text(name, fallback);
        var hasPort = value.indexOf(':') >= 0 && value.indexOf(':') == value.lastIndexOf(':');
        return hasPort || NO_HOST.matcher(value).find()
                ? fault(name + " is '" + value + "', but must be a host name or an address, without a port or a path", fallback)
                : value;
    }

    /** The first of two that is there and not empty. */
    String eitherOf(String name, String otherName) {
        var value = variables.getOrDefault(name, "");
        var either = value.isBlank() ? variables.getOrDefault(otherName, "") : value;
        return either.isBlank() ? fault(name + " (or " + otherName + ") is missing", "") : either;
    }

    /** A value that may be empty, may not be absent, and never appears in a fault. */
    String secret(String name) {
        var value = variables.get(name);
        return value == null ? fault(name + " is missing: where there is none, set it to the empty text", "") : value;
    }

    String oneOf(String name, String fallback, Set<String> allowed) {
        var value = variables.getOrDefault(name, fallback);
        return allowed.contains(value)
                ? value
                : fault(name + " is '" + value + "', but must be one of " + String.join(", ", allowed), fallback);
    }

    Duration seconds(String name, int fallback, int least, int most) {
        return Duration.ofSeconds(number(name, fallback, least, most));
    }

    int number(String name, int fallback, int least, int most) {
        var value = variables.get(name);
        if (value == null) {
            return fallback;
        }
        var number = parsed(value.strip());
        return number != null && number >= least && number <= most
                ? number
                : fault(name + " is '" + value + "', but must be a whole number from " + least + " to " + most, fallback);
    }

    private static @Nullable Integer parsed(String value) {
        try {
            return Integer.valueOf(value);
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    private <T> T fault(String fault, T standIn) {
        faults.add(fault);
        return standIn;
    }

    /** Ends the reading. */
    void complain() {
        if (!faults.isEmpty()) {
            throw new Settings.Faulty(IntStream.range(0, faults.size())
                    .mapToObj(i -> "  " + (i + 1) + ". " + faults.get(i))
                    .collect(joining("\n", "The settings in the environment are wrong:\n", "")));
        }
    }
}
