package coworking.analytics.bootstrap;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;

/** From which level on loggers log. They are held here, because java.util.logging forgets the level of a logger that nobody holds. */
final class LogLevels {

    static final String ROOT = "ROOT";

    /** By the names that log viewers know. */
    static final Map<String, Level> LEVELS = Map.of(
            "ERROR", Level.SEVERE, "WARN", Level.WARNING, "INFO", Level.INFO, "DEBUG", Level.FINE, "OFF", Level.OFF);

    private static final Pattern NAME = Pattern.compile("[\\w.$-]{1,200}");
    private static final int MOST = 100;

    private static final SortedMap<String, Logger> HELD = new TreeMap<>();

    private LogLevels() {}

    static synchronized void hold(String name, Level level) {
        var logger = Logger.getLogger(name.equals(ROOT) ? "" : name);
        logger.setLevel(level);
        HELD.put(name, logger);
    }

    /** Returns whether there is such a level, such a name can be, and there is room for one more. */
    static synchronized boolean set(String name, String level) {
        var known = LEVELS.get(level);
        if (known == null || !NAME.matcher(name).matches() || (HELD.size() >= MOST && !HELD.containsKey(name))) {
            return false;
        }
        hold(name, known);
        return true;
    }

    static synchronized Map<String, String> all() {
        var levels = new TreeMap<String, String>();
        HELD.forEach((name, logger) -> levels.put(name, name(logger.getLevel())));
        return levels;
    }

    private static String name(Level level) {
        return LEVELS.entrySet().stream().filter(known -> known.getValue().equals(level)).map(Map.Entry::getKey).findFirst()
                .orElseGet(level::getName);
    }
}
