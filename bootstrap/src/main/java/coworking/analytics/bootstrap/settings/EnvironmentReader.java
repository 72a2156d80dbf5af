package coworking.analytics.bootstrap.settings;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads environment variables one after the other. A wrong value is remembered and replaced by its default until
 * {@link #throwIfInvalid}, so that one message reports all faults.
 */
public final class EnvironmentReader {

    private static final Pattern NOT_IN_HOST = Pattern.compile("[/?#@\\s]");

    private static final Pattern HTTP_URL = Pattern.compile("https?://[^\\s/?#@]+(/[^\\s?#]*)?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,99}");
    private static final Pattern RATIO = Pattern.compile("0|1|[01]\\.0+|0?\\.\\d{1,9}");

    private static final Pattern BEARER_TOKEN = Pattern.compile("(?=.{16,256}$)[A-Za-z0-9._~+/-]+=*");

    private final Map<String, String> variables;
    private final List<String> faults = new ArrayList<>();

    /** Reads from the given variables. */
    public EnvironmentReader(Map<String, String> variables) {
        this.variables = variables;
    }

    /** A text that is not blank. */
    public String text(String name, String fallback) {
        var value = variables.getOrDefault(name, fallback);
        return value.isBlank() ? addFault(name + " is empty: set it, or leave it out for " + fallback, fallback) : value;
    }

    /** A name that is valid in every backend: CloudWatch silently drops metrics whose dimension has another. */
    String name(String name, String fallback) {
        var value = text(name, fallback);
        return NAME.matcher(value).matches()
                ? value
                : addFault(name + " is '" + value + "', but must be up to 100 letters, digits, dots, dashes and underscores", fallback);
    }

    /** A host name or an address: the driver would misread a port or a path in it. */
    public String host(String name, String fallback) {
        var value = text(name, fallback);
        var hasPort = value.indexOf(':') >= 0 && value.indexOf(':') == value.lastIndexOf(':');
        return hasPort || NOT_IN_HOST.matcher(value).find()
                ? addFault(name + " is '" + value + "', but must be a host name or an address, without a port or a path", fallback)
                : value;
    }

    /** The first of two variables that is set and not empty. */
    public String firstNonBlank(String name, String otherName) {
        var value = variables.getOrDefault(name, "");
        var either = value.isBlank() ? variables.getOrDefault(otherName, "") : value;
        return either.isBlank() ? addFault(name + " (or " + otherName + ") is missing", "") : either;
    }

    /** A value that may be empty but not absent; no fault shows it. */
    public String secret(String name) {
        var value = variables.get(name);
        return value == null ? addFault(name + " is missing: if there is none, set it to the empty text", "") : value;
    }

    /** A bearer token (RFC 6750), long enough not to be guessed; absent if the variable is empty or not set. No fault shows it. */
    public Secret optionalToken(String name) {
        var value = optionalText(name);
        if (!value.isEmpty() && !BEARER_TOKEN.matcher(value).matches()) {
            return addFault(name + " is not a token: it must be of 16 to 256 letters, digits and . _ ~ + / -, with = at its end alone",
                    new Secret(Optional.empty()));
        }
        return new Secret(Optional.of(value).filter(token -> !token.isEmpty()));
    }

    /** A time zone by its IANA name. */
    public ZoneId timeZone(String name, String fallback) {
        var value = variables.getOrDefault(name, fallback);
        return ZoneId.getAvailableZoneIds().contains(value)
                ? ZoneId.of(value)
                : addFault(name + " is '" + value + "', but must be the IANA name of a time zone, like Europe/Berlin", ZoneId.of(fallback));
    }

    /** One of several words; the fault lists them in the map's order. */
    public <T> T oneOf(String name, String fallback, SortedMap<String, T> allowed) {
        var value = variables.getOrDefault(name, fallback);
        var known = allowed.get(value);
        return known != null
                ? known
                : addFault(name + " is '" + value + "', but must be one of " + String.join(", ", allowed.keySet()),
                        Objects.requireNonNull(allowed.get(fallback)));
    }

    /** A text; empty if it is not set. */
    String optionalText(String name) {
        return variables.getOrDefault(name, "").strip();
    }

    /** An HTTP URL; empty if it is not set. */
    String optionalUrl(String name) {
        var value = optionalText(name);
        return value.isEmpty() || HTTP_URL.matcher(value).matches()
                ? value
                : addFault(name + " is '" + value + "', but must be a URL like http://host:4318", "");
    }

    /** A port; 0 if it is set to 0 or to the empty text. */
    int optionalPort(String name, int fallback) {
        return "".equals(variables.get(name)) ? 0 : number(name, fallback, 0, 65_535);
    }

    double ratio(String name, double fallback) {
        var value = variables.get(name);
        if (value == null) {
            return fallback;
        }
        return RATIO.matcher(value.strip()).matches()
                ? Double.parseDouble(value.strip())
                : addFault(name + " is '" + value + "', but must be a number from 0 to 1, like 0.05", fallback);
    }

    public Duration hours(String name, int fallback, int min, int max) {
        return Duration.ofHours(number(name, fallback, min, max));
    }

    public Duration seconds(String name, int fallback, int min, int max) {
        return Duration.ofSeconds(number(name, fallback, min, max));
    }

    public int number(String name, int fallback, int min, int max) {
        var value = variables.get(name);
        if (value == null) {
            return fallback;
        }
        var number = parseInteger(value.strip());
        return number != null && number >= min && number <= max
                ? number
                : addFault(name + " is '" + value + "', but must be a whole number from " + min + " to " + max, fallback);
    }

    private static @Nullable Integer parseInteger(String value) {
        try {
            return Integer.valueOf(value);
        } catch (NumberFormatException invalid) {
            return null;
        }
    }

    private <T> T addFault(String fault, T fallback) {
        faults.add(fault);
        return fallback;
    }

    /**
     * To be called when everything has been read.
     *
     * @throws InvalidSettingsException if any value was wrong; it names all that were
     */
    public void throwIfInvalid() {
        if (!faults.isEmpty()) {
            throw new InvalidSettingsException(IntStream.range(0, faults.size())
                    .mapToObj(i -> "  " + (i + 1) + ". " + faults.get(i))
                    .collect(joining("\n", "The settings in the environment are wrong:\n", "")));
        }
    }
}
