package coworking.analytics.replay;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The options of the command.
 *
 * @param timeout how long either service may send nothing
 * @param file the file of requests, {@code -} for standard input; empty for the built-in ones
 */
record ReplayOptions(ServiceUrl from, ServiceUrl to, Duration timeout, boolean allMethods, boolean allPaths, Optional<String> file) {

    private static final Set<String> VALUE_OPTIONS = Set.of("--from", "--to", "--timeout");
    private static final Set<String> FLAGS = Set.of("--all-methods", "--all-paths");
    private static final int MAX_TIMEOUT_SECONDS = 3_600;
    private static final String DEFAULT_TIMEOUT_SECONDS = "60";

    /**
     * Parses the arguments after the command.
     *
     * @throws InvalidArgumentsException if they are wrong
     */
    static ReplayOptions parse(List<String> arguments) {
        var values = new HashMap<String, String>();
        var flags = new HashSet<String>();
        var file = Optional.<String>empty();
        var left = new ArrayDeque<>(arguments);
        while (!left.isEmpty()) {
            var argument = left.removeFirst();
            if (!argument.startsWith("-") || argument.equals("-")) {
                file = singleFile(file, argument);
            } else if (FLAGS.contains(argument)) {
                flags.add(argument);
            } else {
                readOption(argument, left, values);
            }
        }
        return new ReplayOptions(serviceUrl("from", values), serviceUrl("to", values),
                timeout(values.getOrDefault("--timeout", DEFAULT_TIMEOUT_SECONDS)),
                flags.contains("--all-methods"), flags.contains("--all-paths"), file);
    }

    private static Optional<String> singleFile(Optional<String> before, String argument) {
        if (before.isPresent()) {
            throw new InvalidArgumentsException("There is one FILE at most: join them and give them as -");
        }
        return Optional.of(argument);
    }

    private static void readOption(String argument, Deque<String> left, Map<String, String> values) {
        var cut = argument.indexOf('=');
        var name = cut < 0 ? argument : argument.substring(0, cut);
        if (!VALUE_OPTIONS.contains(name)) {
            throw new InvalidArgumentsException("There is no option '" + Escaped.truncated(name, 40) + "'");
        }
        if (cut < 0 && left.isEmpty()) {
            throw new InvalidArgumentsException(name + " lacks its value");
        }
        if (values.put(name, cut < 0 ? left.removeFirst() : argument.substring(cut + 1)) != null) {
            throw new InvalidArgumentsException(name + " is given twice");
        }
    }

    private static ServiceUrl serviceUrl(String side, Map<String, String> values) {
        var url = values.get("--" + side);
        if (url == null) {
            throw new InvalidArgumentsException("--" + side + " is missing: the URL of a running service");
        }
        return ServiceUrl.parse(side, url);
    }

    private static Duration timeout(String seconds) {
        if (!seconds.matches("[1-9]\\d{0,3}") || Integer.parseInt(seconds) > MAX_TIMEOUT_SECONDS) {
            throw new InvalidArgumentsException("--timeout must be a whole number of seconds from 1 to " + MAX_TIMEOUT_SECONDS);
        }
        return Duration.ofSeconds(Integer.parseInt(seconds));
    }
}
