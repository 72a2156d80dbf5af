package coworking.analytics.bootstrap;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private static final Pattern HTTP = Pattern.compile("https?://[^\\s/?#@]+(/[^\\s?#]*)?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,99}");
    private static final Pattern SHARE = Pattern.compile("0|1|[01]\\.0+|0?\\.\\d{1,9}");

    private static final Pattern TOKEN = Pattern.compile("(?=.{16,256}$)[A-Za-z0-9._~+/-]+=*");

    private final Map<String, String> variables;
    private final List<String> faults = new ArrayList<>();

    Environment(Map<String, String> variables) {
        this.variables = variables;
    }

    String text(String name, String fallback) {
        var value = variables.getOrDefault(name, fallback);
        return value.isBlank() ? fault(name + " is empty: set it, or leave it out for " + fallback, fallback) : value;
    }

    /** A name that everything takes: CloudWatch passes over metrics with any other for a dimension, without a word. */
    String name(String name, String fallback) {
        var value = text(name, fallback);
        return NAME.matcher(value).matches()
                ? value
                : fault(name + " is '" + value + "', but must be up to 100 letters, digits, dots, dashes and underscores", fallback);
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

    /** What bearer tokens are made of (RFC 6750), not to be guessed, and never in a fault; none where it is left out or empty. */
    Secret tokenOrNone(String name) {
        var value = textOrNone(name);
        if (!value.isEmpty() && !TOKEN.matcher(value).matches()) {
            return fault(name + " is not a token: it must be of 16 to 256 letters, digits and . _ ~ + / -, with = at its end alone",
                    new Secret(Optional.empty()));
        }
        return new Secret(Optional.of(value).filter(token -> !token.isEmpty()));
    }

    /** A time zone by its IANA name. */
    ZoneId timeZone(String name, String fallback) {
        var value = variables.getOrDefault(name, fallback);
        return ZoneId.getAvailableZoneIds().contains(value)
                ? ZoneId.of(value)
                : fault(name + " is '" + value + "', but must be the IANA name of a time zone, like Europe/Berlin", ZoneId.of(fallback));
    }

    String oneOf(String name, String fallback, Set<String> allowed) {
        var value = variables.getOrDefault(name, fallback);
        return allowed.contains(value)
                ? value
                : fault(name + " is '" + value + "', but must be one of " + String.join(", ", allowed), fallback);
    }

    /** A text that may be left out or empty, which is the same. */
    String textOrNone(String name) {
        return variables.getOrDefault(name, "").strip();
    }

    /** An URL for HTTP, or the empty text where there is none. */
    String urlOrNone(String name) {
        var value = textOrNone(name);
        return value.isEmpty() || HTTP.matcher(value).matches()
                ? value
                : fault(name + " is '" + value + "', but must be an URL like http://host:4318", "");
    }

    /** A port; 0 where it is set to that or to the empty text. */
    int portOrNone(String name, int fallback) {
        return "".equals(variables.get(name)) ? 0 : number(name, fallback, 0, 65_535);
    }

    double share(String name, double fallback) {
        var value = variables.get(name);
        if (value == null) {
            return fallback;
        }
        return SHARE.matcher(value.strip()).matches()
                ? Double.parseDouble(value.strip())
                : fault(name + " is '" + value + "', but must be a number from 0 to 1, like 0.05", fallback);
    }

    Duration hours(String name, int fallback, int least, int most) {
        return Duration.ofHours(number(name, fallback, least, most));
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
