package coworking.analytics.bootstrap.replay;

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
 * What stands behind the command.
 *
 * @param patience how long either service may say nothing
 * @param file where requests are read from, {@code -} for standard input; empty for the built-in ones
 */
record Options(Site from, Site to, Duration patience, boolean allMethods, boolean allPaths, Optional<String> file) {

    private static final Set<String> WITH_VALUE = Set.of("--from", "--to", "--timeout");
    private static final Set<String> ALONE = Set.of("--all-methods", "--all-paths");
    private static final int LONGEST_PATIENCE = 3_600;
    private static final String DEFAULT_PATIENCE = "60";

    /**
     * Reads the words behind the command.
     *
     * @throws WrongUse where they are wrong
     */
    static Options of(List<String> words) {
        var values = new HashMap<String, String>();
        var flags = new HashSet<String>();
        var file = Optional.<String>empty();
        var left = new ArrayDeque<>(words);
        while (!left.isEmpty()) {
            var word = left.removeFirst();
            if (!word.startsWith("-") || word.equals("-")) {
                file = once(file, word);
            } else if (ALONE.contains(word)) {
                flags.add(word);
            } else {
                take(word, left, values);
            }
        }
        return new Options(site("from", values), site("to", values), patience(values.getOrDefault("--timeout", DEFAULT_PATIENCE)),
                flags.contains("--all-methods"), flags.contains("--all-paths"), file);
    }

    private static Optional<String> once(Optional<String> before, String word) {
        if (before.isPresent()) {
            throw new WrongUse("There is one FILE at most: join them and give them as -");
        }
        return Optional.of(word);
    }

    private static void take(String word, Deque<String> left, Map<String, String> values) {
        var cut = word.indexOf('=');
        var name = cut < 0 ? word : word.substring(0, cut);
        if (!WITH_VALUE.contains(name)) {
            throw new WrongUse("There is no option '" + Visible.beginning(name, 40) + "'");
        }
        if (cut < 0 && left.isEmpty()) {
            throw new WrongUse(name + " lacks its value");
        }
        if (values.put(name, cut < 0 ? left.removeFirst() : word.substring(cut + 1)) != null) {
            throw new WrongUse(name + " is given twice");
        }
    }

    private static Site site(String side, Map<String, String> values) {
        var url = values.get("--" + side);
        if (url == null) {
            throw new WrongUse("--" + side + " is missing: the URL of a running service");
        }
        return Site.of(side, url);
    }

    private static Duration patience(String seconds) {
        if (!seconds.matches("[1-9]\\d{0,3}") || Integer.parseInt(seconds) > LONGEST_PATIENCE) {
            throw new WrongUse("--timeout must be a whole number of seconds from 1 to " + LONGEST_PATIENCE);
        }
        return Duration.ofSeconds(Integer.parseInt(seconds));
    }
}
